import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { ArgumentError, readArguments } from '../src/export/arguments.js';
import { COLUMNS, toExported } from '../src/export/columns.js';
import { harmless } from '../src/export/formats.js';
import type { HistoryRecord } from '../src/removal/history.js';
import { openDatabase } from '../src/store/database.js';

const ROOT = join(__dirname, '..');
const FEW_MB = 64;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
  path = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly at?: string;
  readonly chatName?: string;
  readonly handle?: string;
}

/** A store with so many records, one a second. */
async function fill(count: number, row: (index: number) => Row = () => ({})) {
  await (await openDatabase(`file:${path}`)).destroy();
  const db = new Sqlite(path);
  const insert = db.prepare(
    `insert into history (at, kind, team_id, requested_by, chat_name, handle, note, shown)
     values (@at, 'removed', 'T0LINQ', 'U0ALICE', @chatName, @handle, 'left the company', @shown)`,
  );
  const start = Date.parse('2026-01-01T00:00:00Z');
  db.transaction(() => {
    for (let index = 0; index < count; index++) {
      const at = new Date(start + index * 1_000).toISOString();
      const shown = 'Review removal '.repeat(20);
      insert.run({ at, chatName: 'Launch crew', handle: '+12052499136', shown, ...row(index) });
    }
  })();
  db.close();
}

/** The real command in a process of its own, with little memory. `stopAfter` bytes its reader goes away. */
async function run(
  args: readonly string[],
  { url = `file:${path}`, stopAfter = Number.POSITIVE_INFINITY } = {},
) {
  const flags = [`--max-old-space-size=${FEW_MB}`, '--import', 'tsx', 'src/export.ts', ...args];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: url };
  const child = spawn(process.execPath, flags, { cwd: ROOT, env });
  const said: string[] = [];
  const data: Buffer[] = [];
  let bytes = 0;
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    data.push(chunk);
    if (bytes > stopAfter) child.stdout.destroy();
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, data: Buffer.concat(data).toString(), said: said.join('') };
}

describe('npm run export', () => {
  it('writes 100,000 records in little memory, with its progress beside them', async () => {
    await fill(100_000);
    const { code, data, said } = await run(['--format', 'csv', '--since', '2026-01-01']);
    expect(code).toBe(0);
    const lines = data.trimEnd().split('\n');
    expect(lines).toHaveLength(100_001);
    expect(lines[0]).toBe(COLUMNS.join(','));
    expect(new Set(lines).size).toBe(100_001);
    expect(said).toMatch(/^10,000 records …\n20,000 records …\n[\s\S]*100,000 records written\.\n$/);
  }, 60_000);

  it('writes one JSON value a line, between two moments', async () => {
    await fill(10, (index) => ({ handle: `+1202555010${index}` }));
    const from = '2026-01-01T00:00:03Z';
    const { code, data } = await run([
      '--format',
      'jsonl',
      '--since',
      from,
      '--until',
      '2026-01-01T00:00:05Z',
    ]);
    expect(code).toBe(0);
    const records = data
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(records).toMatchObject([
      { at: '2026-01-01T00:00:03.000Z', what: 'removed', handle: '+12025550103', reason: 'left the company' },
      { at: '2026-01-01T00:00:04.000Z', handle: '+12025550104' },
    ]);
    expect(Object.keys(records[0] as object)).toEqual(COLUMNS);
  });

  it('keeps a spreadsheet from calculating a chat’s name', async () => {
    const chatName = '=HYPERLINK("https://evil.example","Click")';
    await fill(1, () => ({ chatName }));
    const csv = (await run(['--format', 'csv'])).data;
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"",""Click"")",+12052499136,`);
    const jsonl = (await run(['--format', 'jsonl'])).data;
    expect(JSON.parse(jsonl)).toMatchObject({ chat_name: chatName });
  });

  it('ends quietly when its reader has seen enough', async () => {
    await fill(20_000);
    const { code, said } = await run([], { stopAfter: 1_000 });
    expect(code).toBe(0);
    expect(said).not.toMatch(/EPIPE|broke off/);
  });

  it('writes a new file for its owner alone, and never over another', async () => {
    await fill(2);
    const output = join(folder, 'history.csv');
    const first = await run(['--output', output]);
    expect(first).toMatchObject({ code: 0, data: '' });
    expect(first.said).toMatch(/2 records written to/);
    expect(readFileSync(output, 'utf8').split('\n')).toHaveLength(4);
    expect(statSync(output).mode & 0o777).toBe(0o600);
    expect(await run(['--output', output])).toMatchObject({ code: 1, said: expect.stringMatching(/exists/) });
  });

  it('says so when there is no store, and makes none', async () => {
    const { code, data, said } = await run([]);
    expect([code, data]).toEqual([0, `${COLUMNS.join(',')}\n`]);
    expect(said).toMatch(/There is no store at .*store\.db[\s\S]*0 records written/);
    expect(() => statSync(path)).toThrow(/ENOENT/);
  });

  it('says what is wrong with a store, and with the command line', async () => {
    expect(await run([], { url: 'mysql://db/linq' })).toMatchObject({
      code: 1,
      data: '',
      said: expect.stringMatching(/DATABASE_URL cannot be used/),
    });
    expect(await run(['--format', 'xlsx'])).toMatchObject({
      code: 2,
      data: '',
      said: expect.stringMatching(/^--format is csv or jsonl, not “xlsx”\./),
    });
  });

  it('explains itself', async () => {
    expect(await run(['--help'])).toMatchObject({
      code: 0,
      data: expect.stringMatching(/--since DATE/),
      said: '',
    });
  });
});

describe('The arguments of an export', () => {
  it('are CSV of everything when there are none', () => {
    expect(readArguments([])).toEqual({ format: 'csv', since: null, until: null, output: null });
  });

  it('take a day, or a moment with its zone', () => {
    expect(readArguments(['--since=2026-01-01', '--until', '2026-02-01T09:30:00+01:00'])).toMatchObject({
      since: new Date('2026-01-01T00:00:00Z'),
      until: new Date('2026-02-01T08:30:00Z'),
    });
  });

  it.each([
    [['--format', 'xml'], '--format is csv or jsonl'],
    [['--since', 'yesterday'], '--since is a date like 2026-01-01'],
    [['--since', '2026-02-30'], 'not “2026-02-30”'],
    [['--since', '2026-01-01T09:30:00'], '--since is a date'],
    [['--until', '01/02/2026'], '--until is a date'],
    [['--since', '2026-02-01', '--until', '2026-02-01'], '--until must be later'],
    [['--since'], "'--since <value>' argument missing"],
    [['--verbose'], "Unknown option '--verbose'."],
    [['history.csv'], "Unexpected argument 'history.csv'."],
    [['--output='], '--output needs the name'],
  ])('%j are refused with a reason', (args, reason) => {
    expect(() => readArguments(args)).toThrow(ArgumentError);
    expect(() => readArguments(args)).toThrow(reason);
  });
});

describe('A cell of a spreadsheet', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '＝1',
    '+12025550143, +12025550144',
    '=a@example.com',
  ])('that would be calculated, like “%s”, becomes text', (value) =>
    expect(harmless(value)).toBe(`'${value}`),
  );

  it.each(['+12052499136', 'pat@example.com', 'Launch crew', '2026-01-01', '', "it's", 'a=b'])(
    'like “%s” stays as it is',
    (value) => expect(harmless(value)).toBe(value),
  );
});

it('Every column of an export is filled, in the order of its header', () => {
  const record: HistoryRecord = {
    id: 1,
    at: new Date('2026-01-01T00:00:00Z'),
    kind: 'approved',
    requestId: 'request',
    changeId: 'removal',
    teamId: 'T0LINQ',
    channelId: 'C0SUPPORT',
    requestedBy: 'U0ALICE',
    decidedBy: 'U0BOB',
    chatId: 'chat',
    chatName: 'Launch crew',
    handle: '+12052499136',
    reason: 'stopped',
    note: 'left',
    shown: 'Review',
    traceId: '9f1c',
    clearedAt: new Date('2027-01-01T00:00:00Z'),
    place: { channel: 'C0SUPPORT', ts: '1.2' },
  };
  expect(Object.keys(toExported(record))).toEqual(COLUMNS);
  expect(Object.values(toExported(record))).not.toContain(null);
});
