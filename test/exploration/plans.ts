import Sqlite from 'libsql';
import pg from 'pg';
import type { Engine } from '../support/stage.js';

/** A look into the store of a story from outside: when the app planned to do something next. */
export interface Plans {
  /** The earliest plan there is, in milliseconds; null when there is none. What has no time of its own is planned at 0. */
  next(): Promise<number | null>;
  close(): Promise<void>;
}

/** While sending is paused, what waits to be sent has no plan: a look each second for three days would find nothing. */
const NEXT = `
  select min(at) as at from (
    select case status when 'approved' then '1970-01-01T00:00:00.000Z' else due_at end as at
      from changes where (due_at is not null or status = 'approved')
        and (may_still_act = 1 or status not in ('approved', 'waiting')
          or not exists (select 1 from pause where paused_by is not null))
    union all select due_at from deliveries where due_at is not null
    union all select expires_at from proposals where status = 'pending'
    union all select remind_at from proposals where status = 'pending' and remind_at is not null
  ) as plans`;

interface Row {
  readonly at: string | null;
}

const toMs = (row: Row | undefined) => (row?.at ? Date.parse(row.at) : null);

export const OPEN_PLANS: Record<Engine, (url: string) => Promise<Plans>> = {
  async sqlite(url) {
    const database = new Sqlite(url.replace(/^file:/u, ''));
    const statement = database.prepare(NEXT);
    return {
      // A reader in WAL mode waits for nobody.
      next: async () => toMs(statement.all()[0] as Row | undefined),
      close: async () => void database.close(),
    };
  },
  async postgres(url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return {
      next: async () => toMs((await client.query<Row>(NEXT)).rows[0]),
      close: () => client.end(),
    };
  },
};
