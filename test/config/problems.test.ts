import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, SECRETS } from '../../src/config/config.js';
import { readEnvironmentFile } from '../../src/config/environment.js';
import { ConfigError } from '../../src/config/problems.js';

const secrets: Record<string, string> = {
  SLACK_BOT_TOKEN: 'xoxb-1-a',
  SLACK_APP_TOKEN: 'xapp-1-a',
  LINQ_API_V3_API_KEY: 'linq-key',
};
const good: Record<string, string> = { ...secrets, ALLOW_EVERYONE: 'true' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function complaintOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing to complain about');
}

const complaintAbout = (changes: Record<string, string>) =>
  complaintOf(() => loadConfig({ ...good, ...changes }));

describe('A value that could never work is refused at the start, by name and without itself:', () => {
  it.each([
    ['double quotes around a token', 'SLACK_BOT_TOKEN', '"xoxb-1-a"', 'has quotes around it'],
    ['single quotes around a key', 'LINQ_API_V3_API_KEY', "'linq-key'", 'has quotes around it'],
    ['typographic quotes around a key', 'LINQ_API_V3_API_KEY', '“linq-key”', 'has quotes around it'],
    ['quotes around an address', 'HOST', '"0.0.0.0"', 'has quotes around it'],
    ['an ellipsis in a token', 'SLACK_BOT_TOKEN', 'xoxb-12…9f', 'has an ellipsis in it'],
    ['three dots in a key', 'LINQ_API_V3_API_KEY', 'linq...key', 'has an ellipsis in it'],
    ['a line break in a key', 'LINQ_API_V3_API_KEY', 'linq-\nkey', 'has a line break or a blank in it'],
    ['a blank in a secret', 'SLACK_SIGNING_SECRET', '0123 abcd', 'has a line break or a blank in it'],
    [
      'a letter that no header carries',
      'LINQ_API_V3_API_KEY',
      'linq–key',
      'has a character in it that no request',
    ],
    [
      'an invisible mark in a token',
      'SLACK_APP_TOKEN',
      'xapp-1\u200b-a',
      'has a character in it that no request',
    ],
    ['a list of commas', 'ALLOWED_USERS', ',,', 'cannot be used. It should be IDs of users'],
  ])('%s', (_what, name, value, words) => {
    const complaint = complaintAbout({ [name]: value });
    expect(complaint).toContain(`  ${name} ${words}`);
    expect(complaint.split('\n')).toHaveLength(4);
    expect(complaint).not.toContain(value);
  });

  it.each(['@', '/', '#', '?', '%'])('%s unescaped in the password of DATABASE_URL', (character) => {
    for (const password of [`pa${character}ss`, `12${character}x4`, `${character}word`]) {
      const complaint = complaintAbout({ DATABASE_URL: `postgres://linq:${password}@db.example.com/linq` });
      expect(complaint).toMatch(/DATABASE_URL has a character in its user or password .*%40.*PGPASSWORD/);
      expect(complaint).not.toMatch(/db\.example|pa.ss|12.x4|word@/);
    }
  });

  it.each([
    'postgres://linq@db/linq',
    'postgres://linq:p%40ss%2F%23%3F%25@db:5432/linq?sslmode=verify-full&sslrootcert=/etc/ca.pem',
    'postgres://linq:pw@[::1]/linq?application_name=a@b',
    'postgres:///linq?host=/run/postgresql',
    'file:my folder/späte…daten/x#1?.db',
  ])('not a good DATABASE_URL, though: %s', (DATABASE_URL) => {
    expect(loadConfig({ ...good, DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
  });

  it('several at once, each on a line of its own', () => {
    const complaint = complaintAbout({ SLACK_BOT_TOKEN: '"x"', LINQ_API_V3_API_KEY: 'a…b', PORT: 'x' });
    expect(complaint.split('\n').filter((line) => line.startsWith('  '))).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN has quotes'),
      expect.stringContaining('LINQ_API_V3_API_KEY has an ellipsis'),
      expect.stringContaining('PORT cannot be used'),
    ]);
  });
});

describe('A secret in a file', () => {
  it('is read for each of them, without the line break at its end', () => {
    const values: Record<string, string> = {
      ...secrets,
      SLACK_SIGNING_SECRET: '0123abcd',
      LINQ_WEBHOOK_SECRET: 'whsec_YQ==',
      DATABASE_URL: 'postgres://linq:pw@db/linq',
    };
    const files = SECRETS.map((name) => [`${name}_FILE`, written(name, `${values[name]}\n`)]);
    expect(loadConfig({ ...Object.fromEntries(files), ALLOW_EVERYONE: 'true' })).toEqual(
      loadConfig({ ...values, ALLOW_EVERYONE: 'true' }),
    );
    expect([...SECRETS].sort()).toEqual(Object.keys(values).sort());
  });

  it('is ambiguous beside the variable itself', () => {
    const complaint = complaintAbout({ LINQ_API_V3_API_KEY_FILE: written('key', 'from-file') });
    expect(complaint).toContain('  LINQ_API_V3_API_KEY is set, and LINQ_API_V3_API_KEY_FILE too.');
    expect(complaint).not.toMatch(/from-file|linq-key/);
  });

  it('counts as not named when the name is blank', () => {
    expect(loadConfig({ ...good, SLACK_BOT_TOKEN_FILE: ' ' })).toEqual(loadConfig(good));
  });

  it.each([
    ['is not there', () => '/nowhere/at/all'],
    ['is a folder', () => folder],
    ['is empty', () => written('empty', '\n')],
  ])('that %s is said so', (_why, path) => {
    const { SLACK_BOT_TOKEN: _left, ...others } = good;
    const complaint = complaintOf(() => loadConfig({ ...others, SLACK_BOT_TOKEN_FILE: path() }));
    expect(complaint).toContain(
      'SLACK_BOT_TOKEN cannot be read from the file that SLACK_BOT_TOKEN_FILE names',
    );
  });

  it('has to look like what it should be', () => {
    const { SLACK_BOT_TOKEN: _left, ...others } = good;
    const path = written('token', '"xoxb-1-a"');
    expect(complaintOf(() => loadConfig({ ...others, SLACK_BOT_TOKEN_FILE: path }))).toContain(
      'SLACK_BOT_TOKEN has quotes around it',
    );
  });
});

describe('PostgreSQL’s own variables for TLS', () => {
  const urlWith = (DATABASE_URL: string, tls: Record<string, string>) =>
    loadConfig({ ...good, DATABASE_URL, ...tls }).databaseUrl;

  it('complete a URL that leaves them out', () => {
    const tls = { PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/etc/my ca.pem' };
    const url = new URL(urlWith('postgres://linq@db/linq', tls));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      sslmode: 'verify-full',
      sslrootcert: '/etc/my ca.pem',
    });
  });

  it('change nothing where the URL says it, is a file, or they are blank', () => {
    const said = 'postgres://linq@db/linq?sslmode=disable';
    expect(urlWith(said, { PGSSLMODE: 'verify-full' })).toBe(said);
    expect(urlWith('file:data/a b.db', { PGSSLMODE: 'verify-full' })).toBe('file:data/a b.db');
    expect(urlWith('postgres://linq@db/linq', { PGSSLMODE: ' ' })).toBe('postgres://linq@db/linq');
  });
});

describe('The file .env', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('adds to the environment, which wins', () => {
    process.env.LINQ_TEST_A = 'environment';
    readEnvironmentFile(written('.env', 'LINQ_TEST_A=file\nLINQ_TEST_B="in quotes"\r\n# LINQ_TEST_C=1\n'));
    expect([process.env.LINQ_TEST_A, process.env.LINQ_TEST_B, process.env.LINQ_TEST_C]).toEqual([
      'environment',
      'in quotes',
      undefined,
    ]);
  });

  it('may be missing', () => {
    expect(() => readEnvironmentFile(join(folder, '.env'))).not.toThrow();
  });

  it.each([
    ['with a mark at its start', Buffer.from('\ufeffSLACK_BOT_TOKEN=xoxb-1-a', 'utf16le')],
    ['without one', Buffer.from('SLACK_BOT_TOKEN=xoxb-1-a', 'utf16le')],
    ['the other way round', Buffer.from('\ufeffSLACK_BOT_TOKEN=xoxb-1-a', 'utf16le').swap16()],
  ])('in UTF-16, %s, is said so', (_how, content) => {
    const complaint = complaintOf(() => readEnvironmentFile(written('.env', content)));
    expect(complaint).toMatch(/\.env is written in UTF-16.*Save it as UTF-8/);
    expect(complaint).not.toContain('xoxb');
  });
});

it('An IPv6 address to listen on may stand in brackets', () => {
  expect(loadConfig({ ...good, HOST: '[::]', METRICS_HOST: '[::1]' })).toMatchObject({
    host: '::',
    metrics: { host: '::1' },
  });
});
