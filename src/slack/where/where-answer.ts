import type { KnownBlock } from '@slack/types';
import { activeMembers, type Chat, findMember } from '../../removal/chat.js';
import type { Obstacle } from '../../removal/choice.js';
import { explainImpossible } from '../../removal/outcome.js';
import { REASONS, type ReasonName } from '../../removal/reasons.js';
import type { Review } from '../../removal/review.js';
import { button, context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { clean, escapeMrkdwn, readable, showChat, slackDate } from '../blocks/text.js';
import type { ResponseBody } from '../connection/response-url.js';
import { choiceDetails, serviceOf } from '../review/chats-blocks.js';

export const REVIEW_PERSON = 'review_person';

/** Two blocks a chat; Slack: 50 blocks a message. */
const MOST_SHOWN = 20;

/** Where one person is, or why that is not known. */
export interface Whereabouts {
  readonly handle: string;
  readonly review: Review;
}

interface Line {
  readonly chat: Chat;
  /** In plain text: whether a removal would be possible. */
  readonly verdict: string;
}

/** The group chats of a person, for the one who asked: those from which a removal is possible first, the newest first. */
export function whereAnswer({ handle, review }: Whereabouts): ResponseBody {
  const lines = linesOf(handle, review);
  const title = titleOf(handle, review, lines);
  const shown = lines.slice(0, MOST_SHOWN);
  const more = moreOf(lines.length - shown.length, review);
  return {
    response_type: 'ephemeral',
    text: [title, ...shown.map(({ chat, verdict }) => `• ${nameOf(chat)}: ${verdict}`), ...more]
      .map(escapeMrkdwn)
      .join('\n'),
    blocks: [
      section(plain(title)),
      ...shown.flatMap((line) => lineBlocks(handle, line)),
      ...more.map((sentence) => context(plain(sentence))),
      ...(isAnyPossible(review) ? [button(REVIEW_PERSON, 'Review a removal', handle)] : []),
    ],
  };
}

function isAnyPossible(review: Review): boolean {
  return review.kind === 'possible' || (review.kind === 'chats' && review.choices.length > 0);
}

function linesOf(handle: string, review: Review): readonly Line[] {
  if (review.kind === 'possible') return [{ chat: review.chat, verdict: choiceDetails(review) }];
  if (review.kind !== 'chats') return [];
  const possible = review.choices.map((choice) => ({ chat: choice.chat, verdict: choiceDetails(choice) }));
  return [...possible, ...review.obstacles.filter(({ chat }) => chat.isGroup).map(obstacleLine)];

  function obstacleLine({ chat, reason }: Obstacle): Line {
    const counts = `${serviceOf(chat)}, ${activeMembers(chat).length} people`;
    return { chat, verdict: `${counts} · Not possible: ${why(reason, handle, chat)}` };
  }
}

function why(reason: ReasonName, handle: string, chat: Chat): string {
  return REASONS[reason].happened({ person: readable(handle), chat: nameOf(chat), traceId: null });
}

function nameOf(chat: Chat): string {
  return showChat(chat.name, chat.id, 'full');
}

function titleOf(handle: string, review: Review, lines: readonly Line[]): string {
  const person = readable(handle);
  switch (review.kind) {
    case 'unchecked':
      return `Linq gave no usable answer, so the group chats of ${person} are not known. Try again in a moment.`;
    case 'impossible':
      return explainImpossible(review.reason, { person, chat: 'this chat', traceId: null });
    default:
      if (lines.length === 0) return `Linq lists no group chats with ${person}.`;
      return lines.length === 1
        ? `Linq lists one group chat with ${person}:`
        : `Linq lists ${lines.length} group chats with ${person}:`;
  }
}

function moreOf(hidden: number, review: Review): string[] {
  const more: string[] = [];
  if (hidden > 0) more.push(`And ${hidden} more, which the review shows too.`);
  if (review.kind === 'chats' && review.hasMore)
    more.push('Linq has more chats of this person than could be read.');
  return more;
}

/** What Linq says in plain text; since when in our own markup. */
function lineBlocks(handle: string, { chat, verdict }: Line): KnownBlock[] {
  const since = findMember(chat, handle)?.joinedAt;
  const when = since ? [mrkdwn(`since ${slackDate(since)}`)] : [];
  return [section(plain(nameOf(chat))), context(plain(clean(verdict)), ...when)];
}
