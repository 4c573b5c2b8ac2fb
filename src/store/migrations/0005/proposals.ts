import type { Kysely } from 'kysely';
import { inPages, PAGE } from './pages.js';
import type { OldTables, ProposalRow } from './rows.js';

/** One person and some chats become a list of what is wanted. */
export async function carryOverProposals(untyped: Kysely<unknown>): Promise<void> {
  await untyped.schema
    .alterTable('proposals')
    .addColumn('wanted', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  const db = untyped.withTables<OldTables>();
  await inPages(
    (after) =>
      db
        .selectFrom('proposals')
        .select(['request_id', 'handle', 'chats'])
        .where('request_id', '>', after)
        .orderBy('request_id')
        .limit(PAGE)
        .execute(),
    ({ request_id }) => request_id,
    async (proposals) => {
      for (const proposal of proposals) {
        await db
          .updateTable('proposals')
          .set({ wanted: wantedOf(proposal) })
          .where('request_id', '=', proposal.request_id)
          .execute();
      }
    },
  );
  for (const column of ['handle', 'chats']) {
    await untyped.schema.alterTable('proposals').dropColumn(column).execute();
  }
}

/** A chat had a name where the review could read it, and only chats that showed the person were offered then. */
function wantedOf({ handle, chats }: Pick<ProposalRow, 'handle' | 'chats'>): string {
  const read = JSON.parse(chats) as { chatId: string; chatName: string | null }[];
  return JSON.stringify(
    read.map(({ chatId, chatName }) => ({
      chatId,
      chatName,
      handle,
      direction: 'remove',
      wasSeen: chatName !== null,
      undoes: null,
    })),
  );
}
