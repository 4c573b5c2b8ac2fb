import type { Change } from '../../src/removal/change.js';
import type { Delivery } from '../../src/removal/delivery.js';
import { aProposal, at } from '../support/build.js';
import { engines } from './engines.js';
import { changeOf, found, messageIn, messageOf, record, requestOf, save, useFreshStore } from './stores.js';

const HOUR = 3_600;

describe.each(engines)('Plans on $name, when the clock was set', (engine) => {
  const fresh = useFreshStore(engine);
  const shift = (seconds: number, seen = 0) => fresh().store.shiftPlans(seconds * 1_000, seen);

  /** The very instants of a value that was planned an hour ahead. */
  const planned = (ahead: number) =>
    ({
      sentAt: at(ahead),
      watchedSince: at(ahead + 1),
      dueAt: at(ahead + 2),
      notBefore: at(ahead + 3),
      deadlineAt: at(ahead + 1_800),
      troubleSince: at(ahead),
    }) as const satisfies Partial<Change>;

  it('move with it, and what has passed stays', async () => {
    const open = changeOf('r1', 'a', { status: 'unsure', ...planned(HOUR) });
    const late = changeOf('r1', 'b', { status: 'unconfirmed', dueAt: at(2 * HOUR), settledAt: at(HOUR) });
    const done = changeOf('r1', 'c', { status: 'done', sentAt: at(HOUR), settledAt: at(HOUR) });
    const ahead = { dueAt: at(HOUR), quietUntil: at(HOUR + 1), notBefore: at(HOUR + 2) };
    await record(fresh(), [open, late, done], { status: messageOf('r1', ahead) });

    await shift(-HOUR);

    expect(await found(fresh(), 'r1')).toMatchObject({
      changes: [{ ...open, ...planned(0) }, { ...late, dueAt: at(HOUR) }, done],
      status: { ...messageOf('r1'), dueAt: at(0), quietUntil: at(1), notBefore: at(2) },
    });
  });

  it('move for a message that rests, so that its next edit need not wait for the old clock', async () => {
    const rests: Partial<Delivery> = { shown: 1, dueAt: null, quietUntil: at(HOUR) };
    const request = requestOf('r2');
    await record(fresh(), [changeOf('r1', 'a', { status: 'queued' })], { status: messageOf('r1', rests) });
    await record(fresh(), [], {
      request,
      proposal: aProposal({ requestId: 'r2', expiresAt: at(2 * HOUR) }),
      status: messageOf('r2', rests),
    });

    await shift(-HOUR);

    expect(await messageIn(fresh(), 'r1')).toMatchObject({ quietUntil: at(0), dueAt: null });
    expect(await found(fresh(), 'r2')).toMatchObject({
      status: { quietUntil: at(0) },
      // Told to people as a time of day.
      proposal: { expiresAt: at(2 * HOUR) },
    });
  });

  it('leave the answer to a call on the wire its place', async () => {
    const sending = changeOf('r1', 'a', { status: 'sending', dueAt: at(HOUR) });
    await record(fresh(), [sending]);
    await shift(-HOUR);
    const queued = changeOf('r1', 'a', { ...sending, status: 'queued', mayStillAct: true });
    expect(await save(fresh(), queued, 1)).toMatchObject({ version: 1 });
  });

  it('move once, whichever of several processes notices it first', async () => {
    const dueAt = async () => (await found(fresh(), 'r1')).changes[0]?.dueAt;
    await record(fresh(), [changeOf('r1', 'a', { status: 'waiting', dueAt: at(3 * HOUR) })]);
    const seen = await fresh().store.clockSteps();
    const counts = await Promise.all([shift(-HOUR, seen), shift(-HOUR, seen)]);
    expect(await dueAt()).toEqual(at(2 * HOUR));
    expect(counts).toEqual([seen + 1, seen + 1]);

    await shift(-HOUR, seen + 1);
    expect(await dueAt()).toEqual(at(HOUR));
    expect(await fresh().store.clockSteps()).toBe(seen + 2);
  });

  it('move later when it was set forward', async () => {
    await record(fresh(), [changeOf('r1', 'a', { status: 'waiting', dueAt: at(1) })]);
    await shift(HOUR);
    expect((await found(fresh(), 'r1')).changes[0]?.dueAt).toEqual(at(HOUR + 1));
  });
});
