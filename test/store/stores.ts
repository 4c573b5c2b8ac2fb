import { type Change, OPEN_STATUSES, type Status } from '../../src/removal/change.js';
import type { Delivery } from '../../src/removal/delivery.js';
import type { History, HistoryRecord } from '../../src/removal/history.js';
import type { DueKind, Recording, Store, Transition } from '../../src/removal/ports.js';
import type { Request } from '../../src/removal/request.js';
import type { RequestState } from '../../src/removal/state.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import type { Db } from '../../src/store/schema.js';
import { createStore } from '../../src/store/store.js';
import { aChange, aDelivery, aRequest, at, PAT } from '../support/build.js';
import type { FreshDatabase, TestEngine } from './engines.js';

/** A store, and beside it what a test looks at. */
export interface Opened {
  readonly db: Db;
  readonly store: Store;
  readonly history: History;
  /** Every transition that the store told of, in order. */
  readonly transitions: Transition[];
}

export async function openStore(url: string): Promise<Opened> {
  const db = await openDatabase(url);
  const transitions: Transition[] = [];
  const store = createStore(db, { onTransition: (told) => void transitions.push(...told) });
  return { db, store, history: createHistory(db), transitions };
}

/** A store on a fresh database before each test of the suite, and nothing left of it afterwards. */
export function useFreshStore(engine: TestEngine): () => Opened {
  let database: FreshDatabase;
  let opened: Opened;
  beforeEach(async () => {
    database = await engine.fresh();
    opened = await openStore(database.url);
  });
  afterEach(async () => {
    await opened.store.close();
    await database.remove();
  });
  return () => opened;
}

/** A change in a chat of its own, as it would be stored in this status: open ones with a plan, final ones settled. */
export function changeOf(
  requestId: string,
  id: string,
  changes: Partial<Record<keyof Change, unknown>> = {},
): Change {
  const status = (changes.status ?? 'approved') as Status;
  const isOpen = OPEN_STATUSES.includes(status);
  return aChange({
    id,
    requestId,
    chatId: `chat-${id}`,
    chatName: null,
    handle: PAT,
    dueAt: isOpen ? at(0) : null,
    settledAt: isOpen ? null : at(5),
    wasSeen: true,
    mayStillAct: ['queued', 'unsure', 'unconfirmed'].includes(status),
    reason: status === 'refused' ? 'other-refusal' : null,
    ...changes,
  });
}

export function requestOf(id: string, changes: Partial<Request> = {}): Request {
  return aRequest({ id, viewId: `V-${id}`, responseUrl: null, ...changes });
}

/** The status message as it starts: its first word is due after four seconds. */
export function messageOf(requestId: string, changes: Partial<Delivery> = {}): Delivery {
  return aDelivery({ id: requestId, requestId, dueAt: at(4), ...changes });
}

export function recordingOf(
  changes: readonly Change[],
  parts: Partial<Recording> & { readonly request?: Request } = {},
): Recording {
  const id = parts.request?.id ?? changes[0]?.requestId ?? 'r1';
  const request = parts.request ?? requestOf(id);
  return {
    request,
    fingerprint: changes.map(({ chatId, handle }) => `${chatId} ${handle}`).join('\n'),
    wanted: [],
    changes,
    proposal: null,
    status: messageOf(id),
    shown: null,
    ...parts,
  };
}

/** Records what must be new. */
export async function record(
  { store }: Pick<Opened, 'store'>,
  changes: readonly Change[],
  parts: Partial<Recording> = {},
): Promise<void> {
  const recording = recordingOf(changes, parts);
  if (!(await store.record(recording))) throw new Error(`${recording.request.id} was recorded before`);
}

export async function found({ store }: Pick<Opened, 'store'>, requestId: string): Promise<RequestState> {
  const state = await store.find(requestId);
  if (!state) throw new Error(`${requestId} is not there`);
  return state;
}

export async function messageIn(opened: Pick<Opened, 'store'>, requestId: string): Promise<Delivery> {
  return (await found(opened, requestId)).status;
}

/** When the request's message is due; null when nothing is planned. */
export async function dueAt(opened: Pick<Opened, 'store'>, requestId: string): Promise<Date | null> {
  return (await messageIn(opened, requestId)).dueAt;
}

export async function save(
  { store }: Pick<Opened, 'store'>,
  change: Change,
  seconds: number,
): Promise<Change> {
  const saved = await store.save(change, at(seconds));
  if (!saved) throw new Error('another process was faster');
  return saved;
}

const ALL = { limit: 1_000, perRequest: 1_000, except: [] };

export async function dueIds(
  { store }: Pick<Opened, 'store'>,
  kind: DueKind,
  seconds: number,
  limits: Partial<Parameters<Store['due']>[2]> = {},
): Promise<readonly string[]> {
  const due = await store.due(kind, at(seconds), { ...ALL, ...limits });
  return due.map(({ id }) => id);
}

export function allEntries({ history }: Pick<Opened, 'history'>): Promise<readonly HistoryRecord[]> {
  return history.page({ since: null, until: null, after: null, limit: 1_000 });
}

export async function kinds(opened: Pick<Opened, 'history'>): Promise<readonly string[]> {
  return (await allEntries(opened)).map(({ kind }) => kind);
}
