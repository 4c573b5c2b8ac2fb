import type { Change } from '../../src/removal/change.js';
import { stopRequest } from '../../src/removal/decide.js';
import type { Store } from '../../src/removal/ports.js';
import { openDatabase } from '../../src/store/database.js';
import { createStore } from '../../src/store/store.js';
import { at } from '../support/build.js';
import { type Commits, watchCommits } from '../support/commits.js';
import { durableEngines, type FreshDatabase } from './engines.js';
import { allEntries, changeOf, found, openStore, record } from './stores.js';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

const sending = (change: Change): Change => ({
  ...change,
  status: 'sending',
  attempts: 1,
  sentAt: at(1),
  dueAt: at(46),
});

function createSignal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

describe.each(durableEngines)('Changes that are ready at the same moment on $name', (engine) => {
  let database: FreshDatabase;
  let commits: Commits;
  let store: Store;
  /** Another process on the same data. */
  let other: Store;

  beforeEach(async () => {
    database = await engine.fresh();
    commits = watchCommits();
    store = await open(commits);
    other = await open(watchCommits());
  });
  afterEach(async () => {
    await store.close();
    await other.close();
    await database.remove();
  });

  async function open({ wrap }: Commits): Promise<Store> {
    return createStore(await openDatabase(database.url, { wrap }), { onTransition() {} });
  }

  async function recordAll(requestId = 'r1'): Promise<readonly Change[]> {
    const changes = IDS.map((id) => changeOf(requestId, `${requestId}-${id}`));
    await record({ store }, changes);
    return changes;
  }

  const saveAll = (into: Store, changes: readonly Change[]) =>
    Promise.all(changes.map((change) => into.save(change, at(1))));

  it('share one commit, and each of them hears what became of itself', async () => {
    const read = await recordAll();
    await other.save(sending(read[2] as Change), at(1));
    const { count } = commits;

    const saved = await saveAll(store, read.map(sending));

    expect(commits.count - count).toBe(1);
    expect(saved.map((change) => change?.id ?? null)).toEqual([
      ...IDS.slice(0, 2).map((id) => `r1-${id}`),
      null,
      ...IDS.slice(3).map((id) => `r1-${id}`),
    ]);
    const opened = await openStore(database.url);
    const entries = await allEntries(opened);
    await opened.store.close();
    expect(entries.filter(({ kind }) => kind === 'sending')).toHaveLength(IDS.length);
  });

  it('are not heard of before that commit is over, nor seen by another process', async () => {
    const read = await recordAll();
    const [reached, released] = [createSignal(), createSignal()];
    commits.before(() => {
      reached.give();
      return released.given;
    });
    const heard: unknown[] = [];
    const saving = read.map(async (change) => heard.push(await store.save(sending(change), at(1))));
    await reached.given;

    expect((await found({ store: other }, 'r1')).changes.map(({ status }) => status)).not.toContain(
      'sending',
    );
    expect(heard).toEqual([]);
    released.give();
    await Promise.all(saving);
    expect((await found({ store: other }, 'r1')).changes.map(({ version }) => version)).not.toContain(0);
  });

  it('are all written but the one that the store refuses', async () => {
    const read = await recordAll();
    const impossible = { ...sending(read[1] as Change), dueAt: null };

    const saved = await Promise.allSettled(
      read.map((change, index) => store.save(index === 1 ? impossible : sending(change), at(1))),
    );

    expect(saved.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      ...IDS.slice(2).map(() => 'fulfilled'),
    ]);
    const { changes } = await found({ store: other }, 'r1');
    expect(changes.filter(({ status }) => status === 'sending')).toHaveLength(IDS.length - 1);
  });

  it('are written by one of two processes each, whatever the order, beside a person who presses Stop', async () => {
    for (let round = 0; round < 10; round++) {
      const read = [...(await recordAll(`r${round}-1`)), ...(await recordAll(`r${round}-2`))];
      const backwards = [...read].reverse();
      const [ours, theirs, stopped] = await Promise.all([
        saveAll(store, read.map(sending)),
        saveAll(other, backwards.map(sending)),
        other.update(`r${round}-1`, at(1), (state) => stopRequest(state, 'U0BOB', at(1))),
      ]);

      const changes = [
        ...(await found({ store }, `r${round}-1`)).changes,
        ...(await found({ store }, `r${round}-2`)).changes,
      ];
      const claims = [...ours, ...theirs].filter(Boolean);
      expect(new Set(claims.map((change) => change?.id)).size).toBe(claims.length);
      expect(claims).toHaveLength(changes.filter(({ sentAt }) => sentAt !== null).length);
      const isStopped = changes.filter(({ reason }) => reason === 'stopped').length;
      expect(claims).toHaveLength(read.length - isStopped);
      // Of what was claimed before, Stop keeps a second call from being made.
      expect(stopped?.changed).toBe(true);
    }
  });
});
