import type { ErasedPerson, LeftRequest } from '../../removal/erasing.js';
import { CLEARED_HANDLE } from '../../removal/erasing.js';
import type { Instant } from '../columns.js';
import type { Db } from '../schema.js';
import { findRequestsAbout } from './about.js';
import { withoutInFact, withoutInWanted } from './json.js';
import { type Erasure, readRows } from './rows.js';

/** What has to change for a person to be gone. */
export interface ErasePlan {
  /** Requests about the person that have ended, and all that changes in them. */
  readonly requests: readonly string[];
  readonly erasures: readonly Erasure[];
  readonly left: readonly LeftRequest[];
}

interface Search {
  readonly db: Db;
  readonly person: ErasedPerson;
  readonly now: Instant;
  /** Ended requests about the person. */
  readonly ended: ReadonlySet<string>;
  /** Open ones: nothing of them changes. */
  readonly open: ReadonlySet<string>;
}

/** Looks through every table; it reads alone, so the app goes on meanwhile. */
export async function planErasing(db: Db, person: ErasedPerson, now: Date): Promise<ErasePlan> {
  const { ended, left } = await findRequestsAbout(db, person);
  const open = new Set(left.map(({ id }) => id));
  const search: Search = { db, person, now: now.toISOString(), ended: new Set(ended), open };
  const erasures: Erasure[] = [];
  for (const look of LOOKS) for await (const erasure of look(search)) erasures.push(erasure);
  return { requests: ended, erasures, left };
}

const LOOKS = [inChanges, inRequests, inProposals, inHistory, inEvents, inAuditLines, inPause];

/** Columns of free text in which the person is named. */
function named(
  { person }: Search,
  texts: Readonly<Record<string, string | null>>,
): Readonly<Record<string, null>> {
  const found = Object.entries(texts).filter(([, text]) => text !== null && person.isNamedIn(text));
  return Object.fromEntries(found.map(([column]) => [column, null]));
}

function isEmpty(set: object): boolean {
  return Object.keys(set).length === 0;
}

interface ChangeRow {
  id: string;
  request_id: string;
  handle: string;
  chat_name: string | null;
  linq_says: string | null;
  due_at: Instant | null;
}

async function* inChanges(search: Search): AsyncIterable<Erasure> {
  const columns = ['id', 'request_id', 'handle', 'chat_name', 'linq_says', 'due_at'] as const;
  for await (const row of readRows<ChangeRow>(search.db, 'changes', columns)) {
    const { id, handle, chat_name, linq_says } = row;
    // What the loop still works on, it would write again.
    if (search.open.has(row.request_id) || row.due_at !== null) continue;
    const set = search.person.isHandle(handle)
      ? { handle: CLEARED_HANDLE, chat_name: null, linq_says: null }
      : named(search, { chat_name, linq_says });
    if (!isEmpty(set)) yield { table: 'changes', key: id, set };
  }
}

async function* inRequests(search: Search): AsyncIterable<Erasure> {
  for await (const row of readRows<{ id: string; note: string | null }>(search.db, 'requests', [
    'id',
    'note',
  ])) {
    if (search.open.has(row.id)) continue;
    const set = search.ended.has(row.id)
      ? // The key is a hash of chat and handle, and there are only so many numbers to try.
        { note: null, response_url: null, submission_key: `erased:${row.id}` }
      : named(search, { note: row.note });
    if (!isEmpty(set)) yield { table: 'requests', key: row.id, set };
  }
}

interface ProposalRow {
  request_id: string;
  status: string;
  wanted: string;
  decline_reason: string | null;
}

async function* inProposals(search: Search): AsyncIterable<Erasure> {
  const columns = ['request_id', 'status', 'wanted', 'decline_reason'] as const;
  for await (const row of readRows<ProposalRow>(search.db, 'proposals', columns)) {
    const { request_id: id, status, decline_reason } = row;
    if (search.open.has(id) || status === 'pending') continue;
    const wanted = withoutInWanted(row.wanted, search.person);
    const set = {
      ...(wanted !== null && { wanted }),
      ...(search.ended.has(id) ? { decline_reason: null } : named(search, { decline_reason })),
    };
    if (!isEmpty(set)) yield { table: 'proposals', key: id, set };
  }
}

interface EntryRow {
  id: number;
  request_id: string | null;
  handle: string | null;
  chat_name: string | null;
  note: string | null;
  shown: string | null;
  cleared_at: Instant | null;
}

async function* inHistory(search: Search): AsyncIterable<Erasure> {
  const columns = ['id', 'request_id', 'handle', 'chat_name', 'note', 'shown', 'cleared_at'] as const;
  for await (const row of readRows<EntryRow>(search.db, 'history', columns)) {
    const { id, request_id: requestId, handle, chat_name, note, shown, cleared_at } = row;
    if (requestId !== null && search.open.has(requestId)) continue;
    if (handle !== null && search.person.isHandle(handle)) {
      const set = { handle: null, chat_name: null, note: null, shown: null };
      yield { table: 'history', key: id, set: { ...set, cleared_at: cleared_at ?? search.now } };
      continue;
    }
    // The reason of a request stands on the entries of all the people in it.
    const ofTheirs = requestId !== null && search.ended.has(requestId);
    const set = {
      ...named(search, { handle, chat_name, note, shown }),
      ...(ofTheirs && (note !== null || shown !== null) && { note: null, shown: null }),
    };
    if (!isEmpty(set)) yield { table: 'history', key: id, set };
  }
}

/** Events are kept for a day, to know them again; while a request is open they may still be needed for it. */
async function* inEvents(search: Search): AsyncIterable<Erasure> {
  if (search.open.size > 0) return;
  for await (const row of readRows<{ delivery_id: string; handle: string }>(search.db, 'linq_events', [
    'delivery_id',
    'handle',
  ])) {
    if (search.person.isHandle(row.handle))
      yield { table: 'linq_events', key: row.delivery_id, set: { handle: CLEARED_HANDLE } };
  }
}

async function* inAuditLines(search: Search): AsyncIterable<Erasure> {
  for await (const row of readRows<{ id: number; fact: string }>(search.db, 'audit_outbox', ['id', 'fact'])) {
    const fact = withoutInFact(row.fact, search.person);
    if (fact !== null) yield { table: 'audit_outbox', key: row.id, set: { fact } };
  }
}

async function* inPause(search: Search): AsyncIterable<Erasure> {
  for await (const row of readRows<{ id: number; reason: string | null }>(search.db, 'pause', [
    'id',
    'reason',
  ])) {
    const set = named(search, { reason: row.reason });
    if (!isEmpty(set)) yield { table: 'pause', key: row.id, set };
  }
}
