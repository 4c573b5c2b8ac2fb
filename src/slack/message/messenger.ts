import type { WebClient } from '@slack/web-api';
import type { Place } from '../../removal/announcement.js';
import type { Announceable, Log, Messenger, Posted } from '../../removal/ports.js';
import { isPending } from '../../removal/proposal.js';
import { additionMessage } from './addition-message.js';
import { context, mrkdwn } from '../blocks.js';
import { announcementMessage, lateEnding, listMessage, type Message, withoutButtons } from './message.js';
import { aboutScope, missingScope } from './missing-scope.js';
import { isOurMistake, toFailedPost } from './post-errors.js';
import type { Respond } from '../response-url.js';
import type { HandleDisplay } from '../text.js';

export interface MessengerDeps {
  readonly client: WebClient;
  readonly respond: Respond;
  readonly display: HandleDisplay;
  readonly now: () => Date;
  /** Called when Slack refuses our token, so that readiness can say so. */
  readonly onMisconfigured: () => void;
  readonly log: Log;
}

/** `chat.update` falls back to `parse: client` on every call, and links must not unfurl a customer's chat. */
const AS_WRITTEN = { parse: 'none', link_names: false } as const;
const NO_UNFURLING = { unfurl_links: false, unfurl_media: false } as const;

const HINTS = {
  invite: 'I cannot post in this conversation. To have results posted there: `/invite @linq-remove`',
  closed:
    'Nobody can post in that conversation right now. Where I should post: open another one and `/invite @linq-remove`',
  admin: 'Slack does not let the app post. Please ask a workspace admin, then `/invite @linq-remove`',
} as const;
const UNHEARD =
  'Slack did not say whether my message arrived in the conversation. If it never does: `/invite @linq-remove`';

/** Tells people in Slack what is true. Its client must not retry by itself: a lost reply would post twice. */
export function createMessenger({
  client,
  respond,
  display,
  now,
  onMisconfigured,
  log,
}: MessengerDeps): Messenger {
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

  async function postMessage(channel: string, message: Message, threadTs?: string): Promise<Place | null> {
    const thread = threadTs ? { thread_ts: threadTs } : {};
    const posted = await orWordsOnly(message, (content) =>
      client.chat.postMessage({ channel, ...content, ...AS_WRITTEN, ...NO_UNFURLING, ...thread }),
    );
    // Posting to a person answers with the direct message's own channel, which is what edits need.
    return posted.ts ? { channel: posted.channel ?? channel, ts: posted.ts } : null;
  }

  /** Blocks that Slack will not take are our bug; the words must reach people all the same. */
  async function orWordsOnly<T>(message: Message, send: (content: Message) => Promise<T>): Promise<T> {
    try {
      return await send(message);
    } catch (error) {
      if (!isOurMistake(error)) throw error;
      log.error({ err: error }, 'Slack refused the form of a message; its words are sent alone');
      return await send({ text: message.text, blocks: [] });
    }
  }

  async function update(place: Place, message: Message): Promise<Place> {
    await orWordsOnly(message, (content) => client.chat.update({ ...place, ...content, ...AS_WRITTEN }));
    return place;
  }

  return {
    post: (to, subject) =>
      attempt(() => {
        const { channelId, requestedBy } = subject.request;
        const message = announcementMessage(subject, display, now());
        return to === 'channel'
          ? postMessage(channelId, message)
          : postMessage(requestedBy, withHint(forPersonAlone(message, subject), subject));
      }),

    edit: (place, subject) => attempt(() => update(place, announcementMessage(subject, display, now()))),

    list: (place, subject) =>
      attempt(async () => {
        await postMessage(place.channel, listMessage(subject, display), place.ts);
        return place;
      }),

    tell: (place, subject) =>
      attempt(async () => {
        await postMessage(place.channel, lateEnding(subject, display), place.ts);
        return place;
      }),

    tellAddition: (thread, addition) =>
      attempt(() => {
        const { place, toPerson } = addition.telling;
        const message = additionMessage(addition, display);
        if (place) return update(place, message);
        return thread && !toPerson
          ? postMessage(thread.channel, message, thread.ts)
          : postMessage(addition.requestedBy, message);
      }),

    respond: async (subject) => {
      const { responseUrl } = subject.request;
      const type = responseType(subject);
      const message = announcementMessage(subject, display);
      const shown = type === 'in_channel' ? forEverybody(message, subject) : forPersonAlone(message, subject);
      const body = { response_type: type, ...withHint(shown, subject) };
      const told = responseUrl !== null && (await respond(responseUrl, body));
      return told ? { ok: true, place: null } : { ok: false, why: 'refused', hint: null, retryAfterMs: null };
    },
  };

  /** Slack shows the typed command beside an `in_channel` answer: never more than the message itself shows. */
  function responseType({ request }: Announceable): 'in_channel' | 'ephemeral' {
    return !request.commandHadText || display === 'full' ? 'in_channel' : 'ephemeral';
  }
}

/** Such a message is not kept up to date, so no button but the one that others wait for. */
function forEverybody(message: Message, { proposal }: Announceable): Message {
  return isPending(proposal) ? message : withoutButtons(message);
}

const UNSEEN =
  'Nobody but you can see this, so nobody can approve it. Invite the app to a conversation where approvers are, and ask there.';

/** What others have to decide is of no use to the one who asked. */
function forPersonAlone(message: Message, { proposal }: Announceable): Message {
  const { text, blocks } = withoutButtons(message);
  if (!isPending(proposal)) return { text, blocks };
  return { text: `${text}\n${UNSEEN}`, blocks: [...blocks, context(mrkdwn(UNSEEN))] };
}

function withHint(message: Message, { announcement }: Announceable): Message {
  const { hint: why } = announcement.delivery;
  const hint = why ? HINTS[why] : UNHEARD;
  return { text: `${message.text}\n${hint}`, blocks: [...message.blocks, context(mrkdwn(hint))] };
}
