import type { WebClient } from '@slack/web-api';
import type { Place } from '../removal/announcement.js';
import type { Announceable, Log, Messenger, Posted } from '../removal/ports.js';
import { context, mrkdwn } from './blocks.js';
import { announcementMessage, lateEnding, listMessage, type Message, withoutButtons } from './message.js';
import { isOurMistake, toFailedPost } from './post-errors.js';
import type { Respond } from './response-url.js';
import type { HandleDisplay } from './text.js';

export interface MessengerDeps {
  readonly client: WebClient;
  readonly respond: Respond;
  readonly display: HandleDisplay;
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
  onMisconfigured,
  log,
}: MessengerDeps): Messenger {
  async function attempt(send: () => Promise<Place | null>): Promise<Posted> {
    try {
      return { ok: true, place: await send() };
    } catch (error) {
      const failure = toFailedPost(error);
      if (failure.why === 'misconfigured') onMisconfigured();
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

  return {
    post: (to, subject) =>
      attempt(() => {
        const { channelId, requestedBy } = subject.request;
        const message = announcementMessage(subject, display);
        return to === 'channel'
          ? postMessage(channelId, message)
          : postMessage(requestedBy, withHint(message, subject));
      }),

    edit: (place, subject) =>
      attempt(async () => {
        const message = announcementMessage(subject, display);
        await orWordsOnly(message, (content) => client.chat.update({ ...place, ...content, ...AS_WRITTEN }));
        return place;
      }),

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

    respond: async (subject) => {
      const { responseUrl } = subject.request;
      const message = withHint(withoutButtons(announcementMessage(subject, display)), subject);
      const body = { response_type: responseType(subject), ...message };
      const told = responseUrl !== null && (await respond(responseUrl, body));
      return told ? { ok: true, place: null } : { ok: false, why: 'refused', hint: null, retryAfterMs: null };
    },
  };

  /** Slack shows the typed command beside an `in_channel` answer: never more than the message itself shows. */
  function responseType({ request }: Announceable): 'in_channel' | 'ephemeral' {
    return !request.commandHadText || display === 'full' ? 'in_channel' : 'ephemeral';
  }
}

function withHint(message: Message, { announcement }: Announceable): Message {
  const { hint: why } = announcement.delivery;
  const hint = why ? HINTS[why] : UNHEARD;
  return { text: `${message.text}\n${hint}`, blocks: [...message.blocks, context(mrkdwn(hint))] };
}
