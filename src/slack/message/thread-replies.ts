import type { Change } from '../../removal/change.js';
import type { Delivery } from '../../removal/delivery.js';
import { endedUndone } from '../../removal/proposal.js';
import { badEndings, type RequestState } from '../../removal/state.js';
import { mrkdwn, plain, section } from '../blocks/blocks.js';
import { escapeMrkdwn, type HandleDisplay } from '../blocks/text.js';
import type { Message } from './body.js';
import { wholeList } from './many-chats.js';
import { cutText } from './message.js';
import { describe, plainText } from './one-chat.js';
import { linesByPerson } from './people.js';
import { undoneEnding } from './proposal-message.js';

/**
 * For the thread, mentioning the asker, whom an edited message does not ring: what ended badly after people had read
 * something better, or what was told as a bad ending and turned out otherwise.
 */
export function lateEnding(delivery: Delivery, state: RequestState, display: HandleDisplay): Message {
  const { request, proposal } = state;
  if (proposal && endedUndone(proposal)) {
    const { text, blocks } = undoneEnding(proposal, request, display);
    return { text: cutText(text), blocks };
  }
  const corrected = turnedOutOtherwise(delivery, state);
  return corrected.length > 0
    ? reply(state, corrected, display, {
        shown: 'this turned out otherwise.',
        read: 'This turned out otherwise: ',
      })
    : reply(state, badEndings(state), display, { shown: 'this did not end as asked.', read: '' });
}

/** When there are more changes than the message can name. */
export function listMessage({ changes }: RequestState, display: HandleDisplay): Message {
  const { text, blocks } = wholeList(changes, display);
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
  { request, changes: all }: RequestState,
  changes: readonly Change[],
  display: HandleDisplay,
  lead: { readonly shown: string; readonly read: string },
): Message {
  const mention = `<@${escapeMrkdwn(request.requestedBy)}>`;
  const named = (change: Change, name: string) => {
    const { headline, sentence } = describe(change, display);
    return `• ${name}: ${headline}. ${sentence}`;
  };
  const ended =
    all.length === 1
      ? changes.map((change) => plainText(describe(change, display)))
      : linesByPerson(changes, all, display, named);
  const lines = ended.join('\n');
  return {
    text: cutText(`${mention} ${lead.read}${escapeMrkdwn(lines)}`),
    blocks: [section(mrkdwn(`${mention} ${lead.shown}`)), section(plain(lines))],
  };
}
