import type { Message } from './messages.js';
import type { Names } from './mrkdwn.js';

export interface User {
  readonly id: string;
  name: string;
  teamId: string;
  deleted: boolean;
  isBot: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isStranger: boolean;
  /** The ID that this person has in all of the organisation, where it is another one, and their workspaces there. */
  enterprise?: { readonly id: string; readonly teams: readonly string[] };
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Channel {
  readonly id: string;
  name: string;
  kind: ChannelKind;
  readonly members: Set<string>;
  archived: boolean;
  /** Only some may post; the bot is not among them. */
  readOnly: boolean;
  /** With whom: several workspaces of one organisation, another organisation, or one that was invited. */
  shared: 'no' | 'within' | 'external' | 'pending';
  readonly messages: Message[];
}

export interface NewChannel {
  readonly id?: string;
  readonly name: string;
  readonly kind: ChannelKind;
  /** User ids, or names of people who may not exist yet. */
  readonly members: readonly string[];
  /** Whether the bot is in it. Without it: yes in public and private channels, no in `im` and `mpim`. */
  readonly bot?: boolean;
}

/** One workspace: who is there, and the conversations between them. */
export interface World {
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly usergroups: Map<string, Set<string>>;
  /** Kinds of blocks that have not reached this workspace yet. */
  readonly missingBlocks: Set<string>;
  /** The app is installed in all of the organisation: in which of its workspaces user groups are. Null: in one alone. */
  orgWide: { readonly teams: readonly string[]; readonly groupsIn: string } | null;
  /** The conversation that each person has before them, by user. */
  readonly onScreen: Map<string, string>;
  readonly names: Names;
  addChannel(channel: NewChannel): Channel;
  /** The user of that name, created on first use. */
  userNamed(name: string): User;
  /** The direct conversation between the bot and this user, opened on first use. */
  directChannel(userId: string): Channel;
  /** `V` gives `V0000001`, `V0000002` … */
  newId(prefix: string): string;
}

const TEAM = 'T0WORKSPACE';
const BOT = 'U0LINQREMOVE';

export function createWorld(): World {
  const users = new Map([[BOT, { ...person(BOT, 'linq-remove'), isBot: true }]]);
  const channels = new Map<string, Channel>();
  const newId = createIds();
  const userNamed = (name: string) => {
    const id = `U0${capitals(name)}`;
    const user = users.get(id) ?? person(id, name);
    users.set(id, user);
    return user;
  };
  const addChannel = (wanted: NewChannel) => {
    const members = wanted.members.map((member) => (users.has(member) ? member : userNamed(member).id));
    const channel = createChannel(wanted, members, (id) => channels.has(id), newId);
    channels.set(channel.id, channel);
    return channel;
  };
  return {
    teamId: TEAM,
    appId: 'A0LINQREMOVE',
    botId: 'B0LINQREMOVE',
    botUserId: BOT,
    users,
    channels,
    usergroups: new Map(),
    missingBlocks: new Set(),
    orgWide: null,
    onScreen: new Map(),
    names: {
      user: (id) => users.get(id)?.name ?? id,
      channel: (id) => channels.get(id)?.name ?? id,
      channelCalled: (name) => [...channels.values()].find((each) => each.name === name)?.id ?? null,
    },
    addChannel,
    userNamed,
    directChannel: (userId) =>
      [...channels.values()].find((channel) => isDirect(channel, userId)) ??
      addChannel({ name: `with-${userId}`, kind: 'im', members: [userId], bot: true }),
    newId,
  };
}

function isDirect(channel: Channel, userId: string): boolean {
  return channel.kind === 'im' && channel.members.has(BOT) && channel.members.has(userId);
}

function createChannel(
  wanted: NewChannel,
  members: readonly string[],
  isTaken: (id: string) => boolean,
  newId: (prefix: string) => string,
): Channel {
  const prefix = wanted.kind === 'im' ? 'D0' : 'C0';
  const readable = `${prefix}${capitals(wanted.name)}`;
  const withBot = wanted.bot ?? (wanted.kind === 'public' || wanted.kind === 'private');
  return {
    id: wanted.id ?? (isTaken(readable) ? newId(prefix) : readable),
    name: wanted.name,
    kind: wanted.kind,
    members: new Set(withBot ? [...members, BOT] : members),
    archived: false,
    readOnly: false,
    shared: 'no',
    messages: [],
  };
}

function person(id: string, name: string): User {
  const plain = { isBot: false, isRestricted: false, isUltraRestricted: false, isStranger: false };
  return { id, name, teamId: TEAM, deleted: false, ...plain };
}

function capitals(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function createIds(): (prefix: string) => string {
  let last = 0;
  return (prefix) => {
    last += 1;
    return `${prefix}${String(last).padStart(7, '0')}`;
  };
}
