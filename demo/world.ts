import type { SimHandle } from '../simulator/linq/chats.js';
import type { Simulator } from '../simulator/simulator.js';
import type { Message } from '../simulator/slack/messages.js';
import type { Channel } from '../simulator/slack/world.js';
import { CHATS, DANA, DIRECT, JORDAN, LAUNCH_CREW, LEFT_BY_US } from './chats.js';

export const WORKSPACE = 'Lakeside Support';
/** The people one can be, as `slack.person()` knows them. */
export const ROLES = ['alice', 'bob', 'carol'] as const;
export type Role = (typeof ROLES)[number];

const FULL_NAMES: Record<Role, string> = { alice: 'Alice Moreau', bob: 'Bob Tanaka', carol: 'Carol Osei' };

/** Up to so many removals of one asker within an hour need no approver: all examples but the offboarding. */
export const ALONE = 10;

/** Lines for the first visit; clicking one writes it into the message box. */
export const EXAMPLES = [
  {
    line: `/linq-remove ${LAUNCH_CREW} (205) 249-9136`,
    name: 'removal',
    about: 'A chat and a person: straight to the review',
  },
  {
    line: `/linq-remove ${LAUNCH_CREW} (205) 249-9136, +12025550143, pat@example.com`,
    name: 'three people',
    about: 'Three people at once: one approval, one message, a line for each',
  },
  {
    line: `/linq-remove launch ${DANA}`,
    name: 'chat by name',
    about: 'Part of a chat’s name instead of its ID: the one chat of hers that fits is reviewed',
  },
  {
    line: `/linq-remove where ${JORDAN}`,
    name: 'where',
    about: 'Only looks: Jordan’s group chats, and from which a removal would be possible',
  },
  {
    line: `/linq-remove ${LAUNCH_CREW} 205-249-91`,
    name: 'mistake',
    about: 'A number with digits missing: Linq lists nobody like that, and the window says what is wrong',
  },
  {
    line: `/linq-remove ${DIRECT} +12025550177`,
    name: 'direct chat',
    about: 'Why nobody can be removed from it',
  },
  {
    line: `/linq-remove ${JORDAN}`,
    name: 'approval by two',
    about: `Jordan left the company. Choose more than ${ALONE} chats, then be Bob and Carol, who approve it in #approvals`,
  },
  {
    line: '/linq-remove history',
    name: 'history',
    about:
      'What was asked and what became of it. A finished request has “Receipt…”, its proof as text and file',
  },
] as const;

/** How long a removal takes in this world: long enough to see "queued", short enough to wait for. */
export const SETTLE_AFTER_MS = 4_000;

/** Environment variables of the app. */
type Settings = Readonly<Record<string, string>>;

/**
 * Fills both systems: people, conversations, a few words, and the chats. Both have their quotas, as the real ones do.
 * Returns what the app is told about who decides and who sees.
 */
export function furnish(simulator: Simulator, now: Date): Settings {
  const { slack, linq } = simulator;
  simulator.quotas(true);
  for (const role of ROLES) rename(slack, slack.person(role).id, FULL_NAMES[role]);
  const support = slack.addChannel({ name: 'support', kind: 'public', members: [...ROLES] });
  const approvals = slack.addChannel({ name: 'approvals', kind: 'public', members: [...ROLES] });
  slack.addChannel({ name: 'vip-customers', kind: 'private', members: [...ROLES], bot: true });
  slack.addChannel({ name: 'random', kind: 'public', members: [...ROLES], bot: false });
  slack.addChannel({ name: 'alice-bob', kind: 'im', members: ['alice', 'bob'] });
  const [alice, bob] = ROLES.map((role) => slack.person(role).id) as [string, string];
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  say(
    support,
    bob,
    `Dana (${DANA}) has moved to another team. Can somebody take her out of *Launch crew*?`,
    minutesAgo(6),
  );
  say(support, alice, 'Yes, doing it now :eyes:', minutesAgo(5.3));
  say(
    support,
    bob,
    `And Jordan (${JORDAN}) left the company today. That is a lot of chats …`,
    minutesAgo(4.8),
  );
  for (const { note: _, ...chat } of CHATS) linq.addChat(chat);
  for (const id of LEFT_BY_US) linq.ourLineLeaves(id);
  linq.settleAfter(SETTLE_AFTER_MS);
  return {
    APPROVAL: 'bulk',
    APPROVAL_BULK_ABOVE: String(ALONE),
    APPROVAL_CHANNEL: approvals.id,
    APPROVALS_NEEDED: '2',
    APPROVERS: ROLES.map((role) => slack.person(role).id).join(','),
    // Bob sees what everybody asked for, wherever he asks.
    HISTORY_VIEWERS: bob,
  };
}

/** Everybody is back in their chats, except our line in the one it left. */
export function putEveryoneBack({ linq, ledger }: Simulator): void {
  for (const { id } of CHATS) {
    const { handles } = linq.chat(id);
    for (const entry of handles) {
      if (entry.handle === linq.ownLine || isIn(handles, entry.handle)) continue;
      entry.status = 'active';
      entry.left_at = null;
    }
  }
  ledger.note();
}

function isIn(handles: readonly SimHandle[], handle: string): boolean {
  return handles.some((entry) => entry.handle === handle && entry.status === 'active');
}

/** A message typed by a person: Slack's simulator only posts for apps. */
export function say(channel: Channel, user: string, text: string, at: Date, ephemeralFor?: string): void {
  const message: Message = {
    ts: stamp(at, channel),
    channel: channel.id,
    user,
    text,
    blocks: [],
    shown: text,
    edited: 0,
    history: [text],
    rang: [],
    ...(ephemeralFor && { ephemeralFor }),
  };
  channel.messages.push(message);
}

function stamp(at: Date, channel: Channel): string {
  const last = Number(channel.messages.at(-1)?.ts ?? 0);
  return Math.max(at.getTime() / 1_000, last + 0.000_01).toFixed(6);
}

function rename(slack: Simulator['slack'], id: string, name: string): void {
  const user = slack.users.get(id);
  if (user) user.name = name;
}
