import type { ChatsAnswer } from '../../src/removal/answer.js';
import type { Chat } from '../../src/removal/chat.js';
import {
  type PersonReview,
  reviewPeople,
  reviewPeopleIn,
  withoutConflicts,
} from '../../src/removal/people-review.js';
import { lookUp } from '../../src/removal/review.js';
import { aChat, aMember, CHAT_ID, fails, frozen, OUR_LINE, shows } from '../support/build.js';

const [ANN, BEN, CAT] = ['+12025550171', '+12025550172', 'cat@example.com'] as const;

/** Our line, these people and so many others. */
function chatWith(people: readonly string[], others: number, changes: Partial<Chat> = {}): Chat {
  const rest = Array.from({ length: others }, (_, index) => aMember(`+1205555${2000 + index}`));
  const members = [aMember(OUR_LINE, { isUs: true }), ...people.map((handle) => aMember(handle)), ...rest];
  return aChat({ members, ...changes });
}

const lists = (...chats: readonly Chat[]): ChatsAnswer => frozen({ ok: true, chats, hasMore: false });
const jointly = ([person]: readonly PersonReview[]) =>
  person?.choices.map(({ among, most, remaining, warnings }) => ({ among, most, remaining, warnings }));

describe('The minimum of a chat', () => {
  it.each([
    ['leaves room for all of them', 3, 4, { among: 3, most: 5, remaining: 5, warnings: [] }],
    ['is met exactly, which is said', 3, 2, { among: 3, most: 3, remaining: 3, warnings: ['exactly-three'] }],
    ['lets two of three go', 3, 1, { among: 3, most: 2, remaining: 2, warnings: [] }],
    ['lets one of two go', 2, 1, { among: 2, most: 1, remaining: 2, warnings: [] }],
    ['is counted for one person as ever', 1, 3, { among: 1, most: 2, remaining: 4, warnings: [] }],
  ])('%s', (_what, people, others, expected) => {
    const asked = [ANN, BEN, CAT].slice(0, people);
    expect(jointly(reviewPeopleIn(asked, chatWith(asked, others)))).toEqual([expected]);
  });

  it.each([
    ['one', 1, { among: 1, most: 1, remaining: 2, warnings: ['perhaps-too-few', 'own-line-unknown'] }],
    ['two', 2, { among: 2, most: 1, remaining: 1, warnings: ['own-line-unknown'] }],
  ])(
    'may be met by our line, where Linq left it out: %s of three can be asked for',
    (_what, people, expected) => {
      const asked = [ANN, BEN].slice(0, people);
      const { members } = chatWith([ANN, BEN, CAT], 0);
      const chat = aChat({ members: members.filter(({ isUs }) => !isUs) });
      expect(jointly(reviewPeopleIn(asked, chat))).toEqual([expected]);
    },
  );

  it('that not even one of them may break is an obstacle for each', () => {
    const people = reviewPeopleIn([ANN, BEN], chatWith([ANN, BEN], 0));
    expect(people.map(({ choices, obstacles }) => [choices.length, obstacles[0]?.reason])).toEqual([
      [0, 'too-few'],
      [0, 'too-few'],
    ]);
  });

  it('is counted from the list that shows the fewest members', () => {
    const seen = [chatWith([ANN, BEN], 3), chatWith([ANN, BEN], 1)] as const;
    const people = reviewPeople([
      { handle: ANN, seen: lists(seen[0]) },
      { handle: BEN, seen: lists(seen[1]) },
    ]);
    expect(people.map(({ choices: [choice] }) => choice?.most)).toEqual([1, 1]);
  });

  it('that not all can keep makes the chat impossible for whoever decides about all of it', () => {
    const small = chatWith([ANN, BEN], 1);
    const large = chatWith([ANN, BEN], 5, { id: 'a1', name: 'Large' });
    const people = withoutConflicts(
      reviewPeople([ANN, BEN].map((handle) => ({ handle, seen: lists(small, large) }))),
    );
    for (const { choices, obstacles } of people) {
      expect(choices.map(({ chat }) => chat.id)).toEqual(['a1']);
      expect(obstacles).toEqual([{ chat: small, reason: 'too-few' }]);
    }
  });
});

describe('Several people', () => {
  it('are each named as Linq lists them, and once', () => {
    const people = reviewPeopleIn(['CAT@example.com', ANN, 'cat@EXAMPLE.com'], chatWith([ANN, CAT], 5));
    expect(people.map(({ handle }) => handle)).toEqual([CAT, ANN]);
    expect(jointly(people)).toEqual([expect.objectContaining({ among: 2, remaining: 6 })]);
  });

  it('keep what is known of the others where one list cannot be read, or is refused', () => {
    const [ann, ben, cat] = reviewPeople([
      { handle: ANN, seen: fails({ status: 502 }) },
      { handle: BEN, seen: lists(chatWith([BEN], 5)) },
      { handle: CAT, seen: fails({ status: 403, code: 2011 }) },
    ]);
    expect([ann?.unread, ben?.unread, cat?.unread]).toEqual(['other-fault', null, expect.any(String)]);
    expect(ben?.choices).toHaveLength(1);
  });

  it('are asked about one by one, or with one reading of their chat', async () => {
    const asked: string[] = [];
    const linq = {
      readChat: async (id: string) => {
        asked.push(id);
        return shows(chatWith([ANN, BEN], 5));
      },
      chatsOf: async (handle: string) => {
        asked.push(handle);
        return fails();
      },
    };
    await expect(lookUp(linq, { chatId: CHAT_ID, handles: [ANN, BEN] })).resolves.toMatchObject({
      kind: 'people',
      chat: { id: CHAT_ID },
    });
    await expect(lookUp(linq, { chatId: null, handles: [ANN, BEN] })).resolves.toMatchObject({
      kind: 'unchecked',
    });
    expect(asked).toEqual([CHAT_ID, ANN, BEN]);
  });
});
