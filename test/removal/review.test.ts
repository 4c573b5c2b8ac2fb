import type { ChatsAnswer, LinqFailure } from '../../src/removal/answer.js';
import type { Chat } from '../../src/removal/chat.js';
import type { Warning } from '../../src/removal/choice.js';
import type { ReasonName } from '../../src/removal/reasons.js';
import {
  fingerprintOfReview,
  type LookUp,
  lookUp,
  reviewChats,
  reviewMembers,
  reviewPerson,
} from '../../src/removal/review.js';
import { aChat, aMember, CHAT_ID, fails, frozen, membersOf, OUR_LINE, PAT, shows } from '../support/build.js';

const ourLineGone = membersOf(6).map((member) => (member.isUs ? { ...member, active: false } : member));
const lists = (...chats: readonly Chat[]): ChatsAnswer & { ok: true } =>
  frozen({ ok: true, chats, hasMore: false });

const UNREADABLE: readonly (readonly [ReasonName, Partial<LinqFailure>])[] = [
  ['no-answer', {}],
  ['no-answer', { status: 200 }],
  ['network-timeout', { status: 504 }],
  ['other-fault', { status: 500 }],
  ['service-down', { status: 503, code: 4004 }],
  ['rate-limited', { status: 429, code: 1007 }],
  ['still-creating', { status: 409, code: 2009 }],
];

describe('a possible removal', () => {
  it('names the person as Linq lists them and who remains, without a warning for an ordinary group', () => {
    const members = [...membersOf(5), aMember('Pat@Example.com')];
    const found = reviewPerson('pat@example.com', shows(aChat({ members })));
    expect(found).toMatchObject({ kind: 'possible', remaining: 5, warnings: [] });
    expect(found).toMatchObject({ person: { handle: 'Pat@Example.com' } });
  });

  it.each<[Warning, Partial<Chat>]>([
    ['sms', { service: 'SMS' }],
    ['rcs', { service: 'RCS' }],
    ['unknown-service', { service: null }],
    ['exactly-three', { members: membersOf(4) }],
    ['own-line-unknown', { members: membersOf(6).map((member) => ({ ...member, isUs: false })) }],
  ])('is allowed with the warning %s', (warning, changes) => {
    expect(reviewPerson(PAT, shows(aChat(changes)))).toMatchObject({ kind: 'possible', warnings: [warning] });
  });

  it('collects every warning that applies', () => {
    const members = membersOf(4).map((member) => ({ ...member, isUs: false }));
    expect(reviewPerson(PAT, shows(aChat({ service: null, members })))).toMatchObject({
      warnings: ['unknown-service', 'perhaps-too-few', 'own-line-unknown'],
    });
  });
});

describe('an impossible removal', () => {
  it.each<[ReasonName, Partial<Chat>, string]>([
    ['direct-chat', { isGroup: false, members: membersOf(2) }, PAT],
    ['not-a-member', {}, '+12055559999'],
    ['already-left', { members: membersOf(6, { active: false, leftVoluntarily: true }) }, PAT],
    ['too-few', { members: membersOf(3) }, PAT],
    ['our-own-line', {}, OUR_LINE],
    ['our-line-left', { members: ourLineGone }, PAT],
    ['our-line-left', { members: ourLineGone }, OUR_LINE],
  ])('is %s', (reason, changes, handle) => {
    const chat = aChat(changes);
    expect(reviewPerson(handle, shows(chat))).toEqual({ kind: 'impossible', reason, chat });
    expect(reviewChats(handle, lists(chat))).toMatchObject({ choices: [], obstacles: [{ chat, reason }] });
  });

  it.each<[ReasonName, Partial<LinqFailure>]>([
    ['unknown-chat', { status: 404, code: 2001 }],
    ['unauthorized', { status: 401, code: 2004 }],
    ['access-denied', { status: 403, code: 2005 }],
    ['chat-unavailable', { status: 409, code: 2013 }],
    ['bad-value', { status: 400, code: 1005 }],
  ])('is %s when Linq will not show the chat', (reason, failure) => {
    const impossible = { kind: 'impossible', reason, chat: null };
    expect(reviewPerson(PAT, fails(failure))).toEqual(impossible);
    expect(reviewMembers(fails(failure))).toEqual(impossible);
  });
});

it.each(UNREADABLE)('a look-up that fails (%s) decides nothing', (reason, failure) => {
  const unchecked = { kind: 'unchecked', reason };
  expect(reviewPerson(PAT, fails(failure))).toEqual(unchecked);
  expect(reviewChats(PAT, fails(failure))).toEqual(unchecked);
  expect(reviewMembers(fails(failure))).toEqual(unchecked);
});

describe('the chats of one person', () => {
  const first = aChat({ id: 'first' });
  const second = aChat({ id: 'second', service: 'SMS' });
  const direct = aChat({ id: 'direct', isGroup: false, members: membersOf(2) });

  it('are a choice of those that are possible, in their order, and the others with reasons', () => {
    expect(reviewChats(PAT, lists(first, direct, second))).toMatchObject({
      kind: 'chats',
      choices: [
        { chat: first, warnings: [] },
        { chat: second, warnings: ['sms'] },
      ],
      obstacles: [{ chat: direct, reason: 'direct-chat' }],
      hasMore: false,
    });
  });

  it('are one possible removal where there is one chat and no other', () => {
    expect(reviewChats(PAT, lists(first))).toMatchObject({ kind: 'possible', chat: first });
    expect(reviewChats(PAT, { ...lists(first), hasMore: true })).toMatchObject({
      kind: 'chats',
      hasMore: true,
    });
    expect(reviewChats(PAT, lists(first, direct))).toMatchObject({ kind: 'chats' });
  });

  it('may be none', () => {
    expect(reviewChats(PAT, lists())).toEqual({ kind: 'chats', choices: [], obstacles: [], hasMore: false });
  });
});

describe('the members of one chat', () => {
  it('are everyone active but our own line', () => {
    const members = [...membersOf(5), aMember('gone@example.com', { active: false })];
    const found = reviewMembers(shows(aChat({ members })));
    expect(found).toMatchObject({ kind: 'members', members: members.slice(1, 5) });
  });

  it.each<[ReasonName, Partial<Chat>]>([
    ['direct-chat', { isGroup: false, members: membersOf(2) }],
    ['too-few', { members: membersOf(3) }],
    ['too-few', { members: membersOf(2).slice(0, 1) }],
    ['our-line-left', { members: ourLineGone }],
    ['own-line-unknown', { members: membersOf(6).map((member) => ({ ...member, isUs: false })) }],
  ])('are not offered where nobody can be removed: %s', (reason, changes) => {
    const chat = aChat(changes);
    expect(reviewMembers(shows(chat))).toEqual({ kind: 'impossible', reason, chat });
  });
});

describe('a look-up', () => {
  function linq() {
    const asked: string[] = [];
    const client: LookUp = {
      readChat: async (chatId) => {
        asked.push(`chat ${chatId}`);
        return shows(aChat());
      },
      chatsOf: async (handle) => {
        asked.push(`chats of ${handle}`);
        return { ...lists(aChat({ id: 'a' }), aChat({ id: 'b' }), aChat({ id: 'c' })), hasMore: true };
      },
    };
    return { client, asked };
  }

  it.each([
    [CHAT_ID, PAT, 'possible', `chat ${CHAT_ID}`],
    [CHAT_ID, null, 'members', `chat ${CHAT_ID}`],
    [null, PAT, 'chats', `chats of ${PAT}`],
  ])('for chat %s and person %s finds %s with one question', async (chatId, handle, kind, question) => {
    const { client, asked } = linq();
    await expect(lookUp(client, { chatId, handles: handle ? [handle] : [] })).resolves.toMatchObject({
      kind,
    });
    expect(asked).toEqual([question]);
  });

  it('can be narrowed to some of a person’s chats', async () => {
    const { client } = linq();
    const wish = { chatId: null, handles: [PAT] };
    const only = (...ids: readonly string[]) => ({ only: ids.map((chatId) => ({ chatId, handle: PAT })) });
    await expect(lookUp(client, wish, only('a', 'c'))).resolves.toMatchObject({
      choices: [{ chat: { id: 'a' } }, { chat: { id: 'c' } }],
      hasMore: false,
    });
    await expect(lookUp(client, wish, only('b'))).resolves.toMatchObject({ kind: 'possible' });
    await expect(lookUp(client, wish, only())).resolves.toMatchObject({ choices: [] });
  });

  it('hands on the signal that abandons it', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const client: LookUp = {
      readChat: async () => fails(),
      chatsOf: async (_handle, signal) => {
        signals.push(signal);
        return fails();
      },
    };
    const { signal } = new AbortController();
    await lookUp(client, { chatId: null, handles: [PAT] }, { signal });
    expect(signals).toEqual([signal]);
  });

  it('for nothing at all is a mistake of ours', async () => {
    await expect(lookUp(linq().client, { chatId: null, handles: [] })).rejects.toThrow(/chat or a person/);
  });
});

const one = (changes: Partial<Chat> = {}) => fingerprintOfReview(reviewPerson(PAT, shows(aChat(changes))));
const chats = (...all: readonly Partial<Chat>[]) =>
  fingerprintOfReview(reviewChats(PAT, { ok: true, chats: all.map(aChat), hasMore: false }));

describe('Two readings show the same', () => {
  it('in whatever order Linq lists members, chats and those who left', () => {
    expect(one({ members: [...membersOf(6)].reverse() })).toBe(one());
    expect(one({ members: [...membersOf(6), aMember('+12025550100', { active: false })] })).toBe(one());
    const [first, second] = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ];
    expect(chats(first, second)).toBe(chats(second, first));
  });
});

describe('Two readings show something else', () => {
  it.each<[string, Partial<Chat>]>([
    ['with another name', { name: 'Finance' }],
    ['without a name', { name: null }],
    ['with another service', { service: 'SMS' }],
    ['with a member more', { members: membersOf(7) }],
    ['with a member less', { members: membersOf(5) }],
    ['with another person in the place of a member', { members: [...membersOf(5), aMember('+12025550100')] }],
    ['with the person gone', { members: membersOf(6, { active: false }) }],
    ['in another chat', { id: 'another' }],
    ['with our line no longer marked', { members: [aMember(OUR_LINE), ...membersOf(6).slice(1)] }],
  ])('%s', (_what, changes) => {
    expect(one(changes)).not.toBe(one());
    expect(chats(changes, { id: 'b' })).not.toBe(chats({}, { id: 'b' }));
  });

  it('when one of several chats is no longer listed, or has become impossible', () => {
    expect(chats({}, { id: 'b' })).not.toBe(chats({}, { id: 'b' }, { id: 'c' }));
    expect(chats({}, { id: 'b', members: membersOf(3) })).not.toBe(chats({}, { id: 'b' }));
  });

  it('when Linq cannot be asked any more', () => {
    const unchecked = reviewPerson(PAT, { ok: false, failure: fails().failure });
    expect(fingerprintOfReview(unchecked)).not.toBe(one());
    expect(fingerprintOfReview(unchecked)).toBe(fingerprintOfReview(unchecked));
  });
});
