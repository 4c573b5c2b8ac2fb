import type { RootOperationNode } from 'kysely';
import Sqlite from 'libsql';
import type { History, LatestQuery } from '../../src/removal/history.js';
import type { Store } from '../../src/removal/ports.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import type { Db } from '../../src/store/schema.js';
import { createStore } from '../../src/store/store.js';
import { anEvent, PAT } from '../support/build.js';
import { durableEngines, type FreshDatabase } from './engines.js';
import { growHistory } from './grown.js';

/*
 * What is asked for all the time finds its way by an index, however much there is, also where the server has not yet
 * looked at what its tables hold. Read from the engine's own plan of each statement, not from a clock.
 */

/** Enough that a plan which reads everything is no longer the cheapest. */
const FINISHED = 8_000;
const NOW = new Date('2026-06-01T10:00:00Z');
const LIMITS = { limit: 64, perRequest: 4, except: [] };

const looking = (filter: Partial<LatestQuery>): LatestQuery => ({
  teamId: 'T0LINQ',
  what: 'requests',
  only: null,
  chatId: null,
  handles: null,
  beyond: null,
  limit: 20,
  ...filter,
});

const ACTS: Readonly<Record<string, (store: Store, history: History) => Promise<unknown>>> = {
  'what is to be sent': (store) => store.due('sends', NOW, LIMITS),
  'what waits for proof': (store) => store.due('proofs', NOW, { ...LIMITS, except: ['r1', 'r2'] }),
  'what is to be told': (store) => store.dueDeliveries(NOW, 20, ['r1']),
  'proposals whose time is over': (store) => store.overdue(NOW, 20),
  'what is open for a person': (store) => store.openOf(PAT),
  'who is leaving a chat': (store) => store.leaving('chat-7', 'c7'),
  'what is open': (store) => store.openChanges(),
  'one request': (store) => store.find('r7'),
  'what a view has recorded': (store) => store.recordedFrom('V7'),
  "what an event of Linq's concerns": (store) => store.takeEvent(anEvent({ chatId: 'chat-7' }), NOW),
  'the latest history': (_store, history) => history.latest(looking({})),
  'the history of a chat': (_store, history) => history.latest(looking({ chatId: 'chat-7' })),
  'the history of a number': (_store, history) => history.latest(looking({ handles: ['+12025000007'] })),
  'the history of an email that is not there': (_store, history) =>
    history.latest(looking({ handles: ['nobody@example.com'] })),
  'the history that one person may see': (_store, history) =>
    history.latest(looking({ only: { requestedBy: 'U0NOBODY', channelId: 'C0NOWHERE' } })),
  'the history of a number that one person may see': (_store, history) =>
    history.latest(looking({ handles: [PAT], only: { requestedBy: 'U7', channelId: 'C7' } })),
  'who was refused': (_store, history) => history.latest(looking({ what: 'refused' })),
  'a page of the export': (_store, history) =>
    history.page({ since: null, until: null, after: { at: new Date('2025-06-10'), id: 2_000 }, limit: 100 }),
  'what is to be cleared': (_store, history) => history.clearBefore(NOW, NOW, 100),
};

/** Parts of a plan that read a whole table: not of one that is empty, or holds one row. */
const READS_ALL =
  /\bSCAN (?:requests|changes|deliveries|history)\b(?! USING)|Seq Scan on (?:requests|changes|deliveries|history)\b/;

function planIn(url: string, statement: string): string {
  const file = new Sqlite(url.replace(/^file:/, ''));
  const rows = file.prepare(`explain query plan ${statement}`).all() as readonly {
    readonly detail: string;
  }[];
  file.close();
  return rows.map(({ detail }) => detail).join('\n');
}

describe.each(durableEngines)('After many finished requests on $name', (engine) => {
  let database: FreshDatabase;
  let db: Db;
  let asked: RootOperationNode[] = [];
  const isServer = engine.name === 'PostgreSQL';

  beforeAll(async () => {
    database = await engine.fresh();
    db = await openDatabase(database.url);
    await growHistory(db, isServer ? 'postgres' : 'sqlite', FINISHED);
  });
  afterAll(async () => {
    await db.destroy();
    await database.remove();
  });

  /** The same database, with every statement noted. */
  function noting(): Db {
    asked = [];
    return db.withPlugin({
      transformQuery({ node }) {
        asked.push(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
  }

  /** The loop's query is built once, with names in place of its values. */
  const NUMBERS: readonly unknown[] = [':perRequest', ':limit'];
  const given = (parameter: unknown) => (NUMBERS.includes(parameter) ? 4 : parameter);

  async function planOf(node: RootOperationNode): Promise<string> {
    const compiled = db.getExecutor().compileQuery(node, { queryId: 'plan' });
    const query = { ...compiled, parameters: compiled.parameters.map(given) };
    // Through a connection of its own: SQLite's driver takes the plan of a write for the write.
    if (!isServer) return planIn(database.url, query.sql);
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>({
      ...query,
      sql: `explain ${query.sql}`,
    });
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it.each(Object.entries(ACTS))('%s is found without reading everything', async (_what, act) => {
    const watched = noting();
    await act(createStore(watched, { onTransition() {} }), createHistory(watched));
    expect(asked.length).toBeGreaterThan(0);
    for (const node of asked) {
      if (node.kind !== 'InsertQueryNode') expect(await planOf(node)).not.toMatch(READS_ALL);
    }
  });
});
