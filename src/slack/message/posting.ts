import type { WebClient } from '@slack/web-api';
import type { Place } from '../../removal/delivery.js';
import type { Log } from '../../removal/ports.js';
import type { Message } from './body.js';
import type { Target } from './destination.js';
import { isOurMistake } from './post-errors.js';

/** `chat.update` falls back to `parse: client` on every call, and links must not unfurl a customer's chat. */
const AS_WRITTEN = { parse: 'none', link_names: false } as const;
const NO_UNFURLING = { unfurl_links: false, unfurl_media: false } as const;

/** Posts and edits, as written and never interpreted. Rejects with the client's errors. */
export function createPosting(client: WebClient, log: Log) {
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
    async post({ channel, thread }: Target, message: Message): Promise<Place | null> {
      const where = { channel, ...(thread && { thread_ts: thread }) };
      const posted = await orWordsOnly(message, (content) =>
        client.chat.postMessage({ ...where, ...content, ...AS_WRITTEN, ...NO_UNFURLING }),
      );
      // Posting to a person answers with the direct message's own channel, which is what edits need.
      return posted.ts ? { channel: posted.channel ?? channel, ts: posted.ts } : null;
    },

    async update(place: Place, message: Message): Promise<Place> {
      await orWordsOnly(message, (content) => client.chat.update({ ...place, ...content, ...AS_WRITTEN }));
      return place;
    },
  };
}
