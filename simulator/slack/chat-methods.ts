import { type Json, textOf } from './json.js';
import type { Message, Messages, Saying } from './messages.js';
import { type MethodTable, readBlocks, required } from './method.js';
import { Refusal } from './refusal.js';
import type { Channel, World } from './world.js';

/** Slack: `chat.update` rejects longer texts; `chat.postMessage` only advises against them. */
const UPDATE_TEXT_MAX = 4_000;

interface ChatDeps {
  readonly world: World;
  readonly messages: Messages;
  readonly scopes: ReadonlySet<string>;
}

/** Posting, editing and deleting messages as the bot. */
export function chatMethods({ world, messages, scopes }: ChatDeps): MethodTable {
  const scope = 'chat:write';
  return {
    'chat.postMessage': { token: 'bot', scope, act: postMessage },
    'chat.postEphemeral': { token: 'bot', scope, act: postEphemeral },
    'chat.update': { token: 'bot', scope, act: update },
    'chat.delete': { token: 'bot', scope, act: remove },
  };

  function postMessage(args: Json): Json {
    const saying = readSaying(args);
    const channel = whereToPost(world, scopes, required(args, 'channel'));
    const message = messages.post(channel, saying, { thread_ts: textOf(args.thread_ts) ?? undefined });
    return { channel: channel.id, ts: message.ts, message: asSlackShows(message, world) };
  }

  function postEphemeral(args: Json): Json {
    const saying = readSaying(args);
    const channel = whereToPost(world, scopes, required(args, 'channel'));
    const user = required(args, 'user');
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    return { message_ts: messages.post(channel, saying, { ephemeralFor: user }).ts };
  }

  function update(args: Json): Json {
    const message = ownMessage(world, args, 'cant_update_message');
    if ([...(textOf(args.text) ?? '')].length > UPDATE_TEXT_MAX) throw new Refusal('msg_too_long');
    messages.edit(message, readSaying(args));
    return { ...editedPlace(message), text: message.text, message: asSlackShows(message, world) };
  }

  function remove(args: Json): Json {
    const message = ownMessage(world, args, 'cant_delete_message');
    messages.remove(message);
    return editedPlace(message);
  }
}

function readSaying(args: Json): Saying {
  const blocks = readBlocks(args.blocks);
  const text = textOf(args.text) ?? '';
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  const linkNames = ['1', 'true', true, 1].some((yes) => yes === args.link_names);
  return { text, blocks, parsed: args.parse === 'full' || linkNames };
}

/** A channel, or a person's direct conversation; refused the way Slack refuses each kind. */
function whereToPost(world: World, scopes: ReadonlySet<string>, id: string): Channel {
  const person = world.users.get(id);
  const channel = person && !person.deleted ? world.directChannel(id) : world.channels.get(id);
  if (!channel) throw new Refusal('channel_not_found');
  const isIn = channel.members.has(world.botUserId);
  if (!isIn && channel.kind !== 'public') throw new Refusal('channel_not_found');
  if (channel.archived) throw new Refusal('is_archived');
  if (!isIn && !scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
  if (channel.readOnly) throw new Refusal('restricted_action');
  return channel;
}

/** The bot's own lasting message. Slack wants the conversation's id (`C…`, `D…`), never a person's. */
function ownMessage(world: World, args: Json, notYours: string): Message {
  const channel = world.channels.get(required(args, 'channel'));
  const ts = required(args, 'ts');
  const isHidden = channel?.kind !== 'public' && !channel?.members.has(world.botUserId);
  if (!channel || isHidden) throw new Refusal('channel_not_found');
  const message = channel.messages.find((each) => each.ts === ts && !each.ephemeralFor);
  if (!message) throw new Refusal('message_not_found');
  if (message.user !== world.botUserId) throw new Refusal(notYours);
  // Assumed: which code Slack gives an edit here is not known for sure.
  if (channel.archived) throw new Refusal('is_inactive');
  return message;
}

function editedPlace({ channel, ts }: Message): Json {
  return { channel, ts };
}

/** A message as Slack's answers and payloads carry it. */
export function asSlackShows(message: Message, world: World): Json {
  const { ts, text, blocks, user, thread_ts } = message;
  const author = { user, bot_id: world.botId, app_id: world.appId, team: world.teamId };
  return { type: 'message', ts, text, blocks, ...author, ...(thread_ts && { thread_ts }) };
}
