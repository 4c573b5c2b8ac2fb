import type { RichTextBlock, RichTextText } from '@slack/types';
import { SECTION_TEXT_LENGTH } from './blocks.js';
import { cut } from './text.js';

/*
 * Words some of which are bold, and never interpreted, whatever they hold. For windows alone: `chat.update` cannot
 * replace `rich_text` in a message by other blocks (docs.slack.dev/reference/methods/chat.update, block_mismatch).
 */

export function bold(text: string): RichTextText {
  return { type: 'text', text, style: { bold: true } };
}

export function paragraph(...parts: readonly (string | RichTextText)[]): RichTextBlock {
  const elements = parts
    .map((part): RichTextText => (typeof part === 'string' ? { type: 'text', text: part } : part))
    .filter(({ text }) => text !== '')
    .map((part) => ({ ...part, text: cut(part.text, SECTION_TEXT_LENGTH) }));
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Lines under a heading: the first of them, or the first few, stand out. */
export function headed(lines: string, strong = 1): RichTextBlock {
  const all = lines.split('\n');
  const rest = all.slice(strong).map((line) => `\n${line}`);
  return paragraph(bold(all.slice(0, strong).join('\n')), rest.join(''));
}
