import { afterNotice, isSpent, type Notice, noticeFor, takeUpNotice } from '../../src/removal/notice.js';
import type { Posted } from '../../src/removal/ports.js';
import { aRemoval, at } from '../support/build.js';

type Why = Extract<Posted, { ok: false }>['why'];

const fresh = noticeFor(aRemoval(), at(-5), at(0));
const failed = (why: Why, retryAfterMs: number | null = null): Posted => ({
  ok: false,
  why,
  hint: null,
  retryAfterMs,
});
const heldOnce = takeUpNotice(fresh, at(0));

describe('A notice', () => {
  it('is due at once, in the thread', () => {
    expect(fresh).toMatchObject({ removalId: 'removal-1', dueAt: at(0), route: 'thread', held: false });
  });

  it('is held while it is told, and told no more afterwards', () => {
    expect(heldOnce).toMatchObject({ held: true, dueAt: at(15), unheard: 0 });
    expect(afterNotice(heldOnce, { ok: true, place: null }, at(1))).toMatchObject({
      dueAt: null,
      held: false,
    });
  });

  it('may be told twice, and not three times, when nobody knows whether it was heard', () => {
    const died = takeUpNotice(heldOnce, at(15));
    expect(isSpent(died)).toBe(false);
    expect(isSpent(takeUpNotice(died, at(30)))).toBe(true);
    const unheard = afterNotice(heldOnce, failed('unknown'), at(1));
    expect(unheard.dueAt).toEqual(at(3));
    expect(afterNotice(unheard, failed('unknown'), at(3)).dueAt).toBeNull();
  });

  it.each(['refused', 'lost'] as const)(
    'goes to the person when the thread is %s, and then nowhere',
    (why) => {
      const toPerson = afterNotice(heldOnce, failed(why), at(1));
      expect(toPerson).toMatchObject({ route: 'person', dueAt: at(1) });
      expect(afterNotice(toPerson, failed('refused'), at(2)).dueAt).toBeNull();
    },
  );

  it('waits as long as Slack asks, and longer each time', () => {
    expect(afterNotice(heldOnce, failed('later', 30_000), at(0)).dueAt).toEqual(at(30));
    const waits: number[] = [];
    let notice: Notice = fresh;
    while (notice.dueAt !== null && waits.length < 1_000) {
      const due = notice.dueAt;
      notice = afterNotice(takeUpNotice(notice, due), failed('misconfigured'), due);
      if (notice.dueAt) waits.push((notice.dueAt.getTime() - due.getTime()) / 1_000);
    }
    expect(waits.slice(0, 3)).toEqual([2, 4, 8]);
    expect(Math.max(...waits)).toBe(300);
    expect(waits).toHaveLength(299);
  });
});
