import { isFinal } from '../../removal/change.js';
import type { ErasedPerson, LeftRequest } from '../../removal/erasing.js';
import { isPending } from '../../removal/proposal.js';
import type { RequestState } from '../../removal/state.js';
import type { Db } from '../schema.js';
import { findState } from '../states.js';
import { isInWanted } from './json.js';
import { readRows } from './rows.js';

/** Requests about a person: those that have ended, and those that are open and why. */
export async function findRequestsAbout(
  db: Db,
  person: ErasedPerson,
): Promise<{ readonly ended: readonly string[]; readonly left: readonly LeftRequest[] }> {
  const ended: string[] = [];
  const left: LeftRequest[] = [];
  for (const id of await idsOf(db, person)) {
    const state = await findState(db, id);
    const why = state && whyOpen(state);
    if (why) left.push({ id, ...pick(state), why });
    else ended.push(id);
  }
  return { ended, left };
}

async function idsOf(db: Db, person: ErasedPerson): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const row of readRows<{ request_id: string; handle: string }>(db, 'changes', [
    'request_id',
    'handle',
  ]))
    if (person.isHandle(row.handle)) ids.add(row.request_id);
  for await (const row of readRows<{ request_id: string; wanted: string }>(db, 'proposals', [
    'request_id',
    'wanted',
  ]))
    if (isInWanted(row.wanted, person)) ids.add(row.request_id);
  return ids;
}

/** Somebody still decides, Linq is asked or looked at, or people are still to be told. Null: it has ended. */
export function whyOpen({ proposal, changes, status }: RequestState): LeftRequest['why'] | null {
  if (isPending(proposal)) return 'approval';
  if (changes.some((change) => !isFinal(change.status) || change.dueAt !== null)) return 'under-way';
  return status.dueAt !== null && status.shown < status.wanted ? 'untold' : null;
}

function pick({ request: { requestedBy, createdAt } }: RequestState) {
  return { requestedBy, createdAt };
}
