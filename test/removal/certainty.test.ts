import fc from 'fast-check';
import type { ChatAnswer, SendAnswer } from '../../src/removal/answer.js';
import { type Change, isFinal, isOpen } from '../../src/removal/change.js';
import { afterEvent, type ParticipantEvent } from '../../src/removal/event.js';
import {
  afterReading,
  afterSending,
  applyStop,
  explainRefusal,
  heldBack,
  recover,
} from '../../src/removal/lifecycle.js';
import { outcomeOf } from '../../src/removal/outcome.js';
import { reasonFor, reasonOf } from '../../src/removal/reasons.js';
import {
  aChange,
  aChat,
  accepts,
  at,
  CHAT_ID,
  fails,
  membersOf,
  PAT,
  shows,
  withoutPat,
} from '../support/build.js';

/*
 * Whole lives of one change, drawn at random: whatever comes in whatever order, nothing is said that is not certain.
 * The truth is kept beside it: which calls left and were not clearly refused, and what readings and events showed.
 */

const READINGS: readonly ChatAnswer[] = [
  shows(aChat()),
  shows(withoutPat()),
  shows(withoutPat(true)),
  shows(aChat({ members: membersOf(3) })),
  shows(aChat({ isGroup: false })),
  fails(),
  fails({ status: 500 }),
];

const ANSWERS: readonly SendAnswer[] = [
  accepts(),
  fails(),
  fails({ status: 500 }),
  fails({ status: 503, retryAfterMs: 20_000 }),
  fails({ status: 504 }),
  fails({ status: 429 }),
  fails({ status: 429, retryAfterMs: 4_000_000 }),
  fails({ status: 404, code: 2001 }),
  fails({ status: 409, code: 2015 }),
  fails({ status: 409, code: 2009 }),
  fails({ status: 401 }),
  fails({ status: 200 }),
  fails({ sent: 'unreachable' }),
  fails({ sent: 'not-built' }),
  fails({ sent: 'held-back', retryAfterMs: 9_000 }),
];

type Act =
  | { readonly kind: 'read' | 'answer'; readonly pick: number }
  | { readonly kind: 'stop' | 'crash' | 'event' | 'hold' | 'explain' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('read' as const), pick: fc.nat(READINGS.length - 1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), pick: fc.nat(ANSWERS.length - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('stop', 'crash', 'event', 'hold', 'explain') }) },
);

const step = fc.record({ act, seconds: fc.nat({ max: 900 }) });
const life = fc.record({
  direction: fc.constantFrom('remove', 'add'),
  steps: fc.array(step, { maxLength: 40 }),
  wasSeen: fc.boolean(),
});

interface World {
  readonly change: Change;
  /** Calls that left and were not clearly refused; the one on the wire counts. */
  readonly openCalls: number;
  /** Calls that may have left at all. */
  readonly everSent: number;
  readonly seenAtStart: boolean;
}

const removedEvent = (change: Change, seconds: number): ParticipantEvent => ({
  kind: change.direction === 'remove' ? 'removed' : 'added',
  deliveryId: 'd',
  eventId: 'e',
  chatId: CHAT_ID,
  handle: PAT,
  isUs: false,
  leftVoluntarily: false,
  at: at(seconds),
  traceId: null,
});

function afterwards(world: World, { kind, ...rest }: Act, seconds: number): World {
  const { change } = world;
  const now = at(seconds);
  const moment = { now, windowMs: 1_800_000, alsoLeaving: [], isPaused: false };
  switch (kind) {
    case 'read': {
      if (change.status === 'sending') return world;
      const seen = READINGS['pick' in rest ? rest.pick : 0] as ChatAnswer;
      const next = afterReading(change, seen, moment);
      const sends = next.status === 'sending' ? 1 : 0;
      const isAtStart = seen.ok && seen.chat.members.some(({ handle, active }) => handle === PAT && active);
      return {
        change: next,
        openCalls: world.openCalls + sends,
        everSent: world.everSent + sends,
        seenAtStart: world.seenAtStart || (seen.ok && isAtStart === (change.direction === 'remove')),
      };
    }
    case 'answer': {
      if (change.status !== 'sending') return world;
      const answer = ANSWERS['pick' in rest ? rest.pick : 0] as SendAnswer;
      const isClear = !answer.ok && reasonOf(reasonFor(answer.failure)).queuesNothing;
      return {
        ...world,
        change: afterSending(change, answer, now),
        openCalls: world.openCalls - (isClear ? 1 : 0),
      };
    }
    case 'stop':
      return { ...world, change: applyStop(change, now) };
    case 'crash':
      return { ...world, change: recover(change, now) };
    case 'hold':
      return isOpen(change) && (change.status === 'approved' || change.status === 'waiting')
        ? { ...world, change: heldBack(change, at(seconds + 60), moment) }
        : world;
    case 'event': {
      const next = afterEvent(change, removedEvent(change, seconds), now);
      return next ? { ...world, change: next, seenAtStart: true } : world;
    }
    case 'explain':
      return { ...world, change: explainRefusal(change, shows(withoutPat()), now) };
  }
}

const WORDS = { person: 'Pat', chat: 'Launch crew', traceId: null };

function check({ change, openCalls, everSent, seenAtStart }: World, before: Change): void {
  const { headline, sentence } = outcomeOf(change, WORDS);
  const says = `${headline}: ${sentence}`;
  if (/Nobody was (?:removed|added)\./.test(says)) expect(openCalls).toBe(0);
  if (change.status === 'gone') expect([openCalls, change.wasSeen]).toEqual([0, true]);
  if (/Already/.test(headline)) expect(seenAtStart).toBe(true);
  if (/Nothing was sent to Linq/.test(says)) expect(everSent).toBe(0);
  if (change.status !== 'done' && openCalls > 0 && change.status !== 'sending')
    expect(change.mayStillAct).toBe(true);
  // Only proof comes after an end, and proof is the last word.
  if (isFinal(before.status)) expect([before.status, 'done', 'gone']).toContain(change.status);
  if (before.status === 'done' || before.status === 'gone') expect(change.status).toBe(before.status);
  expect(change.dueAt === null).toBe(isFinal(change.status) && change.dueAt === null);
  if (!isFinal(change.status)) expect(change.dueAt).not.toBeNull();
  if (before.stopped && before.status !== 'sending') expect(change.status).not.toBe('sending');
}

it('says only what is certain, in 2,000 lives of a change', () => {
  fc.assert(
    fc.property(life, ({ direction, steps, wasSeen }) => {
      let seconds = 0;
      let world: World = {
        change: aChange({ direction, wasSeen }),
        openCalls: 0,
        everSent: 0,
        seenAtStart: wasSeen,
      };
      for (const each of steps) {
        seconds += each.seconds;
        const before = world.change;
        world = afterwards(world, each.act, seconds);
        check(world, before);
      }
    }),
    { numRuns: 2_000, seed: 20_261_126 },
  );
});
