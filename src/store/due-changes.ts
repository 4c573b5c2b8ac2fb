import type { Change, Status } from '../removal/change.js';
import type { DueKind } from '../removal/ports.js';
import { later } from '../removal/schedule.js';
import { fromChangeRow } from './changes.js';
import type { Db } from './schema.js';

export interface DueLimits {
  readonly limit: number;
  readonly perRequest: number;
  readonly except: readonly string[];
}

/**
 * No lease and no pause between two readings is longer: a plan that lies further ahead was made by a clock that has been
 * set back since, and nothing would be looked at until that clock is caught up with.
 */
const FARTHEST_MS = 2 * 60_000;

/** Changes of one status whose plan lies in a part of time; without an end, any time from the beginning on. */
interface Span {
  readonly status: Status;
  readonly after?: Date;
  readonly upTo?: Date;
}

const SPANS: Record<DueKind, (now: Date, farthest: Date) => readonly Span[]> = {
  // What is approved has no later plan than its approval: whatever is planned, it is due.
  sends: (now, farthest) => [
    { status: 'approved' },
    { status: 'waiting', upTo: now },
    { status: 'sending', upTo: now },
    { status: 'sending', after: farthest },
  ],
  proofs: (now, farthest) => [
    { status: 'unsure', upTo: now },
    { status: 'unsure', after: farthest },
    { status: 'queued', upTo: now },
    { status: 'queued', after: farthest },
    { status: 'refused', upTo: now },
    { status: 'unconfirmed', upTo: now },
  ],
};

/**
 * The query of the loop. Each span is one look into an index that holds only what has a plan, so that finished requests
 * cost nothing, however many there are.
 */
export function selectDueChanges(db: Db, kind: DueKind, now: Date, limits: DueLimits) {
  const { limit, perRequest, except } = limits;
  const [first, ...others] = SPANS[kind](now, later(now, FARTHEST_MS)).map((span) =>
    selectSpan(db, span, except),
  );
  if (!first) throw new Error(`Nothing is ever due for ${kind}`);
  const due = others.reduce((all, span) => all.unionAll(span), first);
  const ranked = db.selectFrom(due.as('due')).select(({ fn }) => [
    'due.id',
    'due.due_at',
    fn
      .agg<number>('row_number')
      .over((over) => over.partitionBy('due.request_id').orderBy('due.due_at').orderBy('due.id'))
      .as('place'),
  ]);
  const taken = db
    .selectFrom(ranked.as('ranked'))
    .select('ranked.id')
    .where('ranked.place', '<=', perRequest)
    .orderBy('ranked.due_at')
    .orderBy('ranked.id')
    .limit(limit);
  return db
    .selectFrom(taken.as('taken'))
    .innerJoin('changes', 'changes.id', 'taken.id')
    .selectAll('changes')
    .orderBy('changes.due_at')
    .orderBy('changes.id');
}

/** Of these, one that has no call under way does nothing but send: a pause leaves it in peace. */
const TO_BE_SENT: readonly Status[] = ['approved', 'waiting'];

function selectSpan(db: Db, { status, after, upTo }: Span, except: readonly string[]) {
  return db
    .selectFrom('changes')
    .select(['id', 'due_at', 'request_id'])
    .where('status', '=', status)
    .where('due_at', 'is not', null)
    .$if(after !== undefined, (query) => query.where('due_at', '>', after?.toISOString() ?? null))
    .$if(upTo !== undefined, (query) => query.where('due_at', '<=', upTo?.toISOString() ?? null))
    .$if(TO_BE_SENT.includes(status), (query) =>
      query.where(({ or, eb, not, exists, selectFrom }) =>
        or([
          eb('may_still_act', '=', 1),
          not(exists(selectFrom('pause').select('pause.id').where('paused_by', 'is not', null))),
        ]),
      ),
    )
    .$if(except.length > 0, (query) => query.where('request_id', 'not in', except));
}

export async function findDueChanges(
  db: Db,
  kind: DueKind,
  now: Date,
  limits: DueLimits,
): Promise<readonly Change[]> {
  const rows = await selectDueChanges(db, kind, now, limits).execute();
  return rows.map(fromChangeRow);
}
