import type { ChatAnswer, LinqFailure } from '../../src/removal/answer.js';
import type { Change, Open, Status } from '../../src/removal/change.js';
import { type Chat, FEWEST_REMAINING } from '../../src/removal/chat.js';
import { whyImpossible } from '../../src/removal/impossible.js';
import {
  afterReading,
  afterSending,
  applyStop,
  explainRefusal,
  heldBack,
  isStoppable,
  isWorthExplaining,
  mayBeProvenLate,
  mayStillSend,
  recover,
} from '../../src/removal/lifecycle.js';
import type { ReasonName } from '../../src/removal/reasons.js';
import { LEASE_MS, LONGEST_CALL_MS } from '../../src/removal/schedule.js';
import {
  aChange,
  aChat,
  accepts,
  aMember,
  at,
  fails,
  membersOf,
  NOW,
  OUR_LINE,
  PAT,
  shows,
  withoutPat,
} from '../support/build.js';

const WINDOW_MS = 30 * 60_000;
const listed = shows(aChat());
const unread = fails();
const gone = shows(withoutPat());

const moment = (seconds: number, alsoLeaving: readonly string[] = []) => ({
  now: at(seconds),
  windowMs: WINDOW_MS,
  alsoLeaving,
  isPaused: false,
});
const whilePaused = (seconds: number) => ({ ...moment(seconds), isPaused: true });
const read = (change: Change, seen: ChatAnswer, seconds: number, alsoLeaving: readonly string[] = []) =>
  afterReading(change, seen, moment(seconds, alsoLeaving));

/** One call has left, and nothing clear has come back. */
const open = {
  attempts: 1,
  sentAt: NOW,
  mayStillAct: true,
  wasSeen: true,
  deadlineAt: at(1_800),
  watchedSince: NOW,
} as const;
const sending = (changes: Partial<Change> = {}) =>
  aChange({ status: 'sending', attempts: 1, sentAt: NOW, dueAt: at(45), deadlineAt: at(1_800), ...changes });
const unsure = (changes: Partial<Change> = {}) =>
  aChange({ status: 'unsure', reason: 'no-answer', ...open, ...changes });
const queued = (changes: Partial<Change> = {}) => aChange({ status: 'queued', ...open, ...changes });
const waiting = (changes: Partial<Change> = {}) =>
  aChange({
    status: 'waiting',
    attempts: 1,
    sentAt: NOW,
    reason: 'rate-limited',
    deadlineAt: at(1_800),
    ...changes,
  });

describe('a reading before anything was sent', () => {
  it('lets the call leave, with a lease, a deadline and what Linq lists', () => {
    const chat = aChat({ name: 'Launch', members: [...membersOf(5), aMember('Pat@Example.com')] });
    const change = aChange({ handle: 'pat@example.com', chatName: null });
    expect(read(change, shows(chat), 5)).toEqual({
      ...change,
      status: 'sending',
      handle: 'Pat@Example.com',
      chatName: 'Launch',
      attempts: 1,
      wasSeen: true,
      sentAt: at(5),
      dueAt: at(5 + LEASE_MS / 1_000),
      deadlineAt: at(1_805),
    });
  });

  it('keeps the first deadline, and forgets what was said about the call before', () => {
    const again = read(waiting({ linqSays: 'Slow down', notBefore: at(5) }), listed, 5);
    expect(again).toMatchObject({
      status: 'sending',
      attempts: 2,
      deadlineAt: at(1_800),
      reason: null,
      linqSays: null,
      notBefore: null,
    });
  });

  it('that failed stops nothing: look-ups advise, Linq decides', () => {
    expect(read(aChange(), unread, 1)).toMatchObject({
      status: 'sending',
      wasSeen: false,
      troubleSince: at(1),
    });
    expect(read(aChange(), fails({ status: 404, code: 2001 }), 1).status).toBe('sending');
  });

  it('that failed holds back what an earlier call may have done', () => {
    const change = waiting({ mayStillAct: true, reason: 'server-error' });
    expect(read(change, unread, 5)).toMatchObject({
      status: 'waiting',
      mayStillAct: true,
      reason: 'server-error',
      dueAt: at(7),
      notBefore: at(7),
    });
    expect(read(aChange({ ...change, reason: null }), unread, 5)).toMatchObject({
      reason: 'no-answer',
      dueAt: at(7),
    });
  });

  it('without the person is "already gone" only where they were seen before', () => {
    const seen = waiting({ wasSeen: true, notBefore: at(1), linqSays: 'Slow down' });
    expect(read(seen, gone, 1)).toEqual({
      ...seen,
      status: 'gone',
      reason: null,
      linqSays: null,
      notBefore: null,
      settledAt: at(1),
      dueAt: null,
      provenBy: 'roster',
    });
    expect(read(seen, shows(withoutPat(true)), 1)).toMatchObject({ status: 'gone', leftVoluntarily: true });
    expect(read(waiting(), gone, 1)).toMatchObject({ status: 'refused', reason: 'not-a-member' });
  });

  it('without the person proves the removal where an earlier call may have done it', () => {
    const change = waiting({ mayStillAct: true, wasSeen: true });
    expect(read(change, gone, 1)).toMatchObject({ status: 'done', mayStillAct: false, settledAt: at(1) });
    expect(read(change, shows(withoutPat(true)), 1)).toMatchObject({ status: 'done', leftVoluntarily: true });
  });

  it.each<[ReasonName, Partial<Chat>, string]>([
    ['too-few', { members: membersOf(3) }, PAT],
    ['direct-chat', { isGroup: false, members: membersOf(2) }, PAT],
    ['our-line-left', { members: membersOf(6).map((each) => ({ ...each, active: !each.isUs })) }, PAT],
    ['our-own-line', {}, OUR_LINE],
  ])('refuses what is impossible (%s), and watches where a call may still act', (reason, chat, handle) => {
    const seen = shows(aChat(chat));
    expect(read(aChange({ handle }), seen, 1)).toMatchObject({ status: 'refused', reason, settledAt: at(1) });
    expect(read(waiting({ handle, mayStillAct: true }), seen, 1)).toMatchObject({
      status: 'unsure',
      reason,
      dueAt: at(3),
    });
  });

  it('goes on when exactly three would remain, and not when others are on their way out too', () => {
    const four = aChat({ members: membersOf(4) });
    const [, , other] = four.members;
    expect(read(aChange(), shows(four), 1).status).toBe('sending');
    expect(read(aChange(), shows(four), 1, ['+12055559999']).status).toBe('sending');
    expect(read(aChange(), shows(four), 1, [other?.handle ?? ''])).toMatchObject({
      status: 'refused',
      reason: 'too-few',
    });
  });

  it('waits where another request has asked for the very same, up to the deadline', () => {
    const asked = read(aChange({ wasSeen: true }), listed, 5, [PAT]);
    expect(asked).toMatchObject({
      status: 'waiting',
      reason: 'asked-already',
      dueAt: at(7),
      deadlineAt: at(1_805),
      attempts: 0,
    });
    expect(read(asked, listed, 9, [PAT])).toMatchObject({ status: 'waiting', dueAt: at(13) });
    expect(read(asked, listed, 9)).toMatchObject({ status: 'sending', attempts: 1 });
    expect(read(asked, gone, 9, [PAT])).toMatchObject({ status: 'gone' });
    const unproven = { status: 'unconfirmed', reason: 'asked-by-another' };
    expect(read(asked, listed, 1_805, [PAT])).toMatchObject(unproven);
    expect(read(asked, unread, 1_805, [PAT])).toMatchObject({ ...unproven, reason: 'unchecked' });
    // The other one has just ended without proof.
    expect(read(asked, listed, 1_805)).toMatchObject(unproven);
    expect(read(aChange({ direction: 'add', wasSeen: true }), gone, 5, [PAT]).status).toBe('sending');
  });

  it('of a change that was stopped ends it', () => {
    expect(read(waiting({ stopped: true }), listed, 1)).toMatchObject({
      status: 'refused',
      reason: 'stopped',
    });
    expect(read(waiting({ stopped: true, mayStillAct: true }), listed, 1).status).toBe('unsure');
  });
});

describe('adding back', () => {
  const add = { direction: 'add', wasSeen: true } as const;

  it('sends to a chat that does not list the person', () => {
    expect(read(aChange(add), gone, 1)).toMatchObject({ status: 'sending', attempts: 1 });
  });

  it('has then seen that they were out, so that it can be said later that they came back', () => {
    expect(read(aChange({ ...add, wasSeen: false }), gone, 1).wasSeen).toBe(true);
    expect(read(queued({ ...add, wasSeen: false }), listed, 1).wasSeen).toBe(false);
  });

  it('has nothing to send where the person is back already', () => {
    expect(read(aChange(add), listed, 1)).toMatchObject({ status: 'gone', settledAt: at(1) });
  });

  it('needs three people in the chat, not one fewer', () => {
    const small = (size: number) =>
      shows(aChat({ members: membersOf(size).filter(({ handle }) => handle !== PAT) }));
    expect(read(aChange(add), small(FEWEST_REMAINING), 1)).toMatchObject({
      status: 'refused',
      reason: 'too-few',
    });
    expect(read(aChange(add), small(FEWEST_REMAINING + 1), 1).status).toBe('sending');
  });

  it('does not count who is on their way out', () => {
    expect(
      read(
        aChange(add),
        gone,
        1,
        membersOf(6).map(({ handle }) => handle),
      ).status,
    ).toBe('sending');
  });

  it('is done when the member list shows the person', () => {
    expect(read(queued(add), listed, 4)).toMatchObject({ status: 'done', mayStillAct: false });
    expect(read(queued(add), gone, 4)).toMatchObject({ status: 'queued', dueAt: at(8) });
  });
});

describe("Linq's answer", () => {
  const answered = (failure: Partial<LinqFailure>, change = sending()) =>
    afterSending(change, fails(failure), at(1));

  it('202 is queued: it may act from now on, and proof is looked for two seconds later', () => {
    expect(afterSending(sending({ reason: 'server-error', linqSays: 'x' }), accepts('9f1c'), at(1))).toEqual(
      sending({
        status: 'queued',
        mayStillAct: true,
        traceId: '9f1c',
        watchedSince: at(1),
        dueAt: at(3),
        reason: null,
        linqSays: null,
      }),
    );
  });

  it('202 near the deadline leaves a minute for proof', () => {
    const late = sending({ deadlineAt: at(30) });
    expect(afterSending(late, accepts(), at(1)).deadlineAt).toEqual(at(61));
  });

  it('a refusal is final with its reason, words and trace, where nothing else can act', () => {
    const failure = { status: 409, code: 2015, message: 'Operation conflicts', traceId: 'ab12' };
    expect(answered(failure)).toMatchObject({
      status: 'refused',
      mayStillAct: false,
      reason: 'conflict',
      linqSays: 'Operation conflicts',
      traceId: 'ab12',
      settledAt: at(1),
      dueAt: at(3_601),
    });
  });

  it.each([400, 401, 403, 404, 409, 418])('%i is no end while an earlier call may still act', (status) => {
    expect(answered({ status }, sending({ mayStillAct: true, attempts: 2 }))).toMatchObject({
      status: 'unsure',
      mayStillAct: true,
      watchedSince: at(1),
      dueAt: at(3),
    });
  });

  it.each<[string, Partial<LinqFailure>, ReasonName]>([
    ['nothing', {}, 'no-answer'],
    ['a timeout of its own', { status: 504 }, 'network-timeout'],
    ['408', { status: 408 }, 'no-answer'],
    ['a 2xx that cannot be read', { status: 202 }, 'no-answer'],
  ])('%s may act, and is watched', (_, failure, reason) => {
    expect(answered(failure)).toMatchObject({
      status: 'unsure',
      mayStillAct: true,
      reason,
      watchedSince: at(1),
    });
  });

  it.each<[Partial<LinqFailure>, ReasonName, boolean, number]>([
    [{ status: 429 }, 'rate-limited', false, 2],
    [{ status: 429, retryAfterMs: 7_000 }, 'rate-limited', false, 7],
    [{ status: 429, retryAfterMs: 0 }, 'rate-limited', false, 1],
    [{ status: 409, code: 2009 }, 'still-creating', false, 3],
    [{ sent: 'unreachable' }, 'unreachable', false, 2],
    [{ sent: 'held-back', retryAfterMs: 9_000 }, 'rate-limited', false, 9],
    [{ status: 500 }, 'other-fault', true, 2],
    [{ status: 503 }, 'service-down', true, 30],
    [{ status: 500, code: 3006 }, 'internal-error', true, 2],
  ])('%j is put off (%s), and may act: %s', (failure, reason, mayStillAct, seconds) => {
    const put = answered(failure);
    expect(put).toMatchObject({
      status: 'waiting',
      reason,
      mayStillAct,
      notBefore: at(1 + seconds),
      dueAt: at(1 + seconds),
    });
    expect(put.troubleSince).toEqual(at(1));
  });

  it('put off again and again waits longer each time, up to half a minute', () => {
    const waits = [1, 2, 3, 4, 5, 6, 40].map((attempts) => {
      const { notBefore } = answered({ status: 500 }, sending({ attempts }));
      return (Number(notBefore) - Number(at(1))) / 1_000;
    });
    expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30]);
  });

  it('put off beyond the deadline says when to try again, or watches', () => {
    const failure = { status: 429, retryAfterMs: 1_800_000 };
    expect(answered(failure)).toMatchObject({
      status: 'refused',
      reason: 'asked-to-wait',
      notBefore: at(1_801),
    });
    expect(answered({ ...failure, status: 503 })).toMatchObject({ status: 'unsure', mayStillAct: true });
    expect(answered({ ...failure, retryAfterMs: 1_798_000 })).toMatchObject({ status: 'waiting' });
  });

  it('put off keeps since when there is trouble, and is due at the deadline at the latest', () => {
    expect(answered({ status: 429 }, sending({ troubleSince: NOW })).troubleSince).toEqual(NOW);
    expect(answered({ status: 429 }, sending({ deadlineAt: at(2) }))).toMatchObject({
      status: 'waiting',
      dueAt: at(2),
    });
    expect(answered({ status: 429, retryAfterMs: 7_200_000 }, sending({ deadlineAt: null }))).toMatchObject({
      status: 'waiting',
      dueAt: at(7_201),
    });
    const minute = (ms: number) =>
      answered({ status: 429, retryAfterMs: ms }, sending({ deadlineAt: at(20) })).status;
    expect([minute(60_000), minute(60_001)]).toEqual(['waiting', 'refused']);
  });

  it('not sent at all keeps what was known of earlier calls', () => {
    expect(answered({ sent: 'unreachable' }, sending({ mayStillAct: true })).mayStillAct).toBe(true);
    expect(answered({ sent: 'not-built' })).toMatchObject({ status: 'refused', reason: 'not-built' });
  });

  it('that comes after proof or after another end changes nothing', () => {
    const done = aChange({ status: 'done' });
    expect(afterSending(done, accepts(), at(1))).toBe(done);
    expect(answered({ status: 404 }, done)).toBe(done);
  });

  it('that comes after Stop is honoured: put off, it is not sent again', () => {
    expect(answered({ status: 429 }, sending({ stopped: true }))).toMatchObject({
      status: 'refused',
      reason: 'stopped',
    });
    expect(answered({ status: 500 }, sending({ stopped: true }))).toMatchObject({
      status: 'unsure',
      stopped: true,
    });
    expect(afterSending(sending({ stopped: true }), accepts(), at(1)).status).toBe('queued');
  });

  it('that comes after another process took the change for abandoned counts as uncertain', () => {
    expect(answered({ status: 404 }, unsure({ reason: 'interrupted' }))).toMatchObject({
      status: 'unsure',
      reason: 'not-found',
    });
  });
});

describe('watching', () => {
  it.each([
    [0, 2],
    [2, 4],
    [14.5, 15],
  ])('after %d s looks again at %d s', (seconds, next) => {
    expect(read(queued(), listed, seconds)).toMatchObject({ status: 'queued', dueAt: at(next) });
    expect(read(queued(), unread, seconds).dueAt).toEqual(at(next));
  });

  it('looks at the deadline, not after it', () => {
    expect(read(queued({ deadlineAt: at(61) }), listed, 60).dueAt).toEqual(at(61));
  });

  it('is done when the person is out', () => {
    expect(read(queued(), gone, 4)).toMatchObject({
      status: 'done',
      mayStillAct: false,
      dueAt: null,
      settledAt: at(4),
    });
    expect(read(unsure(), gone, 4).status).toBe('done');
    expect(read(queued(), gone, 4)).toMatchObject({ leftVoluntarily: false, provenBy: 'roster' });
    expect(read(queued(), shows(withoutPat(true)), 4)).toMatchObject({ leftVoluntarily: true });
    expect(read(queued(), shows(withoutPat(false)), 4)).toMatchObject({ leftVoluntarily: false });
  });

  it('sends again what was never clearly accepted, half a minute after the call, on a reading alone', () => {
    expect(read(unsure(), listed, 29.9).status).toBe('unsure');
    expect(read(unsure(), listed, 30)).toMatchObject({
      status: 'sending',
      attempts: 2,
      mayStillAct: true,
      sentAt: at(30),
    });
    expect(read(unsure({ attempts: 2 }), listed, 59.9).status).toBe('unsure');
    expect(read(unsure({ attempts: 2 }), listed, 60).status).toBe('sending');
    expect(read(unsure({ attempts: 99 }), listed, 299.9).status).toBe('unsure');
    expect(read(unsure({ attempts: 99 }), listed, 300).status).toBe('sending');
    expect(read(unsure(), unread, 30).status).toBe('unsure');
    expect(read(queued(), listed, 30).status).toBe('queued');
    expect(read(unsure({ stopped: true }), listed, 30).status).toBe('unsure');
    expect(read(unsure(), shows(aChat({ members: membersOf(3) })), 30).status).toBe('unsure');
    expect(read(unsure({ sentAt: null }), listed, 30).status).toBe('unsure');
  });

  it('notes since when Linq cannot be read, and forgets it with the next reading', () => {
    const blind = read(queued(), unread, 4);
    expect(blind.troubleSince).toEqual(at(4));
    expect(read(blind, unread, 8).troubleSince).toEqual(at(4));
    expect(read(blind, listed, 8).troubleSince).toBeNull();
  });

  it.each([200, 401, 403, 404])('forgets it with an answer of no use (%d): Linq was reached', (status) => {
    const useless = fails({ status });
    expect(read(queued({ troubleSince: at(1) }), useless, 8).troubleSince).toBeNull();
    expect(afterSending(sending({ troubleSince: at(1) }), useless, at(8)).troubleSince).toBeNull();
  });

  it.each([null, 429, 500, 503])('keeps it while Linq gives none, or none now (%p)', (status) => {
    const silent = fails({ status });
    expect(read(queued({ troubleSince: at(1) }), silent, 8).troubleSince).toEqual(at(1));
    expect(afterSending(sending({ troubleSince: at(1) }), silent, at(8)).troubleSince).toEqual(at(1));
  });
});

describe('the deadline', () => {
  it.each<[string, Change, ChatAnswer, Partial<Change>]>([
    ['accepted and still listed', queued(), listed, { status: 'unconfirmed', reason: 'still-listed' }],
    ['never accepted and still listed', unsure(), listed, { status: 'unconfirmed', reason: 'not-accepted' }],
    ['accepted and not readable', queued(), unread, { status: 'unconfirmed', reason: 'unchecked' }],
    ['put off with an earlier call open', waiting({ mayStillAct: true }), listed, { status: 'unconfirmed' }],
    ['put off', waiting(), listed, { status: 'refused', reason: 'kept-busy' }],
    ['put off and not readable', waiting(), unread, { status: 'refused', reason: 'kept-busy' }],
    [
      'never reached',
      waiting({ reason: 'unreachable' }),
      unread,
      { status: 'refused', reason: 'never-reached' },
    ],
  ])('ends what is %s', (_, change, seen, end) => {
    expect(read(change, seen, 1_799.9).settledAt).toBeNull();
    expect(read(change, seen, 1_800)).toMatchObject({
      ...end,
      settledAt: at(1_800),
      dueAt: at(1_800 + 3_600),
    });
  });

  it('never ends what is proven in the same reading', () => {
    expect(read(queued(), gone, 1_800).status).toBe('done');
  });

  it('does not exist before anything could be sent', () => {
    expect(read(aChange({ deadlineAt: null }), listed, 99_999).status).toBe('sending');
  });
});

describe('while sending is paused', () => {
  const late = 1_800;

  it.each<[string, Change, Date]>([
    ['put off', waiting({ mayStillAct: true, watchedSince: at(late - 3) }), at(late + 1)],
    ['put off, and never watched', waiting({ mayStillAct: true, sentAt: at(late - 5) }), at(late + 3)],
    ['put off, and of unknown past', aChange({ status: 'waiting', approvedAt: at(late - 9) }), at(late + 6)],
    ['unsure', unsure({ watchedSince: at(late) }), at(late + 2)],
  ])('what is %s is neither sent nor given up, and goes on being looked at', (_what, change, dueAt) => {
    for (const seen of [listed, unread]) {
      const kept = afterReading(change, seen, whilePaused(late));
      expect(kept).toMatchObject({
        status: change.status,
        attempts: change.attempts,
        settledAt: null,
        dueAt,
      });
    }
  });

  it('proof counts', () => {
    expect(afterReading(unsure(), gone, whilePaused(late))).toMatchObject({ status: 'done' });
  });

  it('what Linq accepted, or was stopped, has its deadline all the same', () => {
    for (const change of [queued(), unsure({ stopped: true })])
      expect(afterReading(change, listed, whilePaused(late))).toMatchObject({ status: 'unconfirmed' });
  });
});

describe('after the end', () => {
  const unconfirmed = (changes: Partial<Change> = {}) =>
    aChange({ ...open, status: 'unconfirmed', reason: 'still-listed', settledAt: NOW, ...changes });
  const refused = (attempts: number) =>
    aChange({ status: 'refused', reason: 'conflict', attempts, wasSeen: true, settledAt: NOW });

  it('late proof corrects it, and says where it was not our doing', () => {
    expect(read(unconfirmed(), gone, 3_600)).toMatchObject({
      status: 'done',
      reason: null,
      settledAt: at(3_600),
    });
    expect(read(refused(1), gone, 3_600)).toMatchObject({
      status: 'done',
      reason: 'conflict',
      leftVoluntarily: false,
    });
    expect(read(refused(1), shows(withoutPat(true)), 3_600)).toMatchObject({
      status: 'done',
      leftVoluntarily: true,
    });
  });

  it('is looked at 1, 4 and 24 hours later, and then no more', () => {
    const hours = [0.5, 1, 4, 23, 24].map((hour) => read(unconfirmed(), listed, hour * 3_600).dueAt);
    expect(hours).toEqual([at(3_600), at(14_400), at(86_400), at(86_400), null]);
  });

  it.each<[Change, boolean]>([
    [unconfirmed(), true],
    [refused(1), true],
    [refused(0), false],
    [aChange({ status: 'done' }), false],
    [aChange({ status: 'gone' }), false],
    [queued(), false],
  ])('proof may come late for %j', (change, late) => {
    expect(mayBeProvenLate(change)).toBe(late);
  });

  it.each([aChange({ status: 'done', dueAt: NOW }), { ...refused(0), dueAt: NOW }])(
    'what cannot be corrected is left alone',
    (change) => {
      expect(read(change, gone, 3_600)).toEqual({ ...change, dueAt: null });
    },
  );
});

describe('a process that died', () => {
  it('with a call on the wire leaves it uncertain', () => {
    expect(recover(sending(), at(50))).toEqual(
      sending({
        status: 'unsure',
        mayStillAct: true,
        reason: 'interrupted',
        watchedSince: at(50),
        dueAt: at(52),
      }),
    );
  });

  it.each<Status>(['approved', 'waiting', 'unsure', 'queued', 'done'])('leaves %s as it was', (status) => {
    const change = aChange({ status });
    expect(recover(change, at(50))).toBe(change);
  });

  it('is not taken for dead while there is time for its call', () => {
    const left = LONGEST_CALL_MS / 1_000;
    expect(mayStillSend(sending({ dueAt: at(left) }), NOW)).toBe(true);
    expect(mayStillSend(sending({ dueAt: at(left - 0.001) }), NOW)).toBe(false);
    expect(mayStillSend(sending({ dueAt: null }), NOW)).toBe(false);
    expect(mayStillSend(queued({ dueAt: at(99) }), NOW)).toBe(false);
  });
});

describe('held back at the gate', () => {
  it('is put off until the gate opens, with its own deadline', () => {
    expect(heldBack(aChange() as Open, at(20), moment(1))).toMatchObject({
      status: 'waiting',
      reason: 'rate-limited',
      notBefore: at(20),
      dueAt: at(20),
      deadlineAt: at(1_801),
      attempts: 0,
    });
    expect(heldBack(waiting() as Open, at(20), moment(1))).toMatchObject({ deadlineAt: at(1_800) });
  });

  it('for longer than its time says when to try again', () => {
    expect(heldBack(aChange() as Open, at(1_801), moment(1))).toMatchObject({
      status: 'refused',
      reason: 'asked-to-wait',
      notBefore: at(1_801),
      dueAt: null,
    });
  });
});

describe('Stop', () => {
  it.each<[string, Change, Partial<Change>]>([
    ['approved', aChange(), { status: 'refused', reason: 'stopped', settledAt: at(9) }],
    ['put off', waiting(), { status: 'refused', reason: 'stopped' }],
    [
      'put off with a call open',
      waiting({ mayStillAct: true }),
      { status: 'unsure', stopped: true, dueAt: at(11) },
    ],
    ['on the wire', sending(), { status: 'sending', stopped: true }],
    ['unsure', unsure(), { status: 'unsure', stopped: true, dueAt: NOW }],
    ['queued', queued(), { status: 'queued', stopped: true }],
  ])('of what is %s', (_, change, after) => {
    expect(applyStop(change, at(9))).toMatchObject(after);
  });

  it.each<Status>(['done', 'gone', 'refused', 'unconfirmed'])('changes nothing about %s', (status) => {
    const change = aChange({ status, reason: 'conflict' });
    expect(applyStop(change, at(9))).toBe(change);
  });

  it.each<[Change, boolean]>([
    [aChange(), true],
    [waiting(), true],
    [unsure(), true],
    [waiting({ stopped: true }), false],
    [sending(), true],
    [queued(), false],
    [aChange({ status: 'done' }), false],
  ])('keeps something from being sent: %#', (change, stoppable) => {
    expect(isStoppable(change)).toBe(stoppable);
  });
});

describe('a refusal that the roster explains', () => {
  const refused = (changes: Partial<Change> = {}) =>
    aChange({
      status: 'refused',
      reason: 'conflict',
      attempts: 1,
      wasSeen: true,
      settledAt: NOW,
      ...changes,
    });

  it.each([
    [400, true],
    [404, true],
    [409, true],
    [401, false],
    [429, false],
    [500, false],
    [null, false],
  ])('is looked for after %s: %s', (status, worth) => {
    expect(isWorthExplaining(fails({ status }))).toBe(worth);
    expect(isWorthExplaining(accepts())).toBe(false);
  });

  it('says that the person is gone, or was never there', () => {
    expect(explainRefusal(refused(), gone, at(2))).toMatchObject({
      status: 'gone',
      reason: 'conflict',
      settledAt: at(2),
    });
    expect(explainRefusal(refused({ wasSeen: false }), gone, at(2))).toMatchObject({
      status: 'refused',
      reason: 'not-a-member',
    });
  });

  it('says what makes it impossible', () => {
    expect(explainRefusal(refused(), shows(aChat({ isGroup: false })), at(2))).toMatchObject({
      reason: 'direct-chat',
    });
  });

  it('says that the chat may be too small where Linq was vague about a tight one', () => {
    const tight = shows(aChat({ members: membersOf(4) }));
    expect(explainRefusal(refused(), tight, at(2)).reason).toBe('maybe-too-few');
    expect(explainRefusal(refused({ reason: 'bad-value' }), tight, at(2)).reason).toBe('maybe-too-few');
    expect(explainRefusal(refused({ reason: 'unauthorized' }), tight, at(2)).reason).toBe('unauthorized');
    expect(explainRefusal(refused(), listed, at(2)).reason).toBe('conflict');
    const add = refused({ direction: 'add' });
    const tightWithout = shows(
      aChat({
        members: membersOf(4).map((each) => (each.handle === PAT ? { ...each, active: false } : each)),
      }),
    );
    expect(explainRefusal(add, tightWithout, at(2)).reason).toBe('conflict');
  });

  it('changes nothing about anything else, or without a reading', () => {
    expect(explainRefusal(refused(), unread, at(2))).toEqual(refused());
    expect(explainRefusal(unsure(), gone, at(2))).toEqual(unsure());
  });
});

describe('what is impossible', () => {
  it.each<[ReasonName | null, Chat, string, Change['direction']]>([
    [null, aChat(), PAT, 'remove'],
    [null, aChat({ members: membersOf(4) }), PAT, 'remove'],
    ['too-few', aChat({ members: membersOf(3) }), PAT, 'remove'],
    ['direct-chat', aChat({ isGroup: false }), PAT, 'add'],
    ['our-own-line', aChat(), OUR_LINE, 'remove'],
    [null, aChat({ members: membersOf(3) }), PAT, 'add'],
    ['too-few', aChat({ members: membersOf(2) }), PAT, 'add'],
  ])('is %s', (reason, chat, handle, direction) => {
    expect(whyImpossible(chat, handle, direction)).toBe(reason);
  });
});
