import type { KnownBlock } from '@slack/types';
import type { Announceable } from '../removal/ports.js';
import type { Request } from '../removal/removal.js';
import { context, mrkdwn, plain, section } from './blocks.js';
import { manyChats, wholeList } from './many-chats.js';
import { messageButtons } from './message-buttons.js';
import { type Display, describe, oneChat, plainText } from './one-chat.js';
import { clean, cut, escapeMrkdwn } from './text.js';

export interface Message {
  /** The whole outcome in words: notifications and screen readers read this instead of the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack: `chat.update` refuses a `text` above 4,000 characters. */
const TEXT_LENGTH = 3_900;
const NOTE_LENGTH = 300;

/** The message of a request as it stands now. Pure: the same state always reads the same. */
export function announcementMessage(subject: Announceable, display: Display): Message {
  const { request, removals } = subject;
  const [first, ...others] = removals;
  const body = first && others.length === 0 ? oneChat(first, display) : manyChats(removals, display);
  return {
    text: cutText(`${body.text}\n${byline(request)}`),
    blocks: [
      ...body.blocks,
      ...noteBlocks(request),
      context(mrkdwn(footer(subject))),
      ...messageButtons(subject),
    ],
  };
}

/** The same without buttons, for places where the message is not the one that is kept up to date. */
export function withoutButtons({ text, blocks }: Message): Message {
  return { text, blocks: blocks.filter(({ type }) => type !== 'actions') };
}

/** For the thread, when a removal ended badly after people had read a more hopeful first message. */
export function lateEnding({ request, removals }: Announceable, display: Display): Message {
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

function noteBlocks({ note }: Request): KnownBlock[] {
  return note ? [context(plain(`Reason: ${cut(clean(note), NOTE_LENGTH)}`))] : [];
}

function byline({ requestedBy, note, stoppedBy }: Request): string {
  const reason = note ? ` Reason: ${escapeMrkdwn(cut(clean(note), NOTE_LENGTH))}` : '';
  const stopped = stoppedBy ? ` Stopped by <@${escapeMrkdwn(stoppedBy)}>.` : '';
  return `Asked for by <@${escapeMrkdwn(requestedBy)}>.${stopped}${reason}`;
}

const TRACES_SHOWN = 3;

function footer({ request, removals }: Announceable): string {
  const traces = removals.flatMap(({ traceId }) => (traceId ? [escapeMrkdwn(cut(clean(traceId), 64))] : []));
  const parts = [
    `Asked for by <@${escapeMrkdwn(request.requestedBy)}>`,
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
