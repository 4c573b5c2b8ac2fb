import type { Entry } from '../simulator/ledger.js';
import type { SimChat } from '../simulator/linq/chats.js';
import type { Simulator } from '../simulator/simulator.js';
import type { Message } from '../simulator/slack/messages.js';
import { INSTALLED_SHORTCUTS } from '../simulator/slack/shortcuts.js';
import type { Channel } from '../simulator/slack/world.js';
import { callsOf } from './calls.js';
import { CHAT_GROUPS } from './chats.js';
import type { ToolGroup } from './page-tools.js';
import { EXAMPLES, ROLES, type Role, SETTLE_AFTER_MS, WORKSPACE } from './world.js';

const TRAFFIC_SHOWN = 200;
const REMOVAL = 'DELETE /v3/chats/{id}/participants';

/** The commands that the message box completes. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Null for Slack's own. */
  readonly app: string | null;
}

export interface SnapshotParts {
  readonly simulator: Simulator;
  readonly commands: readonly Command[];
  readonly tools: readonly ToolGroup[];
  readonly plugged: boolean;
  /** Removals accepted before this say nothing about now. */
  readonly freshSince: Date;
}

export type Snapshot = ReturnType<typeof snapshotFor>;

/** Everything that one person's page shows, as JSON. The page keeps nothing but what is being typed. */
export function snapshotFor(role: Role, parts: SnapshotParts) {
  const { simulator, commands, tools } = parts;
  const { slack, ledger } = simulator;
  const me = slack.person(role);
  const mine = [...slack.channels.values()].filter((channel) => channel.members.has(me.id));
  return {
    workspace: WORKSPACE,
    me: { id: me.id, role },
    app: { id: slack.botUserId, name: nameOf(slack, slack.botUserId) },
    people: peopleOf(slack),
    calls: callsOf(slack),
    channels: mine.map((channel) => describeChannel(channel, me.id, slack)),
    messages: Object.fromEntries(mine.map((channel) => [channel.id, visibleTo(me.id, channel)])),
    modal: describeModal(me),
    commands,
    shortcuts: INSTALLED_SHORTCUTS,
    examples: EXAMPLES,
    tools,
    traffic: trafficOf(ledger.entries),
    linq: describeLinq(parts),
  };
}

function nameOf(slack: Simulator['slack'], id: string): string {
  return slack.users.get(id)?.name ?? id;
}

function peopleOf(slack: Simulator['slack']) {
  const roles = new Map<string, Role>(ROLES.map((role) => [slack.person(role).id, role]));
  return [...slack.users.values()].map(({ id, name, isBot }) => ({
    id,
    name,
    bot: isBot,
    role: roles.get(id) ?? null,
  }));
}

function describeChannel(channel: Channel, myId: string, slack: Simulator['slack']) {
  const botIn = channel.members.has(slack.botUserId);
  const otherId = channel.kind === 'im' ? ([...channel.members].find((id) => id !== myId) ?? myId) : null;
  return {
    id: channel.id,
    name: otherId ? nameOf(slack, otherId) : channel.name,
    kind: channel.kind,
    otherId,
    withApp: otherId === slack.botUserId,
    botIn,
    memberCount: channel.members.size,
  };
}

function visibleTo(userId: string, channel: Channel) {
  return channel.messages
    .filter(({ ephemeralFor }) => ephemeralFor === undefined || ephemeralFor === userId)
    .map(describeMessage);
}

function describeMessage(message: Message) {
  return {
    ts: message.ts,
    userId: message.user,
    text: message.text,
    blocks: message.blocks,
    threadTs: message.thread_ts ?? null,
    ephemeral: message.ephemeralFor !== undefined,
    edited: message.edited > 0,
    shownCommand: message.shownCommand ?? null,
  };
}

/** Without `private_metadata`: Slack's client does not show it, and it carries an address to post to. */
function describeModal({ modal, stack }: { readonly modal: Modal | null; readonly stack: readonly Modal[] }) {
  if (!modal) return null;
  const { private_metadata: _, ...view } = modal.view;
  return { view: { ...view, id: modal.id, hash: modal.hash }, errors: modal.errors, depth: stack.length };
}

type Modal = NonNullable<ReturnType<Simulator['slack']['person']>['modal']>;

function trafficOf(entries: readonly Entry[]) {
  const first = Math.max(0, entries.length - TRAFFIC_SHOWN);
  return entries.slice(first).map((entry, index) => ({
    seq: first + index,
    at: entry.at.toISOString(),
    system: entry.system,
    direction: entry.direction,
    what: entry.what,
    detail: entry.detail,
    answer: entry.answer ?? null,
  }));
}

function describeLinq({ simulator: { linq, ledger }, plugged, freshSince }: SnapshotParts) {
  const accepted = ledger.of(REMOVAL).filter(({ answer, at }) => answer === 202 && at >= freshSince);
  const groups = CHAT_GROUPS.map(({ about, chats }) => ({
    about,
    chats: chats.map(({ id, note }) => describeChat(linq.chat(id), note, linq.ownLine, accepted)),
  }));
  const members = groups.flatMap(({ chats }) => chats).flatMap((chat) => chat.members);
  const waiting = members.filter(({ state }) => state === 'queued').length;
  return { plugged, waiting, settling: `settles in ${SETTLE_AFTER_MS / 1_000} s`, groups };
}

function describeChat(chat: SimChat, note: string | null, ownLine: string, accepted: readonly Entry[]) {
  const members = latestOf(chat).map((entry) => {
    // What was accepted before they came back is done.
    const asked = accepted.some(
      (sent) => sent.at >= new Date(entry.joined_at) && isAbout(sent, chat, entry.handle),
    );
    if (entry.status !== 'active') return { handle: entry.handle, state: entry.status };
    return { handle: entry.handle, state: entry.handle === ownLine ? 'us' : asked ? 'queued' : 'active' };
  });
  return { id: chat.id, name: chat.name, service: chat.service, note, members };
}

/** Who was removed and came back is listed twice at Linq; here people are listed once, as they are now. */
function latestOf({ handles }: SimChat): SimChat['handles'] {
  return [...new Map(handles.map((entry) => [entry.handle, entry])).values()];
}

/** `detail` of a removal is its path and body, as received. */
function isAbout({ detail }: Entry, chat: SimChat, handle: string): boolean {
  const { path = '', body } = detail as { path?: string; body?: { handle?: string } };
  return path.toLowerCase().includes(chat.id) && body?.handle?.toLowerCase() === handle.toLowerCase();
}
