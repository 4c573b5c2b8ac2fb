import type { Announceable, Store } from '../../src/removal/ports.js';
import type { Removal } from '../../src/removal/removal.js';
import { openDatabase } from '../../src/store/database.js';
import { createStore } from '../../src/store/removal-store.js';
import type { FreshDatabase, TestEngine } from './engines.js';
import { anAnnouncement, aRequest, at } from './values.js';

/** A store on a fresh database before each test of the suite, and nothing left of it afterwards. */
export function useFreshStore(engine: TestEngine): () => Store {
  let database: FreshDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await engine.fresh();
    store = createStore(await openDatabase(database.url));
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });
  return () => store;
}

/** Approves removals of one request with an ordinary announcement (or the one given). */
export async function approve(
  store: Store,
  removals: readonly Removal[],
  announcement = anAnnouncement(requestOf(removals)),
): Promise<void> {
  const id = requestOf(removals);
  if (!(await store.approve(aRequest(id), removals, announcement)))
    throw new Error(`${id} was approved before`);
}

function requestOf([first]: readonly Removal[]): string {
  if (!first) throw new Error('no removals');
  return first.requestId;
}

const END_OF_TIME = at(1_000_000_000);

/** The stored announcement of a request, whenever it is due; undefined when it is not due at all. */
export async function announceable(store: Store, requestId: string): Promise<Announceable | undefined> {
  const all = await store.dueAnnouncements(END_OF_TIME, 1_000);
  return all.find(({ request }) => request.id === requestId);
}

/** When the request's message is due; null when nothing is planned. */
export async function dueAt(store: Store, requestId: string): Promise<Date | null> {
  return (await announceable(store, requestId))?.announcement.dueAt ?? null;
}
