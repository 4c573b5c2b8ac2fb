import { createStore } from '../../src/store/store.js';
import { at } from '../support/build.js';
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
