import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Person } from '../../simulator/slack/person.js';
import { readEraseArguments } from '../../src/erase/arguments.js';
import { personOf } from '../../src/erase/person.js';
import { reportOf } from '../../src/erase/report.js';
import { openDatabase } from '../../src/store/database.js';
import { erasePerson } from '../../src/store/erase/erase.js';
import { readDatabaseUrl } from '../../src/store/location.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, CHAT_ID, ENGINES, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
let bob: Person;
afterEach(() => stage.stop());

/** What the command does, without a process of its own. */
async function erases(...args: readonly string[]): Promise<string> {
  const options = readEraseArguments(args);
  if (!options) throw new Error('help was asked for');
  const { engine } = readDatabaseUrl(stage.databaseUrl);
  const db = await openDatabase(stage.databaseUrl, { poolSize: 1 });
  const { dryRun } = options;
  const erased = await erasePerson(db, personOf(options.handles, 'US'), {
    engine,
    now: stage.clock.now(),
    dryRun,
  });
  await db.destroy();
  return reportOf(erased, options).join('\n');
}

/** The command in a process of its own, as an operator runs it beside the app. */
async function runsErase(...args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: stage.databaseUrl };
  const flags = ['--import', 'tsx', 'src/erase.ts', ...args];
  const child = spawn(process.execPath, flags, { cwd: join(__dirname, '../..'), env });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(String(data)));
  const [code] = await once(child, 'close');
  return { code, said: said.join('') };
}

/** Every row of every table as text, whatever tables there are. */
async function everything(): Promise<string> {
  const db = await openDatabase(stage.databaseUrl);
  const tables = (await db.introspection.getTables()).map(({ name }) => name);
  const rows = await Promise.all(
    tables.map(async (table) => (await sql`select * from ${sql.table(table)}`.execute(db)).rows),
  );
  await db.destroy();
  return JSON.stringify(rows);
}

const tracesOfPat = (text: string) => text.match(/205[^0-9a-z]{0,3}249[^0-9a-z]{0,3}9136|9136 left/giu) ?? [];

async function setUp(engine: (typeof ENGINES)[number], env: Record<string, string> = {}): Promise<void> {
  stage = await setStage({ engine, env: { AUDIT_CHANNEL: 'C0NOWHERE', ...env } });
  bob = stage.slack.person('bob');
  stage.support.members.add(bob.id);
}

/** From the command to the proof, with a reason. */
async function removes(person: Person, handle: string, reason: string): Promise<void> {
  await person.runs(`/linq-remove ${CHAT_ID} ${handle}`);
  await person.seesModal(/Review removal/);
  person.fills({ Reason: reason });
  await person.submits();
  await stage.ledger.until(() => stage.linq.deletes.some((sent) => sent.handle === handle), 'the DELETE');
  await stage.app.idle();
  stage.linq.settles();
  await stage.passes(minutes(1));
  await stage.passes(seconds(2));
}

describe.each(ENGINES)('npm run erase, on %s', (engine) => {
  it('removes a person from every table, however they are written, and keeps the facts', async () => {
    await setUp(engine, { HISTORY_VIEWERS: 'U0ALICE' });
    await removes(stage.alice, PAT, 'pat left the company');
    await removes(bob, 'sam@example.com', 'reports to (205) 249-9136');
    const before = await everything();
    expect(tracesOfPat(before).length).toBeGreaterThan(5);

    const dry = await erases('--handle', '(205) 249-9136', '--dry-run');
    expect(dry).toMatch(/^Would be erased from:\n {2}1 request about them\n/);
    expect(dry).toMatch(/Nothing was changed: this was a dry run\./);
    expect(await everything()).toBe(before);

    const said = await erases('--handle', '1-205-249-9136');
    expect(said).toMatch(/^Erased from:\n {2}1 request about them\n/);
    expect(said).toMatch(/Not reached: backups of the database, exports, and messages in Slack\./);
    expect(said).not.toMatch(/9136/);
    const after = await everything();
    expect(tracesOfPat(after)).toEqual([]);
    expect(after).not.toMatch(/left the company/);
    expect(after).toMatch(/sam@example\.com/);
    await stage.alice.runs('/linq-remove history');
    await stage.alice.seesModal(/Removed \| a person no longer named \| the chat …0000/);
    await stage.alice.seesModal(/Removed \| sam@example\.com \| “Launch crew”/);
    expect(await erases('--handle', PAT)).toBe('Nothing in the store is about this person or names them.');
  });

  it('names what is still open, leaves it as it is, and finishes once it has ended', async () => {
    await setUp(engine, { APPROVAL: 'always', APPROVERS: 'U0BOB' });
    await approves(stage.alice);
    await stage.app.idle();
    await stage.passes(seconds(2));
    const said = await erases('--handle', PAT);
    expect(said).toMatch(
      /Left, because they are open.*\n {2}request \S+, asked for by U0ALICE at 2026-06-01T10:00:.*: waits for approval/,
    );
    await bob.presses('Review');
    await bob.seesModal(/\+12052499136/);
    await bob.submits();
    await stage.app.idle();
    expect(await erases('--handle', PAT)).toMatch(/: is under way at Linq/);
    stage.linq.settles();
    await stage.passes(minutes(1));
    await stage.passes(seconds(2));
    await stage.alice.sees(/Removed/);
    expect(await erases('--handle', PAT)).toMatch(/1 question to approvers/);
    expect(tracesOfPat(await everything())).toEqual([]);
    // Nobody can be added back who is not known any more.
    await stage.alice.presses('Add back…');
    await stage.alice.seesModal(/There is nobody to add back here any more/);
  });

  it('erases who was refused, and an email in any case', async () => {
    await setUp(engine, { ALLOWED_USERS: 'U0ALICE', ALLOW_EVERYONE: '' });
    await bob.runs(`/linq-remove ${CHAT_ID} sam@example.com`);
    await stage.app.idle();
    expect(await everything()).toMatch(/sam@example\.com/);
    expect(await erases('--handle', ' SAM@Example.com ')).toMatch(/1 entry of the history/);
    expect(await everything()).not.toMatch(/sam@example/i);
    expect(await everything()).toMatch(/access-refused/);
  });
});

it('runs as a process of its own, and leaves no trace in the file of SQLite', async () => {
  await setUp('sqlite');
  await removes(stage.alice, PAT, 'pat left the company');
  await stage.app.stop();
  const { code, said } = await runsErase('--handle', PAT);
  expect(said).toMatch(/^Erased from:/);
  expect(said).not.toMatch(/old copies/);
  expect(code).toBe(0);
  const file = readFileSync(stage.databaseUrl.replace('file:', '')).toString('latin1');
  expect(file.match(/2052499136|205 249 9136|left the company/g) ?? []).toEqual([]);
  await stage.restarts();
}, 60_000);
