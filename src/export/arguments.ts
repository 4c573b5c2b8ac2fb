import { parseArgs } from 'node:util';

export type Format = 'csv' | 'jsonl';

export interface ExportOptions {
  readonly format: Format;
  /** From this moment on. */
  readonly since: Date | null;
  /** Up to this moment, which is not included. */
  readonly until: Date | null;
  /** A file instead of standard output. */
  readonly output: string | null;
}

/** The command line cannot be followed. The message says why; it is fit for a person. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

export const USAGE = `Writes the history of removals to standard output, oldest first.

  npm run --silent export -- --format csv --since 2026-01-01 > history.csv
  npm run export -- --format jsonl --output history.jsonl

  --format csv|jsonl   one line a record; csv (the default) for spreadsheets, jsonl for programs
  --since DATE         from this day or moment on: 2026-01-01, or 2026-01-01T09:30:00Z
  --until DATE         up to this day or moment, which is not included
  --output FILE        write a new file, private to its owner, instead of standard output
  --help               this text

Days begin at midnight UTC. The store is the one that DATABASE_URL names.
`;

/** Reads the arguments after the command; null when help is asked for. Throws `ArgumentError`. */
export function readArguments(args: readonly string[]): ExportOptions | null {
  const { format, since, until, output, help } = parse(args);
  if (help) return null;
  if (format !== 'csv' && format !== 'jsonl') {
    throw new ArgumentError(`--format is csv or jsonl, not “${format}”.`);
  }
  const from = readDate('--since', since);
  const to = readDate('--until', until);
  if (from && to && from >= to) throw new ArgumentError('--until must be later than --since.');
  if (output === '') throw new ArgumentError('--output needs the name of a file.');
  return { format, since: from, until: to, output: output ?? null };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        format: { type: 'string', default: 'csv' },
        since: { type: 'string' },
        until: { type: 'string' },
        output: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new ArgumentError(firstSentence(messageOf(error)));
  }
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}

/** Node's message goes on with advice for programmers. */
function firstSentence(message: string): string {
  return `${message.split(/\. |\.$|\n/, 1)[0]}.`;
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function readDate(option: string, written: string | undefined): Date | null {
  if (written === undefined) return null;
  const date = new Date(written);
  const exists = DATE.test(written) && !Number.isNaN(date.getTime()) && isOnCalendar(written);
  if (exists) return date;
  throw new ArgumentError(`${option} is a date like 2026-01-01 or 2026-01-01T09:30:00Z, not “${written}”.`);
}

/** `Date` turns 30 February into 2 March. */
function isOnCalendar(written: string): boolean {
  const day = written.slice(0, 10);
  return new Date(day).toISOString().startsWith(day);
}
