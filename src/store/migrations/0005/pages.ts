/** So many rows at once: far within what both engines bind in one statement, and little memory. */
export const PAGE = 200;

/** Reads a table page by page in the order of a text key, and carries each page over. */
export async function inPages<Row>(
  read: (after: string) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  carry: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await read(after);
    if (rows.length > 0) await carry(rows);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = keyOf(last);
  }
}
