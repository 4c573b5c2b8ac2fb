import type { Chat } from '../../src/removal/chat.js';
import {
  afterLook,
  afterSending,
  explainRefusal,
  heedStop,
  isWorthExplaining,
  stop,
  takeUp,
  whyImpossible,
} from '../../src/removal/lifecycle.js';
import type { ChatAnswer, LinqFailure } from '../../src/removal/ports.js';
import type { ReasonName } from '../../src/removal/reasons.js';
import type { Removal, RemovalStatus } from '../../src/removal/removal.js';
import { LEASE_MS } from '../../src/removal/schedule.js';
import {
  aChat,
  accepts,
  aMember,
  aRemoval,
  at,
  CHAT_ID,
  fails,
  frozen,
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
const ourLineGone = aChat({
  members: membersOf(6).map((member) => (member.isUs ? { ...member, active: false } : member)),
});

const sending = (changes: Partial<Removal> = {}) =>
  aRemoval({ status: 'sending', attempts: 1, sentAt: NOW, dueAt: at(30), ...changes });
const unsure = (changes: Partial<Removal> = {}) =>
  aRemoval({
    status: 'unsure',
    attempts: 1,
    sentAt: NOW,
    provingSince: NOW,
    reason: 'no-answer',
    ...changes,
  });
const queued = (changes: Partial<Removal> = {}) => unsure({ status: 'queued', reason: null, ...changes });

const leaseFrom = (seconds: number) => at(seconds + LEASE_MS / 1_000);
const look = (removal: Removal, seen: ChatAnswer, seconds: number) =>
  afterLook(removal, seen, at(seconds), WINDOW_MS);

describe('taking up what is due', () => {
  it.each<[RemovalStatus, Partial<Removal>, Partial<Removal>]>([
    ['approved', { attempts: 0 }, { status: 'sending', attempts: 1, sentAt: at(5) }],
    [
      'waiting',
      { attempts: 2, notBefore: at(5), reason: 'rate-limited', linqSays: 'Rate limit exceeded' },
      { status: 'sending', attempts: 3, sentAt: at(5), notBefore: null, reason: null, linqSays: null },
    ],
    [
      'sending',
      { attempts: 1, sentAt: NOW },
      { status: 'unsure', attempts: 1, reason: 'interrupted', provingSince: at(5), sentAt: NOW },
    ],
    ['unsure', { attempts: 1, reason: 'no-answer' }, { status: 'unsure', reason: 'no-answer' }],
    ['queued', { attempts: 1 }, { status: 'queued', attempts: 1 }],
  ])('leases one that is %s', (status, before, now) => {
    expect(takeUp(aRemoval({ status, ...before }), at(5))).toEqual(
      aRemoval({ status, ...before, ...now, dueAt: leaseFrom(5) }),
    );
  });
});

describe('the reading right before the DELETE', () => {
  it('sends to the person as Linq lists them, in a chat as Linq calls it', () => {
    const chat = aChat({ name: 'Launch', members: [...membersOf(5), aMember('Pat@Example.com')] });
    const removal = sending({ handle: 'pat@example.com', chatName: null });
    expect(look(removal, shows(chat), 1)).toEqual({
      ...removal,
      handle: 'Pat@Example.com',
      chatName: 'Launch',
    });
  });

  it('goes on to Linq when the chat cannot be read: look-ups advise, Linq decides', () => {
    expect(look(sending(), unread, 1)).toEqual(sending());
    expect(look(sending(), fails({ status: 404, code: 2001 }), 1)).toEqual(sending());
  });

  it('goes on when exactly three would remain', () => {
    expect(look(sending(), shows(aChat({ members: membersOf(4) })), 1)).toEqual(sending());
  });

  it.each<[ReasonName, Partial<Chat>, string]>([
    ['too-few', { members: membersOf(3) }, PAT],
    ['direct-chat', { isGroup: false, members: membersOf(2) }, PAT],
    ['our-line-left', ourLineGone, PAT],
    ['our-own-line', {}, OUR_LINE],
  ])('ends as refused without asking Linq: %s', (reason, changes, handle) => {
    const ended = { status: 'refused', reason, dueAt: null, settledAt: at(1) } as const;
    expect(look(sending({ handle }), shows(aChat(changes)), 1)).toEqual(sending({ handle, ...ended }));
  });

  it.each([undefined, true, false])('ends as gone when the person left meanwhile (left: %s)', (leftAlone) => {
    expect(look(sending(), shows(withoutPat(leftAlone)), 1)).toEqual(
      sending({ status: 'gone', dueAt: null, settledAt: at(1) }),
    );
  });

  it('ends as removed when an earlier try of ours may have done it', () => {
    const again = { attempts: 2, provingSince: NOW };
    expect(look(sending(again), shows(withoutPat()), 1)).toMatchObject({ status: 'removed' });
  });

  it('ends as gone when every earlier try of ours was put off unheard', () => {
    expect(look(sending({ attempts: 2 }), shows(withoutPat()), 1)).toMatchObject({ status: 'gone' });
  });
});

describe("Linq's answer to the DELETE", () => {
  const answered = (failure: Partial<LinqFailure>, removal = sending()) =>
    afterSending(removal, fails(failure), at(1));

  it('202 is queued, with proof to be looked for two seconds later', () => {
    const removal = sending({ reason: 'server-error', linqSays: 'Server operation failed' });
    expect(afterSending(removal, accepts('9f1c'), at(1))).toEqual(
      sending({ status: 'queued', traceId: '9f1c', provingSince: at(1), dueAt: at(3) }),
    );
  });

  it('a refusal is final, with its reason, words and trace', () => {
    const failure = { status: 409, code: 2015, message: 'Operation conflicts', traceId: 'ab12' };
    expect(answered(failure)).toEqual(
      sending({
        status: 'refused',
        reason: 'conflict',
        linqSays: 'Operation conflicts',
        traceId: 'ab12',
        dueAt: null,
        settledAt: at(1),
      }),
    );
  });

  it.each<[string, Partial<LinqFailure>, ReasonName]>([
    ['no answer', {}, 'no-answer'],
    ['an unreadable success', { status: 202 }, 'no-answer'],
    ['504', { status: 504 }, 'network-timeout'],
    ['408', { status: 408 }, 'no-answer'],
  ])('%s is unsure, and the roster is read before anything else', (_answer, failure, reason) => {
    expect(answered(failure)).toEqual(
      sending({ status: 'unsure', reason, provingSince: at(1), dueAt: at(3) }),
    );
  });

  it.each<[string, Partial<LinqFailure>, ReasonName, number]>([
    ['429', { status: 429 }, 'rate-limited', 2],
    ['429 with a Retry-After', { status: 429, retryAfterMs: 7_000 }, 'rate-limited', 7],
    ['429 with a Retry-After of 15 minutes', { status: 429, retryAfterMs: 900_000 }, 'rate-limited', 900],
    ['2009', { status: 409, code: 2009 }, 'still-creating', 3],
    ['500', { status: 500, code: 3001 }, 'server-error', 2],
    ['503', { status: 503, code: 4004 }, 'service-down', 30],
  ])('%s waits', (_answer, failure, reason, seconds) => {
    const soon = at(1 + seconds);
    // After a 5xx Linq may have queued it all the same; a 4xx queued nothing.
    const provingSince = (failure.status ?? 0) >= 500 ? at(1) : null;
    expect(answered(failure)).toEqual(
      sending({ status: 'waiting', reason, dueAt: soon, notBefore: soon, provingSince }),
    );
  });

  it('a Retry-After above 15 minutes ends as refused, with the time', () => {
    expect(answered({ status: 429, retryAfterMs: 900_001 })).toMatchObject({
      status: 'refused',
      reason: 'asked-to-wait',
      dueAt: null,
      notBefore: new Date(at(1).getTime() + 900_001),
    });
  });

  it('the fifth 4xx that puts us off ends as refused: nothing was queued', () => {
    expect(answered({ status: 429 }, sending({ attempts: 5 }))).toMatchObject({
      status: 'refused',
      reason: 'kept-busy',
      notBefore: null,
    });
  });

  it('the fifth 5xx is a matter of proof: it may have been queued', () => {
    expect(answered({ status: 500 }, sending({ attempts: 5 }))).toMatchObject({
      status: 'unsure',
      reason: 'kept-failing',
      provingSince: at(1),
      dueAt: at(3),
    });
  });

  it('without a trace keeps the one known before', () => {
    expect(answered({}, sending({ traceId: '9f1c' }))).toMatchObject({ traceId: '9f1c' });
  });
});

describe('looking for proof', () => {
  it.each([queued(), unsure()])('ends as removed once the roster shows it', (removal) => {
    expect(look(removal, shows(withoutPat()), 4)).toEqual({
      ...removal,
      status: 'removed',
      reason: null,
      dueAt: null,
      settledAt: at(4),
    });
  });

  it('knows from the roster who left alone', () => {
    expect(look(queued(), shows(withoutPat(true)), 4)).toMatchObject({ status: 'removed', leftAlone: true });
    expect(look(queued(), shows(withoutPat(false)), 4)).toMatchObject({ leftAlone: false });
  });

  it.each<[string, ChatAnswer]>([
    ['still lists the person', listed],
    ['cannot be read', unread],
    ['is unknown to Linq', fails({ status: 404, code: 2001 })],
  ])('goes on while the window is open and the chat %s', (_what, seen) => {
    expect(look(queued(), seen, 61)).toEqual(queued({ dueAt: at(120) }));
    expect(look(queued(), seen, 1_799)).toEqual(queued({ dueAt: at(1_800) }));
  });

  it.each<[string, ChatAnswer, ReasonName]>([
    ['still lists the person', listed, 'still-listed'],
    ['cannot be read', unread, 'unchecked'],
  ])('ends as unconfirmed when the window is over and the chat %s', (_what, seen, reason) => {
    for (const removal of [queued(), unsure({ attempts: 5, linqSays: 'Server operation failed' })]) {
      const end = { status: 'unconfirmed', reason, linqSays: null, dueAt: null, settledAt: at(1_800) };
      expect(look(removal, seen, 1_800)).toEqual({ ...removal, ...end });
    }
  });

  it('takes proof that comes at the last moment', () => {
    expect(look(queued(), shows(withoutPat()), 1_800)).toMatchObject({ status: 'removed' });
  });
});

describe('sending again what was never answered', () => {
  it('happens when the person is still listed after 30 s, leased, counted and as listed', () => {
    const members = [...membersOf(5), aMember('Pat@Example.com')];
    const again = look(unsure({ handle: 'pat@example.com' }), shows(aChat({ members })), 30);
    expect(again).toMatchObject({ status: 'sending', attempts: 2, sentAt: at(30), dueAt: leaseFrom(30) });
    expect(again).toMatchObject({ handle: 'Pat@Example.com', reason: null });
  });

  it.each<[string, Removal, ChatAnswer, number]>([
    ['before 30 s have passed', unsure(), listed, 29.9],
    ['while the chat cannot be read', unsure(), unread, 45],
    ['after five tries', unsure({ attempts: 5 }), listed, 45],
    ['once Linq accepted it', queued(), listed, 45],
    ['where it became impossible', unsure(), shows(aChat({ members: membersOf(3) })), 45],
    ['where our line left', unsure(), shows(ourLineGone), 45],
  ])('does not happen %s: it is only looked at again', (_when, removal, seen, seconds) => {
    const next = look(removal, seen, seconds);
    expect(next).toEqual({ ...removal, dueAt: next.dueAt });
    expect(next.dueAt?.getTime()).toBeGreaterThan(at(seconds).getTime());
  });
});

describe('explaining a refusal from the roster', () => {
  const refused = (reason: ReasonName, changes: Partial<Removal> = {}) =>
    sending({ status: 'refused', reason, dueAt: null, settledAt: at(1), ...changes });

  it.each([
    [400, true],
    [404, true],
    [409, true],
    [401, false],
    [403, false],
    [429, false],
    [500, false],
    [null, false],
  ])('is worth a reading after status %s: %s', (status, worth) => {
    expect(isWorthExplaining(fails({ status }))).toBe(worth);
  });

  it('is not worth one after a 202', () => {
    expect(isWorthExplaining(accepts())).toBe(false);
  });

  it.each<[string, ReasonName, ChatAnswer, RemovalStatus, ReasonName]>([
    ['the person is out', 'not-found', shows(withoutPat()), 'gone', 'not-found'],
    ['it is a direct chat', 'bad-value', shows(aChat({ isGroup: false })), 'refused', 'direct-chat'],
    ['our line left', 'not-found', shows(ourLineGone), 'refused', 'our-line-left'],
    ['too few remain', 'not-found', shows(aChat({ members: membersOf(3) })), 'refused', 'too-few'],
    ['exactly 3 remain', 'bad-value', shows(aChat({ members: membersOf(4) })), 'refused', 'maybe-too-few'],
    ['exactly 3 remain', 'conflict', shows(aChat({ members: membersOf(4) })), 'refused', 'maybe-too-few'],
    [
      'the code says more',
      'unsupported-service',
      shows(aChat({ members: membersOf(4) })),
      'refused',
      'unsupported-service',
    ],
    ['the roster knows nothing', 'conflict', listed, 'refused', 'conflict'],
    ['the chat cannot be read', 'conflict', unread, 'refused', 'conflict'],
  ])('where %s, %s becomes what is true', (_what, given, seen, status, reason) => {
    expect(explainRefusal(refused(given), seen, at(2))).toMatchObject({ status, reason, dueAt: null });
  });

  it('is proof when an earlier try of ours may have gone through unheard', () => {
    expect(
      explainRefusal(refused('not-found', { attempts: 2, provingSince: NOW }), shows(withoutPat()), at(2)),
    ).toMatchObject({
      status: 'removed',
      reason: null,
      linqSays: null,
      settledAt: at(2),
    });
  });

  it('leaves everything alone that was not refused', () => {
    expect(explainRefusal(queued(), shows(withoutPat()), at(2))).toEqual(queued());
  });
});

describe('stopping', () => {
  const waiting = (reason: ReasonName) =>
    aRemoval({ status: 'waiting', attempts: 1, sentAt: NOW, notBefore: at(30), dueAt: at(30), reason });

  it.each<[string, Removal]>([
    ['was never sent', aRemoval()],
    ['was put off by Linq', waiting('rate-limited')],
    ['waits for a chat still being created', waiting('still-creating')],
  ])('ends what %s', (_what, removal) => {
    const ended = { status: 'refused', reason: 'stopped', notBefore: null, dueAt: null, settledAt: at(5) };
    expect(stop(removal, at(5))).toEqual({ ...removal, ...ended });
  });

  it.each<ReasonName>(['server-error', 'service-down', 'other-fault'])(
    'does not send again, but looks for, what may have been queued despite %s',
    (reason) => {
      const stopped = stop(frozen({ ...waiting(reason), provingSince: NOW }), at(5));
      expect(stopped).toMatchObject({ status: 'unsure', provingSince: at(5), dueAt: at(7) });
      if (stopped) expect(look(frozen(stopped), listed, 60)).toMatchObject({ status: 'unsure' });
    },
  );

  it('reaches what was on the wire: put off it ends, unanswered it is only looked for', () => {
    expect(heedStop(waiting('rate-limited'), at(5))).toMatchObject({ status: 'refused', reason: 'stopped' });
    const unsure = heedStop(
      aRemoval({ status: 'unsure', attempts: 1, sentAt: NOW, provingSince: NOW }),
      at(5),
    );
    expect(look(frozen(unsure), listed, 60)).toMatchObject({ status: 'unsure' });
  });

  it.each<RemovalStatus>(['sending', 'unsure', 'queued', 'removed', 'gone', 'refused', 'unconfirmed'])(
    'changes nothing for one that is %s',
    (status) => {
      expect(stop(aRemoval({ status }), at(5))).toBeNull();
    },
  );
});

it('lets Linq decide wherever its documents leave a doubt', () => {
  expect(whyImpossible(aChat({ members: membersOf(4), service: 'SMS' }), PAT)).toBeNull();
  const nobodyIsUs = membersOf(6).map((member) => ({ ...member, isUs: false }));
  expect(whyImpossible(aChat({ members: nobodyIsUs }), PAT)).toBeNull();
});

describe('every transition', () => {
  /** What may follow what. `removed` follows a try only when an earlier one may already have gone through. */
  const NEXT: Record<RemovalStatus, readonly RemovalStatus[]> = {
    approved: ['sending'],
    sending: ['queued', 'refused', 'waiting', 'unsure', 'gone'],
    waiting: ['sending'],
    unsure: ['removed', 'sending', 'unconfirmed'],
    queued: ['removed', 'unconfirmed'],
    removed: [],
    gone: [],
    refused: [],
    unconfirmed: [],
  };
  const rosters = [aChat(), withoutPat(), withoutPat(true), ourLineGone, aChat({ isGroup: false })];
  const sizes = [3, 4, 5].map((size) => aChat({ members: membersOf(size) }));
  const readings = [...[...rosters, ...sizes].map(shows), unread, fails({ status: 404, code: 2001 })];
  const codes = [null, 1002, 1005, 1006, 1007, 2001, 2009, 2013, 2015, 3001, 3005, 3006, 4004, 9999];
  const failures = [null, 200, 302, 400, 401, 404, 408, 409, 422, 429, 500, 503, 504].flatMap((status) =>
    codes.flatMap((code) => [null, 1_000, 1e7].map((retryAfterMs) => fails({ status, code, retryAfterMs }))),
  );
  const moments = [0, 2, 29, 30, 31, 1_799, 1_800, 9_999].map((seconds) => at(seconds));
  const tries = [1, 2, 4, 5];

  function check(before: Removal, next: Removal): void {
    const allowed = [before.status, ...NEXT[before.status], ...(before.provingSince ? ['removed'] : [])];
    expect(allowed).toContain(next.status);
    const final = NEXT[next.status].length === 0;
    expect([next.dueAt === null, next.settledAt !== null]).toEqual([final, final]);
    expect(next.attempts).toBeLessThanOrEqual(5);
    expect(next).toMatchObject({ id: before.id, chatId: CHAT_ID, version: before.version });
    if (['waiting', 'unsure', 'refused', 'unconfirmed'].includes(next.status)) {
      expect(next.reason).not.toBeNull();
    }
    if (next.status === 'removed' || next.status === 'queued') expect(next.reason).toBeNull();
  }

  it('of a reading leads to a status that may follow', () => {
    for (const attempts of tries) {
      for (const removal of [sending({ attempts }), unsure({ attempts }), queued({ attempts })]) {
        for (const seen of readings) {
          for (const now of moments) check(removal, afterLook(removal, seen, now, WINDOW_MS));
        }
      }
    }
  });

  it('of an answer, explained or not, leads to a status that may follow', () => {
    for (const attempts of tries) {
      const removal = sending({ attempts });
      for (const answer of [...failures, accepts(null)]) {
        const answered = frozen(afterSending(removal, answer, at(1)));
        check(removal, answered);
        if (!isWorthExplaining(answer)) continue;
        for (const seen of readings) check(removal, explainRefusal(answered, seen, at(2)));
      }
    }
  });
});
