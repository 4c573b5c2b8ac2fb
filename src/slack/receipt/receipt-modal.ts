import type { ModalView, RichTextBlock } from '@slack/types';
import { mrkdwn, plain, section } from '../blocks/blocks.js';
import { sectionsOf } from '../blocks/sections.js';
import { cut, escapeMrkdwn } from '../blocks/text.js';
import type { Message } from '../message/body.js';
import type { Receipt, ReceiptLine } from './receipt.js';

const TITLE = 'Receipt';
/** A message's `text` may have 4,000 characters. */
const TEXT_LENGTH = 3_900;
/** Lines in one block: a hundred chats have about 500 of them. */
const LINES_A_BLOCK = 50;

/** The receipt as text that can be copied, and what becomes of its copy in a direct message. */
export function receiptModal({ lines }: Receipt, sent: string): ModalView {
  const parts = Array.from({ length: Math.ceil(lines.length / LINES_A_BLOCK) }, (_, index) =>
    lines.slice(index * LINES_A_BLOCK, (index + 1) * LINES_A_BLOCK),
  );
  return {
    type: 'modal',
    title: plain(TITLE),
    close: plain('Close'),
    blocks: [...parts.map(textBlock), section(plain(sent))],
  };
}

function textBlock(lines: readonly ReceiptLine[]): RichTextBlock {
  const elements = lines.flatMap((line, index) => [
    ...(index > 0 ? [{ type: 'text', text: '\n' } as const] : []),
    ...line
      .filter((part) => part !== '')
      .map((part) =>
        typeof part === 'string'
          ? ({ type: 'text', text: part } as const)
          : ({ type: 'user', user_id: part.user } as const),
      ),
  ]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** The same for the direct message; `extra` is what is said about its file. */
export function receiptMessage({ lines }: Receipt, extra: string | null): Message {
  const words = [`*${TITLE}*`, ...lines.map(inMarkup), ...(extra === null ? [] : [escapeMrkdwn(extra)])];
  const blocks = sectionsOf(words).map(({ text }) => section(mrkdwn(text?.text ?? ' ')));
  return { text: cut(words.join('\n'), TEXT_LENGTH), blocks };
}

function inMarkup(line: ReceiptLine): string {
  return line
    .map((part) => (typeof part === 'string' ? escapeMrkdwn(part) : `<@${escapeMrkdwn(part.user)}>`))
    .join('');
}
