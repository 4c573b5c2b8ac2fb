import type { Change } from '../../removal/change.js';
import type { Delivery } from '../../removal/delivery.js';
import { tally } from '../../removal/outcome.js';
import { endedUndone } from '../../removal/proposal.js';
import type { Request } from '../../removal/request.js';
import { badEndings, leftOut, type RequestState } from '../../removal/state.js';
import { mrkdwn, plain, section } from '../blocks/blocks.js';
import { escapeMrkdwn, type HandleDisplay } from '../blocks/text.js';
import type { Message } from './body.js';
import { leftOutLines } from './left-out.js';
import { wholeList } from './many-chats.js';
import { cutText } from './message.js';
import { describe, plainText } from './one-chat.js';
import { linesByPerson } from './people.js';
import { undoneEnding } from './proposal-message.js';

/**
 * For the thread, mentioning the asker, whom an edited message does not ring: what ended badly after people had read
 * something better, what they were waiting for, or what was told as a bad ending and turned out otherwise.
 */
export function lateEnding(delivery: Delivery, state: RequestState, display: HandleDisplay): Message {
  const { request, proposal } = state;
  if (proposal && endedUndone(proposal)) {
    const { text, blocks } = undoneEnding(proposal, request, display);
    return { text: cutText(text), blocks };
  }
  const corrected = turnedOutOtherwise(delivery, state);
  const isGood = badEndings(state).length === 0 && leftOut(state).length === 0;
  if (corrected.length === 0 && isGood) return goodEnding(state, display);
  return corrected.length > 0
    ? reply(state, corrected, display, {
        shown: 'this turned out otherwise.',
        read: 'This turned out otherwise: ',
      })
    : reply(state, badEndings(state), display, { shown: 'this did not end as asked.', read: '' }, true);
}

/** Of many changes a count is enough: the message has them all. */
function goodEnding({ request, changes }: RequestState, display: HandleDisplay): Message {
  const [first, ...others] = changes;
  const ended = first && others.length === 0 ? plainText(describe(first, display)) : `${tally(changes)}.`;
  return mentioning(request, { shown: 'this is done.', read: 'This is done: ' }, ended);
}

/** When there are more changes than the message can name. */
export function listMessage(state: RequestState, display: HandleDisplay): Message {
  const { text, blocks } = wholeList(state, display);
  return { text: cutText(text), blocks };
}

/**
 * Everything had ended when the bad endings were told, and of those only late proof makes something else: so what was
 * proven last is what was told otherwise.
 */
function turnedOutOtherwise({ toldBad }: Delivery, state: RequestState): readonly Change[] {
  const count = Math.max(0, toldBad - badEndings(state).length);
  const proven = state.changes.filter(({ status }) => status === 'done');
  return proven.sort((a, b) => settledAt(b) - settledAt(a)).slice(0, count);
}

function settledAt(change: Change): number {
  return change.settledAt?.getTime() ?? 0;
}

/** Of several, each is named: what is said of one must not be taken for all. */
function reply(
  state: RequestState,
  changes: readonly Change[],
  display: HandleDisplay,
  lead: Lead,
  withLeftOut = false,
): Message {
  const { request } = state;
  const all = [...state.changes, ...leftOut(state)];
  const left = withLeftOut ? leftOutLines(state, display) : [];
  const named = (change: Change, name: string) => {
    const { headline, sentence } = describe(change, display);
    return `• ${name}: ${headline}. ${sentence}`;
  };
  const ended =
    all.length === 1
      ? changes.map((change) => plainText(describe(change, display)))
      : linesByPerson(changes, all, display, named);
  return mentioning(request, lead, [...ended, ...left].join('\n'));
}

interface Lead {
  readonly shown: string;
  readonly read: string;
}

function mentioning({ requestedBy }: Request, lead: Lead, lines: string): Message {
  const mention = `<@${escapeMrkdwn(requestedBy)}>`;
  return {
    text: cutText(`${mention} ${lead.read}${escapeMrkdwn(lines)}`),
    blocks: [section(mrkdwn(`${mention} ${lead.shown}`)), section(plain(lines))],
  };
}
