import type { Delivery } from '../../removal/delivery.js';
import type { RequestState } from '../../removal/state.js';
import { mrkdwn, plain, section } from '../blocks/blocks.js';
import { escapeMrkdwn, type HandleDisplay, showChat, showHandle, slackTime } from '../blocks/text.js';
import type { Message } from './body.js';
import { asSentence } from './one-chat.js';

/**
 * Tells the asker that a person whose removal was proven is in the chat again. Linq does not say who added them, so
 * neither do we. Throws when the notice is about no change of this request.
 */
export function addedBackMessage(
  { changeId, eventAt }: Delivery,
  { request, changes }: RequestState,
  display: HandleDisplay,
): Message {
  const change = changes.find(({ id }) => id === changeId);
  if (!change) throw new Error('A notice names a change that its request does not have');
  const person = showHandle(change.handle, display);
  const chat = showChat(change.chatName, change.chatId, display);
  const sentence = asSentence(`${person} was added back to ${chat}.`);
  const next = 'If that should not be, run /linq-remove again.';
  const mention = `<@${escapeMrkdwn(request.requestedBy)}>`;
  const when = eventAt ? ` Added at ${slackTime(eventAt)}.` : '';
  return {
    text: `${mention} ${escapeMrkdwn(sentence)}${when} ${next}`,
    blocks: [section(mrkdwn(`${mention}${when}`)), section(plain(`${sentence} ${next}`))],
  };
}
