import type { Transform } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Format } from './arguments.js';
import { COLUMNS, type Exported } from './columns.js';

/** A stage of a pipeline, from records to text. */
type Stage = Transform | ((records: AsyncIterable<Exported>) => AsyncIterable<string>);

/** A header, and nothing that a spreadsheet would calculate. */
export const CSV = { header: true, cast: { string: harmless } };

export const FORMATS: Record<Format, () => Stage> = {
  csv: () => stringify({ ...CSV, columns: [...COLUMNS] }),
  jsonl: () => toJsonLines,
};

async function* toJsonLines(records: AsyncIterable<Exported>): AsyncIterable<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

/** What a spreadsheet takes for a formula (OWASP, "CSV Injection"), also in full width or behind white space. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;
const PHONE_NUMBER = /^\+\d{1,15}$/;

/**
 * A chat's name is set by anyone in the chat, and a spreadsheet would calculate it: an apostrophe in front makes it
 * text. A bare phone number stays as it is, because a plus and digits calculate nothing, and a handle with something
 * in front of it would match no handle any more. JSON lines change nothing at all.
 */
export function harmless(value: string): string {
  return FORMULA.test(value) && !PHONE_NUMBER.test(value) ? `'${value}` : value;
}
