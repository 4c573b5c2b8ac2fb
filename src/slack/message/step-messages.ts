import { endedBadly } from '../../removal/change.js';
import type { Delivery } from '../../removal/delivery.js';
import type { Step } from '../../removal/ports.js';
import type { RequestState } from '../../removal/state.js';
import type { HandleDisplay } from '../blocks/text.js';
import type { ResponseBody } from '../connection/response-url.js';
import { addedBackMessage } from './added-back.js';
import { approvalMessage, reminderMessage } from './approval-message.js';
import type { Message } from './body.js';
import { hintFor, UNCHANGING, UNDONE } from './hints.js';
import { copyMessage, statusMessage, withWords } from './message.js';
import { lateEnding, listMessage } from './thread-replies.js';

type Say = (delivery: Delivery, state: RequestState, display: HandleDisplay, now: Date) => Message;

/** What each step says where it says something; `respond` says it through `responseBody`. */
export const MESSAGES: Record<Exclude<Step, 'respond'>, Say> = {
  post: kept,
  edit: kept,
  follow: (_delivery, state, display, now) => withWords(elsewhere(state, display, now), UNCHANGING),
  'post-to-person': kept,
  list: (_delivery, state, display) => listMessage(state, display),
  tell: lateEnding,
  remind: reminderMessage,
};

/** The message that is kept up to date, wherever it stands. */
function kept(delivery: Delivery, state: RequestState, display: HandleDisplay, now: Date): Message {
  switch (delivery.kind) {
    case 'added-back':
      return addedBackMessage(delivery, state, display);
    case 'approval':
      return approvalMessage(delivery, state, display);
    case 'expiry':
      return lateEnding(delivery, state, display);
    case 'status':
      return delivery.route === 'channel'
        ? statusMessage(state, display, now)
        : withHint(elsewhere(state, display, now), delivery);
  }
}

/** Apart from the message in the conversation, in whose thread Add back is told. */
function elsewhere(state: RequestState, display: HandleDisplay, now: Date): Message {
  const message = statusMessage(state, display, now);
  return state.addBacks.some((change) => !endedBadly(change)) ? withWords(message, UNDONE) : message;
}

/**
 * The answer to the command itself. Slack shows the typed command beside an `in_channel` answer, so only an answer
 * that itself shows all of it may be one: `inConversation` is how people are shown there, `toAsker` how to the asker.
 */
export function responseBody(
  delivery: Delivery,
  state: RequestState,
  { inConversation, toAsker }: { readonly inConversation: HandleDisplay; readonly toAsker: HandleDisplay },
  now: Date,
): ResponseBody {
  if (!state.request.commandHadText || inConversation === 'full') {
    const message = withHint(copyMessage(state, inConversation, now), delivery);
    return { response_type: 'in_channel', ...message };
  }
  return { response_type: 'ephemeral', ...withHint(copyMessage(state, toAsker, now), delivery) };
}

function withHint(message: Message, delivery: Delivery): Message {
  const hint = hintFor(delivery);
  return hint ? withWords(message, hint) : message;
}
