import { parseArgs } from 'node:util';
import { ArgumentError } from '../export/arguments.js';

export interface EraseOptions {
  /** As typed: a person may have a number and an email. */
  readonly handles: readonly string[];
  /** Only say what would be erased. */
  readonly dryRun: boolean;
}

export const USAGE = `Removes one person's handle, name and reasons from every table, and keeps the facts: that something was asked,
decided and done, when, in which chat and by whom.

  npm run erase -- --handle +12052499136 --dry-run
  npm run erase -- --handle +12052499136 --handle pat@example.com

  --handle TEXT   a phone number or an email, in any spelling; once more for each that the person has
  --dry-run       say what would be erased, and change nothing
  --help          this text

Numbers without a country code are read in DEFAULT_COUNTRY. Requests about the person that are still open are named and
left: run it again once they have ended. The store is the one that DATABASE_URL names; the app may go on running.
`;

/** Reads the arguments after the command; null when help is asked for. Throws `ArgumentError`. */
export function readEraseArguments(args: readonly string[]): EraseOptions | null {
  const { handle = [], 'dry-run': dryRun, help } = parse(args);
  if (help) return null;
  const handles = handle.map((text) => text.trim());
  if (handles.length === 0 || handles.includes(''))
    throw new ArgumentError('--handle needs a phone number or an email.');
  return { handles, dryRun };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        handle: { type: 'string', multiple: true },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new ArgumentError(firstSentence(error));
  }
}

/** Node's message goes on with advice for programmers. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(/\. |\.$|\n/, 1)[0]}.`;
}
