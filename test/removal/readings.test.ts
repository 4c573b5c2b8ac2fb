import { createReadings, type Readings } from '../../src/removal/readings.js';
import { aChange, aChat, CHAT_ID, PAT, withoutPat } from '../support/build.js';
import { type Clock, createClock, seconds } from '../support/clock.js';

const TURN = { requestId: 'request-1', urgency: 'send' } as const;
let clock: Clock;
let readings: Readings;
/** What Linq shows now, of the chat and in the list. */
let chat = aChat();

beforeEach(() => {
  clock = createClock();
  chat = aChat();
  const gate = { admits: () => true, closedUntil: () => null, nextAt: () => null, reserve: () => () => {} };
  readings = createReadings(
    {
      gate,
      readChatFor: async () => ({ ok: true, chat }),
      chatsOfFor: async () => ({ ok: true, chats: [chat], hasMore: false }),
    },
    clock.now,
  );
});

const change = () => aChange({ handle: PAT, chatId: CHAT_ID, approvedAt: new Date(0) });
const isShown = (of = change()) => {
  const answer = readings.of(of)?.answer;
  return answer?.ok ? answer.chat : null;
};

it.each([
  ['the chat, then the list', [false, true]],
  ['the list, then the chat', [true, false]],
])('of %s, the last reading is what counts', async (_, [first, second]) => {
  await readings.take(change(), TURN, first === true);
  clock.advance(seconds(3));
  chat = withoutPat(false);
  // Another change of the same person and chat had no use for the first one any more.
  await readings.take({ ...change(), sentAt: clock.now() }, TURN, second === true);
  expect(isShown()).toBe(chat);
});

it('a change that waited for another request’s call is judged by what was read after that', async () => {
  await readings.take(change(), TURN, false);
  clock.advance(seconds(1));
  const waiting = aChange({
    handle: PAT,
    approvedAt: new Date(0),
    status: 'waiting',
    reason: 'asked-already',
    watchedSince: clock.now(),
  });
  expect([isShown(change()), isShown(waiting)]).toEqual([chat, null]);
  clock.advance(seconds(1));
  await readings.take(waiting, TURN, false);
  expect(isShown(waiting)).toBe(chat);
});
