import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { HistoryKind, HistoryRecord, LatestQuery } from '../removal/history.js';
import { fromHistoryRow, selectRecords } from './history.js';
import type { Db, Tables } from './schema.js';
import { storable } from './storable.js';

/** What is no news any more once it is decided. */
const WAITING: readonly HistoryKind[] = [
  'approval-asked',
  'approval-given',
  'add-approval-asked',
  'add-approval-given',
];

type Narrow = (eb: ExpressionBuilder<Tables, 'history'>) => Expression<SqlBool>;

/**
 * The latest entries that fit, of each change the newest alone; what is not about a change counts by itself. Each way of
 * looking back walks its own index from the newest entry on and stops when it has enough, however much there is.
 */
export async function findLatest(db: Db, query: LatestQuery): Promise<readonly HistoryRecord[]> {
  const [first, ...others] = waysIn(query).map((narrow) => selectLatestIds(db, query, narrow));
  if (!first) return [];
  const ids = others.reduce((all, way) => all.unionAll(way), first);
  const order = orderOf(query);
  const rows = await selectRecords(db)
    .where('history.id', 'in', ids)
    .orderBy('history.at', order)
    .orderBy('history.id', order)
    .limit(query.limit)
    .execute();
  const records = rows.map(fromHistoryRow);
  return order === 'asc' ? records.reverse() : records;
}

/** A page of newer entries is found from its oldest one on. */
function orderOf({ beyond }: LatestQuery): 'asc' | 'desc' {
  return beyond?.order === 'newer' ? 'asc' : 'desc';
}

/** By the place in the order, not by counting: every page costs the same, however late. */
function isBeyond(beyond: NonNullable<LatestQuery['beyond']>): Expression<SqlBool> {
  const compared = beyond.order === 'newer' ? sql`>` : sql`<`;
  const place = sql`(${beyond.at.toISOString()}, ${beyond.id})`;
  return sql<boolean>`(history.at, history.id) ${compared} ${place}`;
}

/** A chat or a person narrows it down enough; what a person may see is found by asker and by conversation apart. */
function waysIn({ only, chatId, handles }: LatestQuery): readonly Narrow[] {
  const narrow: Narrow = (eb) =>
    eb.and([
      ...(chatId === null
        ? []
        : [eb(sql`lower(history.chat_id)`, '=', storable(chatId.toLowerCase(), 'id'))]),
      ...(handles === null ? [] : [isOneOf(eb, handles)]),
    ]);
  if (only === null) return [narrow];
  const byAsker: Narrow = (eb) => eb('history.requested_by', '=', only.requestedBy);
  const byPlace: Narrow = (eb) => eb('history.channel_id', '=', only.channelId);
  if (chatId === null && handles === null) return [byAsker, byPlace];
  return [(eb) => eb.and([narrow(eb), eb.or([byAsker(eb), byPlace(eb)])])];
}

function selectLatestIds(db: Db, query: LatestQuery, narrow: Narrow) {
  const { teamId, what, only, beyond, limit } = query;
  const order = orderOf(query);
  const latest = db
    .selectFrom('history')
    .select('history.id')
    .where('history.team_id', '=', teamId)
    // Written out, because an index holds the refused ones alone.
    .where('history.kind', what === 'refused' ? '=' : '!=', sql.lit('access-refused'))
    // Who looked for whom concerns those who see everything.
    .$if(only !== null, (narrowed) => narrowed.where('history.kind', '!=', sql.lit('looked-up')))
    .where(narrow)
    .where((eb) => (beyond ? isBeyond(beyond) : eb.and([])))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('history as newer')
            .select('newer.id')
            .whereRef('newer.change_id', '=', 'history.change_id')
            .whereRef('newer.id', '>', 'history.id'),
        ),
      ),
    )
    // Once it is decided, that it was waiting is no news.
    .where(({ not, and, exists, eb, selectFrom }) =>
      not(
        and([
          eb('history.kind', 'in', WAITING),
          exists(
            selectFrom('history as later')
              .select('later.id')
              .whereRef('later.request_id', '=', 'history.request_id')
              .whereRef('later.chat_id', '=', 'history.chat_id')
              .whereRef('later.id', '>', 'history.id')
              .where('later.kind', 'not in', WAITING),
          ),
        ]),
      ),
    )
    .orderBy('history.at', order)
    .orderBy('history.id', order)
    .limit(limit);
  // A limit inside of a union stands in a query of its own.
  return db.selectFrom(latest.as('latest')).select('latest.id');
}

const NUMBER = /^\+?\d+$/u;

/** Linq may have written a number with blanks, dots, hyphens or brackets in it. */
const BETWEEN_DIGITS = [' ', '-', '.', '(', ')'] as const;

/** As the index has it: without case, and without what may stand between digits. */
const bareHandle = BETWEEN_DIGITS.reduce<RawBuilder<string>>(
  (text, sign) => sql`replace(${text}, ${sql.lit(sign)}, '')`,
  sql`lower(history.handle)`,
);

function bare(handle: string): string {
  return BETWEEN_DIGITS.reduce((text, sign) => text.replaceAll(sign, ''), handle);
}

/** The index finds what could be meant; of an email every character counts. */
function isOneOf(eb: ExpressionBuilder<Tables, 'history'>, handles: readonly string[]): Expression<SqlBool> {
  const wanted = [...new Set(handles.map((handle) => storable(handle.toLowerCase(), 'handle')))];
  const numbers = wanted.filter((handle) => NUMBER.test(handle));
  const isIt = eb(sql`lower(history.handle)`, 'in', wanted);
  return eb.and([
    eb(bareHandle, 'in', wanted.map(bare)),
    numbers.length > 0 ? eb.or([isIt, eb(bareHandle, 'in', numbers)]) : isIt,
  ]);
}
