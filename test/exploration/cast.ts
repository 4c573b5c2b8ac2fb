import type { Simulator } from '../../simulator/simulator.js';
import type { Person } from '../../simulator/slack/person.js';
import { CHAT_ID, PAT } from '../support/stage.js';
import type { Setting } from './setting.js';

/* Who and what there is in every story. */

export const PEOPLE = ['alice', 'bob', 'carol'] as const;
export type PersonName = (typeof PEOPLE)[number];

/** Who may approve. Where one is enough alice may not; where two are needed each of the three has two others. */
export function approversOf({ approval, needed }: Setting): readonly PersonName[] {
  if (approval === 'never') return [];
  return needed === 1 ? ['bob', 'carol'] : PEOPLE;
}

/** People in chats at Linq. The stranger is in none: pat's number with one digit wrong. */
export const MEMBERS = {
  pat: PAT,
  max: '+12025550177',
  sam: 'sam@example.com',
  stranger: '+12052499137',
  ann: '+12025550181',
  ben: '+12025550182',
  cleo: '+12025550183',
} as const;
export type MemberName = keyof typeof MEMBERS;

/** A chat as it is at the beginning of a story. */
export interface ChatShape {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

const { pat, max, sam, ann, ben, cleo } = MEMBERS;

/** `crew` has six people, our line included; when one leaves `four` three are left, and too few when one leaves `three`. */
const CHATS = {
  crew: { id: CHAT_ID, name: 'Launch crew', members: [pat, max, sam, ann, ben] },
  four: { id: '550e8400-e29b-41d4-a716-44665544a004', name: 'Billing', members: [pat, max, sam] },
  three: { id: '550e8400-e29b-41d4-a716-44665544a003', name: 'Trio', members: [pat, max] },
} as const satisfies Record<string, ChatShape>;
export type ChatName = keyof typeof CHATS;

export const CHAT_NAMES = Object.keys(CHATS) as readonly ChatName[];
export const chatOf = (name: ChatName): ChatShape => CHATS[name];

/** A person in a chat, by its ID. */
export interface Pair {
  readonly member: MemberName;
  readonly chat: string;
}

/** Further groups with max in them. `groupOf(7)` is called `Group 7`. */
export function groupOf(number: number): ChatShape {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { id, name: `Group ${number}`, members: [max, ann, ben, cleo] };
}

export type People = Readonly<Record<PersonName, Person>>;

/** The conversation in which approvers are asked, where they have one. */
export const APPROVALS_ID = 'C0APPROVALS';

/** The group of all approvers. */
export const GROUP_ID = 'S0LEADS';

/** Puts everyone in their places, the bot among them. */
export function setTheScene({ slack, linq }: Simulator, setting: Setting) {
  const { approvers, groups } = setting;
  const [alice, bob, carol] = PEOPLE.map((name) => slack.person(name)) as [Person, Person, Person];
  // Whoever types a command does it in the first conversation that they are in.
  const here = approvers === 'elsewhere' ? (['alice'] as const) : PEOPLE;
  const support = slack.addChannel({ name: 'support', kind: 'public', members: here, bot: true });
  if (approvers === 'elsewhere')
    slack.addChannel({ name: 'sales', kind: 'public', members: ['bob', 'carol'], bot: true });
  const approvals =
    approvers === 'in a channel'
      ? slack.addChannel({
          id: APPROVALS_ID,
          name: 'approvals',
          kind: 'private',
          members: approversOf(setting),
          bot: true,
        })
      : null;
  slack.usergroups.set(GROUP_ID, new Set(approversOf(setting).map((name) => slack.person(name).id)));
  const chats = [
    ...Object.values(CHATS),
    ...Array.from({ length: groups }, (_, index) => groupOf(index + 1)),
  ];
  for (const { id, name, members } of chats) linq.addChat({ id, name, members });
  return { people: { alice, bob, carol } satisfies People, support, approvals, chats };
}
