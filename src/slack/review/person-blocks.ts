import type { KnownBlock } from '@slack/types';
import * as z from 'zod';
import { activeMembers, type Chat, type Member, sameHandle } from '../../removal/chat.js';
import type { ReasonName } from '../../removal/reasons.js';
import type { Review, Warning } from '../../removal/review.js';
import { fields, plain, section } from '../blocks/blocks.js';
import type { Origin } from '../blocks/origin.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { clean, readable, showChat } from '../blocks/text.js';

const MEMBERS_SHOWN = 40;

export const WARNINGS: Record<Warning, string> = {
  sms: 'This looks like an SMS chat. Linq may refuse: members of SMS groups can usually not be removed.',
  rcs: 'This looks like an RCS chat. Linq may refuse, or accept and not confirm.',
  'unknown-service': 'Linq does not say which service this chat uses. It may refuse.',
  'exactly-three':
    'Only 3 would remain, our line included. That may be too few for Linq, which then refuses.',
  'own-line-unknown':
    'It cannot be told which member is our own line. Make sure that it is not the one chosen.',
};

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
    { ...paragraph('Remove ', bold(readable(person.handle)), ' from ', name, '?'), block_id: SUBJECT },
    ...warnings.map((warning) => section(plain(`⚠ ${WARNINGS[warning]}`))),
    fields(
      ['Person', clean(person.handle)],
      ['Service', chat.service ?? 'unknown'],
      ['People now', `${activeMembers(chat).length}, our line included`],
      ['People after', `${remaining} remain`],
    ),
    headed(rosterOf(chat, person), 2),
  ];
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
  { chatId, handle }: Pick<Origin, 'chatId' | 'handle'>,
  reason: ReasonName,
): KnownBlock[] {
  const why =
    reason === 'rate-limited' ? 'Linq is busy and asked us to slow down.' : 'Linq gave no usable answer.';
  return [
    paragraph('Remove ', bold(readable(handle ?? '')), ' from chat ', bold(chatId ?? ''), '?'),
    section(
      plain(
        `⚠ The chat could not be checked: ${why} You can still approve. The chat is read again before anything is sent, and Linq decides.`,
      ),
    ),
  ];
}

/** Everyone active; the chosen one first, because a list cut short must still show who goes. */
export function rosterOf(chat: Chat, chosen: Member | null): string {
  const others = activeMembers(chat).filter((member) => !chosen || !sameHandle(member.handle, chosen.handle));
  const lines = others.map((member) => `• ${clean(member.handle)}${member.isUs ? '  (our line)' : ''}`);
  if (chosen) lines.unshift(`✕ ${clean(chosen.handle)}  (will be removed)`);
  const hidden = lines.length - MEMBERS_SHOWN;
  const shown = hidden > 0 ? [...lines.slice(0, MEMBERS_SHOWN), `and ${hidden} more`] : lines;
  return ['Members', ...shown].join('\n');
}
