import { type Block, nameBlocks } from './block-kit.js';
import type { Json } from './json.js';
import { rungBy, rungByNames } from './mrkdwn.js';
import type { SaidRecord } from './said.js';
import { drawText, rungByBlocks, visibleText } from './visible-text.js';
import type { Channel, World } from './world.js';

export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  text: string;
  blocks: readonly Block[];
  /** What a person reads: the blocks where there are any, else the text. */
  shown: string;
  readonly thread_ts?: string;
  /** What a person attached. */
  readonly files?: readonly Json[];
  /** How many times it was edited. */
  edited: number;
  /** Only this user sees it. */
  readonly ephemeralFor?: string;
  /** Its texts over time, the present one last. */
  readonly history: string[];
  /** The command as typed, which Slack shows beside an `in_channel` response. */
  readonly shownCommand?: string;
  /** What it notified, now or in an earlier version: `channel`, `here`, `everyone`, and the IDs of groups. */
  rang: readonly string[];
}

/** What an app says: the parts of a message that it can set and replace. */
export interface Saying {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** `parse: full` or `link_names`: plain `@channel` counts too. */
  readonly parsed: boolean;
}

export interface Circumstances {
  readonly thread_ts?: string | undefined;
  readonly ephemeralFor?: string | undefined;
  readonly shownCommand?: string | undefined;
  /** The person who writes it. Default: the bot. */
  readonly user?: string | undefined;
  readonly files?: readonly Json[] | undefined;
}

/** The only way messages come to be and change. */
export interface Messages {
  post(channel: Channel, saying: Saying, circumstances?: Circumstances): Message;
  edit(message: Message, saying: Saying): void;
  remove(message: Message): void;
}

/** Slack cuts a posted text here. */
const TEXT_MAX = 40_000;

export function createMessages(world: World, record: SaidRecord, now: () => Date): Messages {
  const nextTs = createStamps(now);
  const worded = ({ text, blocks, parsed }: Saying) => ({
    text,
    blocks: nameBlocks(blocks, () => world.newId('b')),
    shown: blocks.length > 0 ? visibleText(blocks, world.names) : drawText(text, world.names),
    rang: [...rungBy(text), ...rungByBlocks(blocks), ...(parsed ? rungByNames(text) : [])],
  });
  return {
    post(channel, saying, circumstances = {}) {
      const text = [...saying.text].slice(0, TEXT_MAX).join('');
      const message: Message = {
        ts: nextTs(),
        channel: channel.id,
        user: world.botUserId,
        ...worded({ ...saying, text }),
        edited: 0,
        history: [text],
        ...given(circumstances),
      };
      channel.messages.push(message);
      record.message(message, 'posted');
      return message;
    },
    edit(message, saying) {
      const rang = message.rang;
      Object.assign(message, worded(saying));
      message.rang = [...rang, ...message.rang];
      message.edited += 1;
      message.history.push(saying.text);
      record.message(message, 'edit');
    },
    remove(message) {
      const messages = world.channels.get(message.channel)?.messages ?? [];
      messages.splice(messages.indexOf(message), 1);
      record.message(message, 'deleted');
    },
  };
}

function given({ thread_ts, ephemeralFor, shownCommand, user, files }: Circumstances) {
  return {
    ...(thread_ts && { thread_ts }),
    ...(ephemeralFor && { ephemeralFor }),
    ...(shownCommand && { shownCommand }),
    ...(user && { user }),
    ...(files && { files }),
  };
}

/** `seconds.micros`, unique and growing even when the clock stands still. */
function createStamps(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(now().getTime() * 1000, last + 1);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}
