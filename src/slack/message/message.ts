import type { KnownBlock } from '@slack/types';
import type { Announceable } from '../../removal/ports.js';
import { endedUndone, isPending } from '../../removal/proposal.js';
import type { Request } from '../../removal/removal.js';
import { context, mrkdwn, plain, section } from '../blocks.js';
import { manyChats, wholeList } from './many-chats.js';
import { messageButtons } from './message-buttons.js';
import { type Display, describe, oneChat, plainText, TRACE_LENGTH } from './one-chat.js';
import { proposalBody, undoneEnding } from './proposal-message.js';
import { clean, cut, escapeMrkdwn, showText } from '../text.js';

export interface Message {
  /** The whole outcome in words: notifications and screen readers read this instead of the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack: `chat.update` refuses a `text` above 4,000 characters. */
const TEXT_LENGTH = 3_900;
const NOTE_LENGTH = 300;

/** The message of a request as it stands now. Pure: the same state always reads the same. See `messageButtons` for `now`. */
export function announcementMessage(subject: Announceable, display: Display, now?: Date): Message {
  const { request } = subject;
  const body = bodyOf(subject, display);
  return {
    text: cutText(`${body.text}\n${byline(request, display)}`),
    blocks: [
      ...body.blocks,
      ...noteBlocks(request, display),
      context(mrkdwn(footer(subject))),
      ...messageButtons(subject, now),
    ],
  };
}

function bodyOf({ request, removals, proposal }: Announceable, display: Display): Message {
  if (proposal && (isPending(proposal) || endedUndone(proposal)))
    return proposalBody(proposal, request, display);
  const [first, ...others] = removals;
  return first && others.length === 0 ? oneChat(first, display) : manyChats(removals, display);
}

/** The same without buttons, for places where the message is not the one that is kept up to date. */
export function withoutButtons({ text, blocks }: Message): Message {
  return { text, blocks: blocks.filter(({ type }) => type !== 'actions') };
}

/** For the thread, when a removal ended badly after people had read a more hopeful first message. */
export function lateEnding(subject: Announceable, display: Display): Message {
  const { request, removals, proposal } = subject;
  if (proposal && endedUndone(proposal)) {
    const { text, blocks } = undoneEnding(proposal, request, display);
    return { text: cutText(text), blocks };
  }
  const bad = removals.filter(({ status }) => status === 'refused' || status === 'unconfirmed');
  const ended = bad.map((removal) => plainText(describe(removal, display))).join('\n');
  const mention = `<@${escapeMrkdwn(request.requestedBy)}>`;
  return {
    text: cutText(`${mention} ${escapeMrkdwn(ended)}`),
    blocks: [section(mrkdwn(`${mention} this did not end as asked.`)), section(plain(ended))],
  };
}

/** For the thread, when there are more chats than the message can name. */
export function listMessage({ removals }: Announceable, display: Display): Message {
  const { text, blocks } = wholeList(removals, display);
  return { text: cutText(text), blocks };
}

function noteBlocks(request: Request, display: Display): KnownBlock[] {
  const reason = reasonGiven(request, display);
  return reason ? [context(plain(reason))] : [];
}

/** People type names and numbers into it, so masking reaches into it too. */
function reasonGiven({ note }: Request, display: Display): string | null {
  const words = cut(showText(note ?? '', display), NOTE_LENGTH);
  return words ? `Reason: ${words}` : null;
}

function byline(request: Request, display: Display): string {
  const { requestedBy, approvedBy, stoppedBy } = request;
  const given = reasonGiven(request, display);
  const reason = given ? ` ${escapeMrkdwn(given)}` : '';
  const stopped = stoppedBy ? ` Stopped by <@${escapeMrkdwn(stoppedBy)}>.` : '';
  const approved = approvedBy ? ` Approved by <@${escapeMrkdwn(approvedBy)}>.` : '';
  return `Asked for by <@${escapeMrkdwn(requestedBy)}>.${approved}${stopped}${reason}`;
}

const TRACES_SHOWN = 3;

function footer({ request, removals }: Announceable): string {
  const traces = removals.flatMap(({ traceId }) =>
    traceId ? [escapeMrkdwn(cut(clean(traceId), TRACE_LENGTH))] : [],
  );
  const parts = [
    `Asked for by <@${escapeMrkdwn(request.requestedBy)}>`,
    ...(request.approvedBy ? [`approved by <@${escapeMrkdwn(request.approvedBy)}>`] : []),
    ...(request.stoppedBy ? [`stopped by <@${escapeMrkdwn(request.stoppedBy)}>`] : []),
    ...(traces.length > 0 && traces.length <= TRACES_SHOWN ? [`Linq trace ${traces.join(', ')}`] : []),
  ];
  return parts.join('  ·  ');
}

/** Never cut inside an escape or a mention. */
function cutText(text: string): string {
  const points = [...text];
  if (points.length <= TEXT_LENGTH) return text;
  const kept = points.slice(0, TEXT_LENGTH).join('');
  return `${kept.replace(/&[a-z]{0,4}$|<[^>]*$/u, '')}…`;
}
