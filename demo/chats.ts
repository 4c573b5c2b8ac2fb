import type { NewChat } from '../simulator/linq/chats.js';

export const LAUNCH_CREW = '550e8400-e29b-41d4-a716-446655440000';
export const DIRECT = '9a8b3c1d-5e2f-4a6b-8c7d-2f1e0d9c8b7a';
export const DANA = '+12052499136';
/** Left the company, and sits in fourteen group chats. */
export const JORDAN = '+14155550134';

const OLD_PROJECT = 'e4eaaaf2-d142-41b3-b341-080027620cdd';
const ELM_STREET = '2d1f7c4e-6b0a-4c5e-9d21-5b7a3f10e8c3';
const GYM = '8f14e45f-ceea-467f-8a1b-9d2c4e6f3a14';

export interface DemoChat extends NewChat {
  readonly id: string;
  /** What is worth knowing about it, for the side panel. */
  readonly note: string | null;
}

const FIRST: DemoChat = {
  id: LAUNCH_CREW,
  name: 'Launch crew',
  members: [DANA, '+12025550101', '+12025550143', '+442079460018', 'pat@example.com'],
  note: null,
};

/** One chat for every other ending worth seeing. Each also counts our own line. */
const ENDINGS: readonly DemoChat[] = [
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

/** Jordan's customers: twelve groups to be taken out of, one that is too small, and one that our line has left. */
const OFFBOARDING: readonly DemoChat[] = [
  customers('a1d3c2f4-7b6e-4f0a-8c59-1e2d3f4a5b61', 'Harbour Row, move-in week', [
    '+12025550111',
    '+12025550112',
  ]),
  customers('b27e19d0-3c4f-4a8b-92e6-7f5d8c9b0a12', 'Acme onboarding', ['+12025550121', 'lee@example.com']),
  customers('c3980b6a-51de-4e7c-b0f3-2a4c6e8d0f23', 'Pine Court, unit 4', ['+12025550131', '+12025550133']),
  customers('d4f7a2c8-0e93-4b15-8d6a-9c1b3e5f7034', 'Rivera wedding, catering', [
    '+12025550141',
    '+12025550142',
  ]),
  customers('e50c9b17-84a2-4d3f-a7e1-6b8d0f2c4e45', 'Fleet, north depot', ['+12025550151', '+12025550152']),
  customers(ELM_STREET, 'Elm Street, keys', []),
  customers('f61b8d29-95b3-4e60-b8f2-7c9e103d5f56', 'Okafor family, home care', [
    '+12025550161',
    '+12025550163',
  ]),
  customers('0a72c93b-a6c4-4f71-89a3-8d0f214e6067', 'Roof repairs, spring', ['+12025550171', '+12025550172']),
  customers('1b83da4c-b7d5-4082-9ab4-9e10325f7178', 'Studio 12, bookings', [
    '+12025550181',
    'kim@example.com',
  ]),
  customers('2c94eb5d-c8e6-4193-abc5-af2143608289', 'VIP: Hamilton & Sons', ['+12025550191', '+12025550192']),
  customers(GYM, 'Lakeside gym, billing', ['+12025550113', '+12025550114']),
  customers('3da5fc6e-d9f7-42a4-bcd6-b0325471939a', 'Delivery windows, Tuesday', [
    '+12025550122',
    '+12025550123',
  ]),
  customers('4eb60d7f-eaf8-43b5-8de7-c14365820aab', 'Novak dental, reminders', [
    '+12025550134',
    '+12025550135',
  ]),
  customers('5fc71e80-fb09-44c6-9ef8-d25476931bbc', 'Parent council, term 2', [
    '+12025550144',
    '+12025550145',
  ]),
];

/** A section of the side panel, about one person or about nobody. */
export interface ChatGroup {
  readonly about: { readonly handle: string; readonly title: string } | null;
  readonly chats: readonly DemoChat[];
}

/** In the order of the side panel. */
export const CHAT_GROUPS: readonly ChatGroup[] = [
  { about: null, chats: [FIRST] },
  { about: { handle: JORDAN, title: 'Jordan left the company' }, chats: OFFBOARDING },
  { about: null, chats: ENDINGS },
];

export const CHATS: readonly DemoChat[] = CHAT_GROUPS.flatMap(({ chats }) => chats);

/** Chats that our line is no longer in. */
export const LEFT_BY_US: readonly string[] = [OLD_PROJECT, GYM];

/** A group of Jordan, a colleague and a customer or two; the colleague is on every one of them. */
function customers(id: string, name: string, others: readonly string[]): DemoChat {
  const notes: Readonly<Record<string, string>> = {
    [ELM_STREET]: 'Too small: fewer than 3 would remain.',
    [GYM]: 'Our line has left it: Linq allows nothing here.',
  };
  return { id, name, members: [JORDAN, '+12025550101', ...others], note: notes[id] ?? null };
}
