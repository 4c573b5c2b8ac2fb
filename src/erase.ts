import { existsSync } from 'node:fs';
import { loadStoreSettings } from './config/config.js';
import { readEnvironmentFile } from './config/environment.js';
import { ConfigError } from './config/problems.js';
import { readEraseArguments, USAGE } from './erase/arguments.js';
import { personOf } from './erase/person.js';
import { reportOf } from './erase/report.js';
import { ArgumentError } from './export/arguments.js';
import { openDatabase, StoreOpenError } from './store/database.js';
import { erasePerson, TakenUpAgain } from './store/erase/erase.js';
import { readDatabaseUrl } from './store/location.js';

/*
 * Erases one person from the store. A process of its own beside the running application; `npm run erase` runs it from
 * source, `node dist/erase.js` where it was built.
 */

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

async function main(): Promise<void> {
  const options = readEraseArguments(process.argv.slice(2));
  if (!options) return void process.stdout.write(USAGE);
  readEnvironmentFile();
  const { databaseUrl, defaultCountry } = loadStoreSettings(process.env);
  const person = personOf(options.handles, defaultCountry);
  const { engine, target, shown } = readDatabaseUrl(databaseUrl);
  // Opening would make one: a wrong path should be noticed, and nothing be left behind by looking.
  if (engine === 'sqlite' && !existsSync(target)) {
    say(`There is no store at ${shown}, so there is nothing to erase. DATABASE_URL says where it is.`);
    process.exitCode = 1;
    return;
  }
  const db = await openDatabase(databaseUrl, { poolSize: 1 });
  try {
    const erased = await erasePerson(db, person, { engine, now: new Date(), dryRun: options.dryRun });
    process.stdout.write(`${reportOf(erased, options).join('\n')}\n`);
  } finally {
    await db.destroy();
  }
}

/** 2: the command line cannot be followed; 1: it could not be carried out. */
function end(error: unknown): void {
  process.exitCode = error instanceof ArgumentError ? 2 : 1;
  if (error instanceof ArgumentError)
    say(`${error.message}\nTo see what can be written: npm run erase -- --help`);
  else say(whyNot(error));
}

function whyNot(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreOpenError) return error.message;
  if (error instanceof TakenUpAgain) return `${error.message}. Nothing was erased; please run this again.`;
  return `Nothing was erased: ${error instanceof Error ? error.message : String(error)}`;
}

main().catch(end);
