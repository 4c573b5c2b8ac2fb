import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { History, HistoryRecord } from '../removal/history.js';
import type { ExportOptions } from './arguments.js';
import { type Exported, toExported } from './columns.js';
import { FORMATS } from './formats.js';

const PAGE = 500;
const PROGRESS_EVERY = 10_000;

/**
 * Writes the records asked for, oldest first, and answers with how many. Page by page and never faster than they are
 * taken, so it needs the same memory for ten records as for ten million. `destination` is ended unless `end` is false.
 */
export async function writeHistory(
  history: Pick<History, 'page'>,
  options: Omit<ExportOptions, 'output'>,
  destination: Writable,
  onProgress: (count: number) => void,
  { end = true }: { readonly end?: boolean } = {},
): Promise<number> {
  let count = 0;
  async function* records(): AsyncIterable<Exported> {
    for await (const record of read(history, options)) {
      yield toExported(record);
      count += 1;
      if (count % PROGRESS_EVERY === 0) onProgress(count);
    }
  }
  await pipeline(records(), FORMATS[options.format](), destination, { end });
  return count;
}

async function* read(
  history: Pick<History, 'page'>,
  { since, until }: Pick<ExportOptions, 'since' | 'until'>,
): AsyncIterable<HistoryRecord> {
  let after: HistoryRecord | null = null;
  for (;;) {
    const page: readonly HistoryRecord[] = await history.page({ since, until, after, limit: PAGE });
    yield* page;
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}
