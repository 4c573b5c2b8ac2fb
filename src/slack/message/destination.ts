import type { Delivery, Place } from '../../removal/delivery.js';
import { belongsInThread, threadOf } from '../../removal/delivery-policy.js';
import type { Step } from '../../removal/ports.js';
import type { RequestState } from '../../removal/state.js';

/** A conversation or a person, and the first message of the thread there. */
export interface Target {
  readonly channel: string;
  readonly thread: string | null;
}

/** Where a step says something. Throws when it needs a message that does not stand anywhere. */
export function targetOf(step: Exclude<Step, 'respond'>, delivery: Delivery, state: RequestState): Target {
  switch (step) {
    case 'post':
      return home(delivery, state);
    case 'post-to-person':
      return { channel: state.request.requestedBy, thread: null };
    case 'edit':
    case 'follow':
    case 'list':
    case 'remind':
    case 'tell': {
      const { channel, ...place } = placeOf(delivery);
      if (delivery.recipient !== null) return { channel, thread: place.ts };
      return { channel, thread: rootOf({ channel, ...place }, state) };
    }
  }
}

/** Throws when the delivery stands nowhere: `delivery-policy.ts` asks for no such step. */
export function placeOf({ id, place }: Delivery): Place {
  if (!place) throw new Error(`Delivery ${id} has no message that could be edited or replied to`);
  return place;
}

/** To whom it asks; else in the thread of what it is about, else in the conversation of the command; a notice without a thread goes to the asker. */
function home(delivery: Delivery, state: RequestState): Target {
  if (delivery.recipient !== null) return { channel: delivery.recipient, thread: null };
  const { channelId, threadTs, requestedBy } = state.request;
  if (!belongsInThread(delivery, state)) return { channel: channelId, thread: threadTs };
  const thread = threadOf(delivery, state);
  return thread
    ? { channel: thread.channel, thread: rootOf(thread, state) }
    : { channel: requestedBy, thread: null };
}

/** Slack wants the first message of a thread, and ours may itself be a reply. */
function rootOf({ channel, ts }: Place, { request, thread }: RequestState): string {
  if (request.threadTs !== null && request.channelId === channel) return request.threadTs;
  return thread?.channel === channel ? thread.ts : ts;
}

/** A person, or their own conversation with the app: no other direct one takes the app's posts. */
export function isPersonAlone(channel: string): boolean {
  return /^[DUW]/u.test(channel);
}
