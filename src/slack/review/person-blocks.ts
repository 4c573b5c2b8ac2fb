import type { KnownBlock, RichTextText } from '@slack/types';
import * as z from 'zod';
import { activeMembers, type Chat, type Member, sameHandle } from '../../removal/chat.js';
import type { ReasonName } from '../../removal/reasons.js';
import type { Review } from '../../removal/review.js';
import { fields, plain, section } from '../blocks/blocks.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { clean, readable, showChat } from '../blocks/text.js';
import { peopleNow } from './chats-blocks.js';
import { WARNINGS } from './warnings.js';

const MEMBERS_SHOWN = 40;

const SUBJECT = 'subject';

/** One person, one chat: who goes, and who stays. */
export function personBlocks({
  chat,
  person,
  remaining,
  warnings,
}: Review & { kind: 'possible' }): KnownBlock[] {
  const name = bold(showChat(chat.name, chat.id, 'full'));
  return [
    subject('Remove ', bold(readable(person.handle)), ' from ', name),
    ...warnings.map((warning) => section(plain(`⚠ ${WARNINGS[warning]}`))),
    fields(
      ['Person', clean(person.handle)],
      ['Service', chat.service ?? 'unknown'],
      ['People now', peopleNow(chat)],
      ['People after', `${remaining} remain`],
    ),
    headed(rosterOf(chat, [person], 'will be removed'), 2),
  ];
}

/** The question that names the chat, in its last part. */
export function subject(...parts: readonly (string | RichTextText)[]): KnownBlock {
  return { ...paragraph(...parts, '?'), block_id: SUBJECT };
}

const subjectSchema = z.object({
  block_id: z.literal(SUBJECT),
  elements: z.tuple([z.object({ elements: z.array(z.object({ text: z.string() })).min(2) })]),
});

/** The chat's name as a submitted window showed it: what to call it until it is read again. Null where none was shown. */
export function nameShown(view: { readonly blocks?: readonly unknown[] }): string | null {
  for (const block of view.blocks ?? []) {
    const subject = subjectSchema.safeParse(block);
    // Its last part is the question mark.
    const shown = subject.data?.elements[0].elements.at(-2)?.text;
    if (shown !== undefined) return NAMED.exec(shown)?.groups?.name ?? null;
  }
  return null;
}

/** As `showChat` writes it. */
const NAMED = /^“(?<name>.+)” \(….{4}\)$/u;

/** The chat could not be read; that stops nothing, because Linq decides. */
export function uncheckedBlocks(
  chatId: string,
  handles: readonly string[],
  reason: ReasonName,
): KnownBlock[] {
  const why =
    reason === 'rate-limited' ? 'Linq is busy and asked us to slow down.' : 'Linq gave no usable answer.';
  const people = handles.map(readable).join(', ');
  return [
    paragraph('Remove ', bold(people), ' from chat ', bold(chatId), '?'),
    section(
      plain(
        `⚠ The chat could not be checked: ${why} You can still approve. The chat is read again before anything is sent, and Linq decides.`,
      ),
    ),
  ];
}

/** Everyone active; those asked for first, because a list cut short must still show who goes. */
export function rosterOf(chat: Chat, asked: readonly Member[] = [], mark = ''): string {
  const isAsked = (member: Member) => asked.some(({ handle }) => sameHandle(member.handle, handle));
  const others = activeMembers(chat).filter((member) => !isAsked(member));
  const lines = [
    ...asked.map(({ handle }) => `✕ ${clean(handle)}  (${mark})`),
    ...others.map((member) => `• ${clean(member.handle)}${member.isUs ? '  (our line)' : ''}`),
  ];
  const hidden = lines.length - MEMBERS_SHOWN;
  const shown = hidden > 0 ? [...lines.slice(0, MEMBERS_SHOWN), `and ${hidden} more`] : lines;
  return ['Members', ...shown].join('\n');
}
