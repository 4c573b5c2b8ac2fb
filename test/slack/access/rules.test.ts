import type { AccessConfig } from '../../../src/slack/access/access-config.js';
import {
  type Asked,
  type ConversationFacts,
  mayRemove,
  type PersonFacts,
  questionsFor,
  refusedAtOnce,
} from '../../../src/slack/access/rules.js';

const rules = (changes: Partial<AccessConfig> = {}): AccessConfig => ({
  allowed: { users: [], groups: [] },
  channels: [],
  allowGuests: false,
  allowExternalChannels: false,
  ...changes,
});
const users = (...ids: string[]) => ({ allowed: { users: ids, groups: [] } });
const groups = (...ids: string[]) => ({ allowed: { users: [], groups: ids } });

const is = <T>(value: T): Asked<T> => ({ ok: true, value });
const BUSY: Asked<never> = { ok: false, why: { kind: 'busy' } };
const member = is<PersonFacts>({ person: 'U0PAT', isDeactivated: false, isGuest: false, isOutsider: false });
const guest = is<PersonFacts>({ person: 'U0PAT', isDeactivated: false, isGuest: true, isOutsider: false });
const outsider = is<PersonFacts>({ person: 'U0PAT', isDeactivated: false, isGuest: false, isOutsider: true });
const internal = is<ConversationFacts>({ isExternal: false, takesPosts: true });
const external = is<ConversationFacts>({ isExternal: true, takesPosts: true });

describe('What Slack is asked beside who the person is', () => {
  it.each<[string, Partial<AccessConfig>, ReturnType<typeof questionsFor>]>([
    ['by default: shared?', {}, { conversation: true, group: false }],
    [
      'with shared conversations allowed: nothing',
      { allowExternalChannels: true },
      { conversation: false, group: false },
    ],
    ['with groups: a member of one?', groups('S1'), { conversation: true, group: true }],
    [
      'with groups, about somebody who is named anyway',
      { allowed: { users: ['U1'], groups: ['S1'] } },
      { conversation: true, group: false },
    ],
  ])('%s', (_what, changes, questions) => {
    expect(questionsFor('U1', 'C1', rules(changes))).toEqual(questions);
  });
});

describe('Without asking anybody', () => {
  it.each<[string, Partial<AccessConfig>, string | null]>([
    ['empty lists refuse nobody', {}, null],
    ['somebody who is named goes on', users('U0', 'U1'), null],
    ['somebody who is not named is refused', users('U0'), 'person'],
    [
      'somebody who may be in a group is not refused yet',
      { allowed: { users: ['U0'], groups: ['S1'] } },
      null,
    ],
    ['a conversation that is named goes on', { channels: ['C1'] }, null],
    ['a conversation that is not named is refused', { channels: ['C0'] }, 'conversation'],
    [
      'a named person in another conversation is refused',
      { ...users('U1'), channels: ['C0'] },
      'conversation',
    ],
  ])('%s', (_what, changes, rule) => {
    expect(refusedAtOnce('U1', 'C1', rules(changes))?.rule ?? null).toBe(rule);
  });
});

interface Facts {
  readonly person?: Asked<PersonFacts>;
  readonly group?: Asked<boolean> | null;
  readonly conversation?: Asked<ConversationFacts> | null;
}

describe('Somebody', () => {
  const ask = (
    changes: Partial<AccessConfig>,
    { person = member, group = null, conversation = internal }: Facts,
  ) =>
    mayRemove(
      { id: 'U1', facts: person, isInGroup: group },
      { id: 'C1', facts: conversation },
      rules(changes),
    );

  it.each<[string, Partial<AccessConfig>, Facts]>([
    ['a member, by default', {}, {}],
    ['a guest where guests are allowed', { allowGuests: true }, { person: guest }],
    [
      'a shared conversation where those are allowed',
      { allowExternalChannels: true },
      { conversation: external },
    ],
    ['a member of a group', groups('S1'), { group: is(true) }],
    [
      'a named person whose group cannot be read',
      { allowed: { users: ['U1'], groups: ['S1'] } },
      { group: BUSY },
    ],
  ])('may: %s', (_what, changes, facts) => {
    expect(ask(changes, facts)).toBeNull();
  });

  it.each<[string, Partial<AccessConfig>, Facts, object]>([
    ['a guest', {}, { person: guest }, { rule: 'guest' }],
    ['a guest who is named', users('U1'), { person: guest }, { rule: 'guest' }],
    ['an outsider', {}, { person: outsider }, { rule: 'outsider' }],
    [
      'an outsider where guests and shared conversations are allowed',
      { allowGuests: true, allowExternalChannels: true },
      { person: outsider },
      { rule: 'outsider' },
    ],
    [
      'an outsider where guests are allowed, in a conversation that is not external',
      { allowGuests: true },
      { person: outsider },
      { rule: 'outsider' },
    ],
    ['a shared conversation', {}, { conversation: external }, { rule: 'external-conversation' }],
    [
      'a shared conversation that is named',
      { channels: ['C1'] },
      { conversation: external },
      { rule: 'external-conversation' },
    ],
    ['nobody of the group', groups('S1'), { group: is(false) }, { rule: 'person' }],
    ['a person Slack says nothing about', {}, { person: BUSY }, { rule: 'cannot-tell', about: 'person' }],
    [
      'a conversation Slack says nothing about',
      {},
      { conversation: BUSY },
      { rule: 'cannot-tell', about: 'conversation' },
    ],
    ['a group that cannot be read', groups('S1'), { group: BUSY }, { rule: 'cannot-tell', about: 'group' }],
    [
      'a conversation nobody asked about',
      {},
      { conversation: null },
      { rule: 'cannot-tell', about: 'conversation' },
    ],
    ['a group nobody asked about', groups('S1'), { group: null }, { rule: 'cannot-tell', about: 'group' }],
  ])('may not: %s', (_what, changes, facts, refusal) => {
    expect(ask(changes, facts)).toMatchObject(refusal);
  });
});
