import { sql } from 'kysely';
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
  readonly after?: Moment;
  readonly upTo?: Moment;
}

type Moment = ':now' | ':farthest';

const SPANS: Record<DueKind, readonly Span[]> = {
  // What is approved has no later plan than its approval: whatever is planned, it is due.
  sends: [
    { status: 'approved' },
    { status: 'waiting', upTo: ':now' },
    { status: 'sending', upTo: ':now' },
    { status: 'sending', after: ':farthest' },
  ],
  proofs: [
    { status: 'unsure', upTo: ':now' },
    { status: 'unsure', after: ':farthest' },
    { status: 'queued', upTo: ':now' },
    { status: 'queued', after: ':farthest' },
    { status: 'refused', upTo: ':now' },
    { status: 'unconfirmed', upTo: ':now' },
  ],
};

/**
 * The query of the loop. Each span is one look into an index that holds only what has a plan, so that finished requests
 * cost nothing, however many there are. Names stand for its values: the loop asks at every turn, and to build
 * the statement takes four times as long as to run it.
 */
function selectDueChanges(db: Db, kind: DueKind, exceptions: number) {
  const except = Array.from({ length: exceptions }, (_, index) => `:except${index}`);
  const [first, ...others] = SPANS[kind].map((span) => selectSpan(db, span, except));
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
    .where('ranked.place', '<=', sql<number>`${':perRequest'}`)
    .orderBy('ranked.due_at')
    .orderBy('ranked.id')
    .limit(sql<number>`${':limit'}`);
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
    .$if(after !== undefined, (query) => query.where('due_at', '>', after ?? null))
    .$if(upTo !== undefined, (query) => query.where('due_at', '<=', upTo ?? null))
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

type DueQuery = ReturnType<ReturnType<typeof selectDueChanges>['compile']>;

export interface DueChanges {
  find(kind: DueKind, now: Date, limits: DueLimits): Promise<readonly Change[]>;
  /** The query of `find`, for a look at its plan. */
  query(kind: DueKind, now: Date, limits: DueLimits): DueQuery;
}

export function createDueChanges(db: Db): DueChanges {
  /** Of each kind, the statement for each number of exceptions: some twenty at most. */
  const built = new Map<string, DueQuery>();

  function statement(kind: DueKind, exceptions: number): DueQuery {
    const key = `${kind} ${exceptions}`;
    const known = built.get(key) ?? selectDueChanges(db, kind, exceptions).compile();
    built.set(key, known);
    return known;
  }

  function query(kind: DueKind, now: Date, { limit, perRequest, except }: DueLimits): DueQuery {
    const values: Record<string, unknown> = {
      ':now': now.toISOString(),
      ':farthest': later(now, FARTHEST_MS).toISOString(),
      ':perRequest': perRequest,
      ':limit': limit,
      ...Object.fromEntries(except.map((id, index) => [`:except${index}`, id])),
    };
    const bind = (parameter: unknown) => values[String(parameter)] ?? parameter;
    const known = statement(kind, except.length);
    return { ...known, parameters: known.parameters.map(bind) };
  }

  return {
    query,
    async find(kind, now, limits) {
      const { rows } = await db.executeQuery(query(kind, now, limits));
      return rows.map(fromChangeRow);
    },
  };
}
