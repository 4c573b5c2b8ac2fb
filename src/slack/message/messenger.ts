import type { WebClient } from '@slack/web-api';
import type { Delivery, Place } from '../../removal/delivery.js';
import type { Log, Messenger, Posted } from '../../removal/ports.js';
import type { RequestState } from '../../removal/state.js';
import type { HandleDisplay } from '../blocks/text.js';
import type { SlackGate } from '../connection/gate.js';
import type { Respond } from '../connection/response-url.js';
import { isPersonAlone, placeOf, targetOf } from './destination.js';
import { aboutScope, missingScope } from './missing-scope.js';
import { toFailedPost } from './post-errors.js';
import { createPosting } from './posting.js';
import { MESSAGES, responseBody } from './step-messages.js';

export interface MessengerDeps {
  /** Must not retry by itself: a lost answer would post twice. */
  readonly client: WebClient;
  readonly gate: Pick<SlackGate, 'slotFor'>;
  readonly respond: Respond;
  /** HANDLE_DISPLAY. */
  readonly display: 'full' | 'masked';
  /** How people are shown in a conversation now. Never rejects. */
  readonly displayIn: (channelId: string) => Promise<HandleDisplay>;
  readonly now: () => Date;
  /** Called when Slack refuses our token, so that readiness can say so. */
  readonly onMisconfigured: () => void;
  readonly log: Log;
}

const NOT_ANSWERED: Posted = { ok: false, why: 'refused', hint: null, retryAfterMs: null };

/** Tells people in Slack what is true. */
export function createMessenger(deps: MessengerDeps): Messenger {
  const { client, gate, respond, display, displayIn, now, onMisconfigured, log } = deps;
  const posting = createPosting(client, log);

  async function attempt(send: () => Promise<Place | null>): Promise<Posted> {
    try {
      return { ok: true, place: await send() };
    } catch (error) {
      const failure = toFailedPost(error);
      if (failure.why === 'misconfigured') onMisconfigured();
      const scope = missingScope(error);
      if (scope) log.error({ scope }, aboutScope(scope));
      return failure;
    }
  }

  async function answer(delivery: Delivery, state: RequestState): Promise<Posted> {
    const { responseUrl, channelId } = state.request;
    if (responseUrl === null) return NOT_ANSWERED;
    const shown = { inConversation: await displayIn(channelId), toAsker: display };
    const told = await respond(responseUrl, responseBody(delivery, state, shown, now()));
    return told ? { ok: true, place: null } : NOT_ANSWERED;
  }

  return {
    slotFor(step, delivery, state) {
      if (step === 'respond') return now();
      const { channel } = targetOf(step, delivery, state);
      return gate.slotFor(step === 'edit' ? 'chat.update' : 'chat.postMessage', channel);
    },

    async carryOut(step, delivery, state) {
      if (step === 'respond') return answer(delivery, state);
      const to = targetOf(step, delivery, state);
      const shown = isPersonAlone(to.channel) ? display : await displayIn(to.channel);
      const message = MESSAGES[step](delivery, state, shown, now());
      return attempt(async () => {
        if (step === 'edit') return posting.update(placeOf(delivery), message);
        const posted = await posting.post(to, message);
        return delivery.place ?? posted;
      });
    },
  };
}
