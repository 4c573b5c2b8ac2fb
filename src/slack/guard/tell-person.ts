import type { WebClient } from '@slack/web-api';
import { ephemeral, type Respond } from '../connection/response-url.js';

/** One person, and the way back to the conversation where they typed or pressed, if there is one. */
export interface Addressee {
  readonly userId: string;
  readonly responseUrl: string | null | undefined;
}

/**
 * Words for one person outside any window: below the conversation where that is possible, else in a direct message.
 * Rejects when Slack takes neither.
 */
export async function tellPerson(
  { respond }: { readonly respond: Respond },
  client: WebClient,
  { userId, responseUrl }: Addressee,
  sentence: string,
): Promise<void> {
  if (responseUrl && (await respond(responseUrl, ephemeral(sentence)))) return;
  await client.chat.postMessage({
    channel: userId,
    text: sentence,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  });
}
