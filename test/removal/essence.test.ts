import type { Chat } from '../../src/removal/chat.js';
import { essenceOf } from '../../src/removal/essence.js';
import { reviewChats, reviewPerson } from '../../src/removal/review.js';
import { aChat, aMember, fails, membersOf, OUR_LINE, PAT, shows } from '../support/build.js';

const one = (changes: Partial<Chat> = {}) => essenceOf(reviewPerson(PAT, shows(aChat(changes))));
const chats = (...all: readonly Partial<Chat>[]) =>
  essenceOf(reviewChats(PAT, { ok: true, chats: all.map(aChat), hasMore: false }));

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
    ['with somebody else in the place of a member', { members: [...membersOf(5), aMember('+12025550100')] }],
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
    expect(essenceOf(unchecked)).not.toBe(one());
    expect(essenceOf(unchecked)).toBe(essenceOf(unchecked));
  });
});
