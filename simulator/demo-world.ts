import type { NewChat } from './linq/chats.js';
import type { Simulator } from './simulator.js';
import type { Message } from './slack/messages.js';
import type { Channel } from './slack/world.js';

export const WORKSPACE = 'Lakeside Support';
/** The two people one can be, as `slack.person()` knows them. */
export const ROLES = ['alice', 'bob'] as const;
export type Role = (typeof ROLES)[number];

const FULL_NAMES: Record<Role, string> = { alice: 'Alice Moreau', bob: 'Bob Tanaka' };

const LAUNCH_CREW = '550e8400-e29b-41d4-a716-446655440000';
const DIRECT = '9a8b3c1d-5e2f-4a6b-8c7d-2f1e0d9c8b7a';
const OLD_PROJECT = 'e4eaaaf2-d142-41b3-b341-080027620cdd';
const DANA = '+12052499136';

interface DemoChat extends NewChat {
  readonly id: string;
  /** What is worth knowing about it, for the side panel. */
  readonly note: string | null;
}

/** One chat for every ending worth seeing. Each also counts our own line. */
const CHATS: readonly DemoChat[] = [
  {
    id: LAUNCH_CREW,
    name: 'Launch crew',
    members: [DANA, '+12025550101', '+12025550143', '+442079460018', 'pat@example.com'],
    note: null,
  },
  {
    id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    name: 'Keys & access',
    members: [DANA, '+12025550101', '+12025550164'],
    note: 'Exactly 3 would remain: Linq decides.',
  },
  {
    id: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
    name: 'Night shift',
    members: ['+12025550119', '+12025550164'],
    note: 'Too small: fewer than 3 would remain.',
  },
  {
    id: DIRECT,
    name: null,
    members: ['+12025550177'],
    note: 'A direct chat: there is nobody to remove.',
  },
  {
    id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
    name: 'Parking, garage B',
    service: 'SMS',
    members: ['+12025550119', '+12025550132', '+12025550164', '+12025550188'],
    note: 'An SMS group: Linq usually refuses.',
  },
  {
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    name: '🎉🎂 Mika & Sam’s surprise party planning committee (do NOT tell them!!) 👨‍👩‍👧‍👦🏳️‍🌈 2026 edition ✨✨✨',
    service: 'RCS',
    members: [DANA, '+12025550101', '+12025550132', '+12025550188', 'mika@example.com'],
    note: 'An RCS group: Linq does not document removals here.',
  },
  {
    id: 'c56a4180-65aa-42ec-a945-5fd21dec0538',
    name: '<!channel> everyone',
    members: [DANA, '+12025550143', '+12025550188', 'pat@example.com'],
    note: 'A name that would ring the whole channel, if it were not escaped.',
  },
  {
    id: OLD_PROJECT,
    name: 'Old project',
    members: [DANA, '+12025550132', 'pat@example.com'],
    note: 'Our line has left it: Linq allows nothing here.',
  },
];

/** Lines for the first visit; clicking one writes it into the message box. */
export const EXAMPLES = [
  {
    line: `/linq-remove ${LAUNCH_CREW} (205) 249-9136`,
    name: 'a removal',
    about: 'A chat and a person: straight to the review',
  },
  {
    line: `/linq-remove ${LAUNCH_CREW} 205-249-91`,
    name: 'a mistake',
    about: 'A number with digits missing: press Review and see what the field says',
  },
  {
    line: `/linq-remove ${DIRECT} +12025550177`,
    name: 'a direct chat',
    about: 'Why nobody can be removed from it',
  },
] as const;

/** How long a removal takes in this world: long enough to see "queued", short enough to wait for. */
export const SETTLE_AFTER_MS = 4_000;

/** Fills both systems: people, conversations, a few words, and the chats. */
export function furnish({ slack, linq }: Simulator): void {
  for (const role of ROLES) rename(slack, slack.person(role).id, FULL_NAMES[role]);
  const support = slack.addChannel({ name: 'support', kind: 'public', members: [...ROLES] });
  slack.addChannel({ name: 'vip-customers', kind: 'private', members: [...ROLES], bot: true });
  slack.addChannel({ name: 'random', kind: 'public', members: [...ROLES], bot: false });
  slack.addChannel({ name: 'alice-bob', kind: 'im', members: [...ROLES] });
  const [alice, bob] = ROLES.map((role) => slack.person(role).id) as [string, string];
  const start = Date.now() - 6 * 60_000;
  say(
    support,
    bob,
    `Dana (${DANA}) has moved to another team. Can somebody take her out of *Launch crew*?`,
    start,
  );
  say(support, alice, 'Yes, doing it now :eyes:', start + 45_000);
  for (const { note: _, ...chat } of CHATS) linq.addChat(chat);
  linq.ourLineLeaves(OLD_PROJECT);
  linq.settleAfter(SETTLE_AFTER_MS);
}

/** The chats of this world in the order of the side panel, with what is worth knowing about each. */
export function demoChats(): readonly { readonly id: string; readonly note: string | null }[] {
  return CHATS.map(({ id, note }) => ({ id, note }));
}

/** Everybody is back in their chats, except our line in the one it left. */
export function putEveryoneBack({ linq, ledger }: Simulator): void {
  for (const { id } of CHATS) {
    for (const entry of linq.chat(id).handles) {
      if (entry.handle === linq.ownLine) continue;
      entry.status = 'active';
      entry.left_at = null;
    }
  }
  ledger.note();
}

/** A message typed by a person: Slack's simulator only posts for apps. Default time: now. */
export function say(
  channel: Channel,
  user: string,
  text: string,
  at = Date.now(),
  ephemeralFor?: string,
): void {
  const message: Message = {
    ts: stamp(at, channel),
    channel: channel.id,
    user,
    text,
    blocks: [],
    shown: text,
    edited: 0,
    history: [text],
    rang: false,
    ...(ephemeralFor && { ephemeralFor }),
  };
  channel.messages.push(message);
}

function stamp(at: number, channel: Channel): string {
  const last = Number(channel.messages.at(-1)?.ts ?? 0);
  return Math.max(at / 1_000, last + 0.000_01).toFixed(6);
}

function rename(slack: Simulator['slack'], id: string, name: string): void {
  const user = slack.users.get(id);
  if (user) user.name = name;
}
