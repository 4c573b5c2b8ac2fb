import type { KnownBlock } from '@slack/types';
import { endedUndone, isPending } from '../../removal/proposal.js';
import type { Request } from '../../removal/request.js';
import { hasEnded, leftOut, type RequestState } from '../../removal/state.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { sectionsOf } from '../blocks/sections.js';
import { cut, escapeMrkdwn, type HandleDisplay, mentionsOf, showText, slackTime } from '../blocks/text.js';
import type { Body, Message } from './body.js';
import { leftOutLines } from './left-out.js';
import { manyChats } from './many-chats.js';
import { messageButtons } from './message-buttons.js';
import { oneChat, traceOf } from './one-chat.js';
import { pauseBlocks, pauseText } from './pause-words.js';
import { proposalBody } from './proposal-message.js';
import { waitingPlace } from './waiting-place.js';

/** Slack: `chat.update` refuses a `text` above 4,000 characters. */
const TEXT_LENGTH = 3_900;
const NOTE_LENGTH = 300;
const TRACES_SHOWN = 3;

/**
 * The message of a request as it stands now, out of a chat or back into it. Pure: the same state at the same moment
 * always reads the same; `now` decides about buttons that have their time.
 */
export function statusMessage(state: RequestState, display: HandleDisplay, now: Date): Message {
  return compose(bodyOf(state, display), state, display, messageButtons(state, now));
}

/**
 * The same for a place that cannot be edited: its words stay true for ever, so they name their moment as long as
 * anything may change. The only button is the one that others wait for.
 */
export function copyMessage(state: RequestState, display: HandleDisplay, now: Date): Message {
  const body = bodyOf(state, display, true);
  const buttons = isPending(state.proposal) ? messageButtons(state, now) : [];
  if (isOver(state)) return compose(body, state, display, buttons);
  const dated = (words: string) => `As of ${slackTime(now)}: ${words[0]?.toLowerCase()}${words.slice(1)}`;
  const asOf = { ...body, heading: dated(body.heading), text: dated(body.text) };
  return withWords(compose(asOf, state, display, buttons), unchanging(state));
}

/** Nothing will be otherwise: late proof may still come for what was not confirmed. */
function isOver(state: RequestState): boolean {
  return hasEnded(state) && !state.changes.some(({ status }) => status === 'unconfirmed');
}

function unchanging(state: RequestState): string {
  if (hasEnded(state)) return 'This copy does not change.';
  const asker = `<@${escapeMrkdwn(state.request.requestedBy)}>`;
  return `This copy does not change; a second one here, or a direct message to ${asker}, tells how it ends.`;
}

function bodyOf(state: RequestState, display: HandleDisplay, isCopy = false): Body {
  const { changes, proposal, pause } = state;
  if (proposal && (isPending(proposal) || endedUndone(proposal)))
    return proposalBody(state, proposal, display, waitingPlace(state));
  const [first, ...others] = changes;
  const manner = { isCopy, isPaused: pause !== null };
  const left = leftOut(state);
  const isOne = others.length === 0 && left.length === 0;
  return first && isOne ? oneChat(first, display, manner) : manyChats(changes, display, manner, left);
}

function compose(
  { heading, emoji, text, blocks }: Body,
  state: RequestState,
  display: HandleDisplay,
  buttons: readonly KnownBlock[],
): Message {
  const { request } = state;
  const note = noteOf(request, display);
  const pause = hasEnded(state) ? null : state.pause;
  const paused = pause ? `\n${pauseText(pause, display)}` : '';
  const left = leftOutLines(state, display);
  const also = left.map((line) => `\n${escapeMrkdwn(line)}`).join('');
  return {
    text: cutText(`${text}${also}${paused}\n${byline(request)}${note ? ` ${escapeMrkdwn(note)}` : ''}`),
    blocks: [
      section(mrkdwn(`*${heading}*  ${emoji}`)),
      ...blocks,
      ...sectionsOf(left),
      ...(pause ? pauseBlocks(pause, display) : []),
      ...(note ? [context(plain(note))] : []),
      context(mrkdwn(footer(state))),
      ...buttons,
    ],
  };
}

/** Our own words below everything else. */
export function withWords(message: Message, words: string): Message {
  const text = cutText(message.text, TEXT_LENGTH - words.length);
  return { text: `${text}\n${words}`, blocks: [...message.blocks, context(mrkdwn(words))] };
}

/** People type names and numbers into it, so masking reaches into it too. */
export function noteOf({ note }: Request, display: HandleDisplay): string | null {
  const words = cut(showText(note ?? '', display), NOTE_LENGTH);
  return words ? `Reason: ${words}` : null;
}

function byline({ requestedBy, approvedBy, stoppedBy }: Request): string {
  const approved = approvedBy.length > 0 ? ` Approved by ${mentionsOf(approvedBy)}.` : '';
  const stopped = stoppedBy ? ` Stopped by ${mentionsOf([stoppedBy])}.` : '';
  return `Asked for by ${mentionsOf([requestedBy])}.${approved}${stopped}`;
}

function footer({ request, changes }: RequestState): string {
  const { requestedBy, approvedBy, stoppedBy } = request;
  const traces = changes.flatMap((change) => traceOf(change) ?? []).map(escapeMrkdwn);
  const parts = [
    `Asked for by ${mentionsOf([requestedBy])}`,
    ...(approvedBy.length > 0 ? [`approved by ${mentionsOf(approvedBy)}`] : []),
    ...(stoppedBy ? [`stopped by ${mentionsOf([stoppedBy])}`] : []),
    ...(traces.length > 0 && traces.length <= TRACES_SHOWN ? [`Linq trace ${traces.join(', ')}`] : []),
  ];
  return parts.join('  ·  ');
}

/** Never cut inside an escape or a mention. */
export function cutText(text: string, max = TEXT_LENGTH): string {
  const points = [...text];
  if (points.length <= max) return text;
  const kept = points.slice(0, max).join('');
  return `${kept.replace(/&[a-z]{0,4}$|<[^>]*$/u, '')}…`;
}
