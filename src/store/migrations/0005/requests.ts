import { type Kysely, sql } from 'kysely';

/**
 * The view was the key. From now on the key is the view and what was submitted in it; an old one stays as it is, which
 * no new one can be. Slack's user ids are letters and digits, so that quotes alone make JSON of one.
 */
export async function carryOverRequests(db: Kysely<unknown>): Promise<void> {
  const change = () => db.schema.alterTable('requests');
  await change().renameColumn('view_id', 'submission_key').execute();
  await change()
    .addColumn('view_id', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await change().addColumn('thread_ts', 'text').execute();
  await change()
    .addColumn('undoes', 'text', (column) => column.references('requests.id'))
    .execute();
  await sql`
    update requests set view_id = submission_key,
      approved_by = case when approved_by is null then '[]' else '["' || approved_by || '"]' end
  `.execute(db);
  const index = (name: string) => db.schema.createIndex(name).on('requests');
  await index('requests_view').columns(['view_id']).execute();
  await index('requests_undoing').columns(['undoes']).where(sql.ref('undoes'), 'is not', null).execute();
}
