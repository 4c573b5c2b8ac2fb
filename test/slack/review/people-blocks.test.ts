import type { Chat } from '../../../src/removal/chat.js';
import { reviewPeople, reviewPeopleIn } from '../../../src/removal/people-review.js';
import type { Origin } from '../../../src/slack/blocks/origin.js';
import { readApproval } from '../../../src/slack/review/approval-modal.js';
import { mistakesInChoice } from '../../../src/slack/review/people-chosen.js';
import { reviewModal } from '../../../src/slack/review/review-modal.js';
import { aChat, aMember, fails, frozen, OUR_LINE } from '../../support/build.js';
import { expectFit, HOSTILE, seen, submitted } from '../slack-eyes.js';

const origin: Origin = frozen({
  channel: 'C0SUPPORT',
  threadTs: null,
  asksWhere: false,
  responseUrl: null,
  commandHadText: true,
  chatId: null,
  chatName: null,
  handles: [],
  areListed: true,
  retryOf: null,
});
const TWENTY = Array.from({ length: 20 }, (_, index) => `+1202555${1000 + index}`);
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function chatOf(people: readonly string[], index = 1, changes: Partial<Chat> = {}): Chat {
  const others = Array.from({ length: 3 }, (_, other) => aMember(`+1205555${2000 + other}`));
  const members = [aMember(OUR_LINE, { isUs: true }), ...people.map((handle) => aMember(handle)), ...others];
  return aChat({ id: idOf(index), name: `Group ${index}`, members, ...changes });
}

const inTheirChats = (people: readonly string[], chats: readonly Chat[]) =>
  reviewModal(
    {
      kind: 'people',
      chat: null,
      people: reviewPeople(people.map((handle) => ({ handle, seen: { ok: true, chats, hasMore: true } }))),
    },
    origin,
    'full',
  );

describe('A review of several people', () => {
  it.each(HOSTILE)(
    'fits into a window and rings nobody, whatever chats and people are called: %j',
    (name) => {
      const people = [...TWENTY.slice(0, 18), `${name.slice(0, 60)}@x`, `${'é'.repeat(200)}@example.com`];
      const chats = Array.from({ length: 60 }, (_, index) => chatOf(people, index, { name }));
      const direct = Array.from({ length: 60 }, (_, index) =>
        chatOf(people, 100 + index, { name, isGroup: false }),
      );
      expectFit(inTheirChats(people, [...chats, ...direct]));
      const [chat = chatOf(people)] = chats;
      expectFit(
        reviewModal(
          { kind: 'people', chat, people: reviewPeopleIn(people, chat) },
          { ...origin, handles: people },
          'full',
        ),
      );
      const unread = people.map((handle) => ({
        handle,
        seen: fails({ status: 403, code: 2011, message: name }),
      }));
      expectFit(reviewModal({ kind: 'people', chat: null, people: reviewPeople(unread) }, origin, 'full'));
    },
  );

  it('approves the pairs that were chosen, with the names that were read', () => {
    const [ann = '', ben = ''] = TWENTY;
    const view = inTheirChats([ann, ben], [chatOf([ann, ben], 1), chatOf([ann, ben], 2)]);
    const chosen = submitted(view, {
      '+1 202 555 1000': ['Group 1 (…0001)'],
      '+1 202 555 1001': ['Group 1 (…0001)', 'Group 2 (…0002)'],
    });
    expect(mistakesInChoice(chosen)).toBeNull();
    expect(
      readApproval(chosen).wanted.map(({ handle, chatId, chatName }) => [handle, chatId, chatName]),
    ).toEqual([
      [ann, idOf(1), 'Group 1'],
      [ben, idOf(1), 'Group 1'],
      [ben, idOf(2), 'Group 2'],
    ]);
  });

  it('throws where a person was chosen whom it does not name', () => {
    const [ann = '', ben = ''] = TWENTY;
    const view = inTheirChats([ann, ben], [chatOf([ann, ben], 1)]);
    const chosen = submitted(view, { '+1 202 555 1001': ['Group 1 (…0001)'] });
    const metadata = JSON.parse(chosen.private_metadata);
    const forged = { ...chosen, private_metadata: JSON.stringify({ ...metadata, handles: [ann] }) };
    expect(() => readApproval(forged)).toThrow(/does not name/);
  });

  it('shares the room for options between people with many chats and people with few', () => {
    const many = Array.from({ length: 100 }, (_, index) => chatOf(TWENTY.slice(0, 4), index));
    const lists = TWENTY.slice(0, 4).map((handle, index) => ({
      handle,
      seen: { ok: true, chats: index === 0 ? many.slice(0, 6) : many, hasMore: false } as const,
    }));
    const view = reviewModal({ kind: 'people', chat: null, people: reviewPeople(lists) }, origin, 'full');
    expect(seen(view.blocks)).toContain('These are the 98 latest of 100 chats');
    expectFit(view);
  });
});
