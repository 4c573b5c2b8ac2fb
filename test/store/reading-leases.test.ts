import { createReadingLeases } from '../../src/removal/reading-leases.js';
import { createStore } from '../../src/store/store.js';
import { at } from '../support/build.js';
import { type Clock, createClock, minutes, seconds } from '../support/clock.js';
import { engines } from './engines.js';
import { changeOf, record, useFreshStore } from './stores.js';

describe.each(engines)('The lease of a request’s readings on $name', (engine) => {
  const fresh = useFreshStore(engine);
  /** What the process has that asks here, and a second one on the same database. */
  const ours = (seconds: number) => fresh().store.leaseReading('r1', at(seconds));
  const theirs = (seconds: number) =>
    createStore(fresh().db, { onTransition() {} }).leaseReading('r1', at(seconds));
  beforeEach(() => record(fresh(), [changeOf('r1', 'a', { status: 'queued' })]));

  it('belongs to one process for as long as a reading is good, and is renewed by it', async () => {
    expect(await ours(0)).toBe(true);
    expect(await theirs(3)).toBe(false);
    expect(await ours(4)).toBe(true);
    expect(await theirs(8)).toBe(false);
    expect(await theirs(9)).toBe(true);
    expect(await ours(9)).toBe(false);
  });

  it('is no obstacle where the clock has been set back behind it', async () => {
    expect(await theirs(3_600)).toBe(true);
    expect(await ours(0)).toBe(true);
  });

  it('of one request is no other’s', async () => {
    await record(fresh(), [changeOf('r2', 'b', { status: 'queued' })]);
    expect(await theirs(0)).toBe(true);
    expect(await fresh().store.leaseReading('r2', at(0))).toBe(true);
  });
});

describe.each(engines)('A process, of the leases on $name,', (engine) => {
  const fresh = useFreshStore(engine);
  let clock: Clock;
  let asked: number;
  /** Ours counts how often it asks the store. */
  let ours: ReturnType<typeof createReadingLeases>;
  let theirs: ReturnType<typeof createReadingLeases>;
  beforeEach(async () => {
    await record(fresh(), [changeOf('r1', 'a', { status: 'queued' })]);
    clock = createClock();
    asked = 0;
    const { store, db } = fresh();
    const leaseReading: typeof store.leaseReading = (...request) => {
      asked += 1;
      return store.leaseReading(...request);
    };
    ours = createReadingLeases({ leaseReading }, clock.now);
    theirs = createReadingLeases(createStore(db, { onTransition() {} }), clock.now);
  });

  it('asks once for all that come at the same moment, and again after half of one', async () => {
    expect(await Promise.all([ours('r1'), ours('r1'), ours('r1')])).toEqual([true, true, true]);
    clock.advance(seconds(2.5) - 1);
    expect(await ours('r1')).toBe(true);
    expect(asked).toBe(1);
    clock.advance(1);
    expect(await ours('r1')).toBe(true);
    expect(asked).toBe(2);
  });

  it('asks a second after another one had it', async () => {
    expect(await theirs('r1')).toBe(true);
    expect(await ours('r1')).toBe(false);
    clock.advance(seconds(1) - 1);
    expect(await ours('r1')).toBe(false);
    expect(asked).toBe(1);
    clock.advance(1);
    expect(await ours('r1')).toBe(false);
    expect(asked).toBe(2);
    clock.advance(seconds(4));
    expect(await ours('r1')).toBe(true);
  });

  it('asks anew after the clock has been set back, and after a store that did not answer', async () => {
    expect(await theirs('r1')).toBe(true);
    expect(await ours('r1')).toBe(false);
    clock.jump(-minutes(60));
    expect(await ours('r1')).toBe(true);
    const broken = createReadingLeases({ leaseReading: failsOnce() }, clock.now);
    await expect(broken('r1')).rejects.toThrow('The store is away');
    expect(await broken('r1')).toBe(true);
  });
});

function failsOnce() {
  let times = 0;
  return async () => {
    times += 1;
    if (times === 1) throw new Error('The store is away');
    return true;
  };
}
