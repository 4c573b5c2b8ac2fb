import { createWriteStream, existsSync } from 'node:fs';
import { loadStoreSettings } from './config/config.js';
import { readEnvironmentFile } from './config/environment.js';
import { ConfigError } from './config/problems.js';
import { ArgumentError, type ExportOptions, readArguments, USAGE } from './export/arguments.js';
import { writeHistory } from './export/write.js';
import type { History } from './removal/history.js';
import { openDatabase, StoreOpenError } from './store/database.js';
import { createHistory } from './store/history-store.js';
import { readDatabaseUrl } from './store/location.js';

/*
 * The history as a file: data on standard output, words about it on standard error. A process of its own beside the
 * running application; `npm run export` runs it from source, `node dist/export.js` where it was built.
 */

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
const counted = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'record' : 'records'}`;

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (!options) return void process.stdout.write(USAGE);
  readEnvironmentFile();
  const { databaseUrl: url } = loadStoreSettings(process.env);
  const { engine, target, shown } = readDatabaseUrl(url);
  // Opening would make one: a wrong path should be noticed, and nothing be left behind by looking.
  if (engine === 'sqlite' && !existsSync(target)) {
    say(`There is no store at ${shown}, so there is nothing to export. DATABASE_URL says where it is.`);
    return write({ page: async () => [] }, options);
  }
  const db = await openDatabase(url, { poolSize: 1 });
  try {
    await write(createHistory(db), options);
  } finally {
    await db.destroy();
  }
}

async function write(history: Pick<History, 'page'>, options: ExportOptions): Promise<void> {
  const { output } = options;
  const progress = (count: number) => say(`${counted(count)} …`);
  const count =
    output === null
      ? await writeHistory(history, options, process.stdout, progress, { end: false })
      : await writeHistory(
          history,
          options,
          createWriteStream(output, { flags: 'wx', mode: 0o600 }),
          progress,
        );
  say(`${counted(count)} written${output === null ? '' : ` to ${output}`}.`);
}

/** 2: the command line cannot be followed; 1: it could not be carried out. A reader who has seen enough is no failure. */
function end(error: unknown): void {
  if (isSystemError(error) && error.code === 'EPIPE') return;
  process.exitCode = error instanceof ArgumentError ? 2 : 1;
  if (error instanceof ArgumentError)
    say(`${error.message}\nTo see what can be written: npm run export -- --help`);
  else say(whyNot(error));
}

function whyNot(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreOpenError) return error.message;
  if (isSystemError(error) && error.code === 'EEXIST') return 'The file of --output exists. Name a new one.';
  return `The export broke off and is not complete: ${error instanceof Error ? error.message : String(error)}`;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

main().catch(end);
