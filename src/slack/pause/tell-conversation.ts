import type { SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import type { HandleDisplay } from '../blocks/text.js';
import type { Respond } from '../connection/response-url.js';
import { tellPerson } from '../guard/tell-person.js';
import { withWords } from '../message/message.js';
import { createPosting } from '../message/posting.js';
import { type PauseNews, pauseMessage } from './pause-messages.js';

export interface TellDeps {
  readonly respond: Respond;
  /** How people are shown in a conversation. Never rejects. */
  readonly displayIn: (channelId: string) => Promise<HandleDisplay>;
  readonly log: Log;
}

const NOBODY_ELSE =
  'Nobody but you can see this, because the app cannot post in this conversation. To have it told here: `/invite @linq-remove`';

interface Typed {
  readonly command: Pick<SlashCommand, 'user_id' | 'channel_id' | 'response_url'>;
  readonly client: WebClient;
}

/** In the conversation where it was typed; where the app cannot post there, to the person who typed it. */
export async function tellConversation(
  deps: TellDeps,
  { command, client }: Typed,
  news: PauseNews,
): Promise<void> {
  const { channel_id: channel, user_id: userId, response_url: responseUrl } = command;
  const message = pauseMessage(news, await deps.displayIn(channel));
  try {
    await createPosting(client, deps.log).post({ channel, thread: null }, message);
  } catch (error) {
    deps.log.warn({ err: error, channel }, 'A pause, or its end, could not be told where it was typed');
    await tellPerson(deps, client, { userId, responseUrl }, withWords(message, NOBODY_ELSE).text);
  }
}
