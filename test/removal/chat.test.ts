import {
  activeMembers,
  findMember,
  leavesTooFew,
  onePerPerson,
  ourLineLeft,
  remainingWithout,
  sameHandle,
} from '../../src/removal/chat.js';
import { aChat, aMember, membersOf, OUR_LINE, PAT } from '../support/build.js';

describe('handles', () => {
  it.each([
    ['pat@example.com', 'Pat@Example.COM', true],
    ['pat@example.com', 'pat@example.org', false],
    [PAT, PAT, true],
    [PAT, '12052499136', false],
    [PAT, '+1 205 249 9136', false],
  ])('takes %s and %s for the same person: %s', (a, b, same) => {
    expect(sameHandle(a, b)).toBe(same);
  });
});

describe('a roster', () => {
  const past = aMember(PAT, { active: false, leftVoluntarily: true });

  it('counts active members only, our line among them', () => {
    const chat = aChat({ members: [...membersOf(4), aMember('+12055550000', { active: false })] });
    expect(activeMembers(chat)).toHaveLength(4);
    expect(remainingWithout(chat, [PAT])).toBe(3);
    expect(remainingWithout(chat, [PAT, PAT, '+12055550000', OUR_LINE])).toBe(2);
  });

  it.each([
    ['three stay', 4, [], false],
    ['two stay', 3, [], true],
    ['our line is not on the roster, and two others stay', 4, [OUR_LINE], false],
    ['our line is not on the roster, and one other stays', 3, [OUR_LINE], true],
  ])('are too few for certain? %s', (_, size, missing, tooFew) => {
    const members = membersOf(size).filter(({ handle }) => !missing.includes(handle));
    expect(leavesTooFew(aChat({ members }), [PAT])).toBe(tooFew);
  });

  it.each([
    ['before', [past, ...membersOf(4)]],
    ['after', [...membersOf(4), past]],
  ])('finds the active entry of a person who was added again, with the old one %s it', (_where, members) => {
    expect(findMember(aChat({ members: onePerPerson(members) }), PAT)).toMatchObject({ active: true });
  });

  it('finds a past member, and nobody it never listed', () => {
    expect(findMember(aChat({ members: [past] }), PAT)).toBe(past);
    expect(findMember(aChat({ members: [past] }), 'pat@example.com')).toBeUndefined();
  });

  it.each([
    ['still active', [aMember(OUR_LINE, { isUs: true })], false],
    ['listed as gone', [aMember(OUR_LINE, { isUs: true, active: false })], true],
    ['not to be told from the others', [aMember(OUR_LINE)], false],
    [
      'gone and added again',
      [aMember(OUR_LINE, { isUs: true, active: false }), aMember(OUR_LINE, { isUs: true })],
      false,
    ],
  ])('with our line %s says that it left: %s', (_how, members, left) => {
    expect(ourLineLeft(aChat({ members: onePerPerson(members) }))).toBe(left);
  });
});
