import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { withTlsVariables } from '../../src/config/database.js';
import { openDatabase, StoreOpenError } from '../../src/store/database.js';
import { makeAuthority, makeCertificate, selfSigned, type Wanted, years } from '../support/certificates.js';
import { launch } from '../support/child.js';
import { MODULES, removeBundles } from '../support/child-bundle.js';
import { borrowDatabase, createDatabase, type Database, query } from '../support/postgres/databases.js';
import { layTlsWire } from '../support/postgres/tls-wire.js';
import { durableEngines } from './engines.js';

/* A store that cannot be opened says what is wrong and what to do, each time from the real thing. */

afterAll(removeBundles);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function complaintAbout(url: string): Promise<string> {
  const failure = await openDatabase(url).then(
    (db) => db.destroy().then(() => 'It was opened'),
    (error: unknown) => error,
  );
  if (!(failure instanceof StoreOpenError)) throw new Error(`Not refused: ${failure}`);
  expect(failure.message).not.toMatch(/hunter2/);
  return failure.message;
}

describe.each(durableEngines)('A store on $name', (engine) => {
  it('that a newer version has changed is left to that version', async () => {
    const database = await engine.fresh();
    const db = await openDatabase(database.url);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db);
    await db.destroy();

    expect(await complaintAbout(database.url)).toMatch(
      /cannot be opened: a newer version of linq-remove has changed it\. Start that version/,
    );

    const undo = engine.name === 'PostgreSQL' ? database.url : null;
    if (undo) await query(undo, "delete from kysely_migration where name = '9999-later'");
    await database.remove();
  });
});

describe('An SQLite file', () => {
  it('where this process may not write', async () => {
    // Not even root may make a folder there.
    expect(await complaintAbout('file:/sys/linq-remove/store.db')).toMatch(
      /this process may not write there\. Give its user the folder/,
    );
  });

  it('that is something else', async () => {
    const path = join(folder, 'letter.txt');
    writeFileSync(path, 'Dear reader, '.repeat(100));
    expect(await complaintAbout(`file:${path}`)).toMatch(/the file is not a database\. Name another file/);
  });

  it.each([
    ['missing', (module: string) => rmSync(module, { recursive: true })],
    ['damaged', (module: string) => writeFileSync(join(module, 'index.node'), 'half of it')],
  ])('without its native module, which is %s', async (_how, harm) => {
    const modules = join(folder, 'node_modules');
    for (const name of ['libsql', '@libsql', '@neon-rs', 'detect-libc']) {
      cpSync(join(MODULES, name), join(modules, name), { recursive: true, dereference: true });
    }
    for (const name of readdirSync(join(modules, '@libsql'))) harm(join(modules, '@libsql', name));
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      LINQ_API_V3_API_KEY: 'key',
      ALLOW_EVERYONE: 'true',
      NODE_PATH: modules,
    };
    const app = await launch({ entry: 'src/main.ts', cwd: folder, env });
    expect(await app.ended).toBe(1);
    expect(app.errors).toEqual([
      expect.stringMatching(/the native module of libsql is missing, damaged or for another system\. Remove/),
    ]);
  });
});

describe('A database on PostgreSQL', () => {
  let database: Database;
  let server: URL;
  beforeEach(async () => {
    database = await borrowDatabase();
    server = new URL(database.url);
  });
  afterEach(() => database.remove());

  it('where no server answers', async () => {
    expect(await complaintAbout('postgres://pat:hunter2@127.0.0.1:1/linq')).toMatch(
      /127\.0\.0\.1:1\/linq cannot be opened: no server answers there\. Check host and port/,
    );
  });

  it.each([
    ['a wrong password', { password: 'hunter2' }],
    ['an unknown user', { username: 'not_known_here' }],
    ['no password', { password: '' }],
  ])('with %s', async (_what, changes) => {
    Object.assign(server, changes);
    expect(await complaintAbout(server.href)).toMatch(
      /the server refused the user or the password\. Check both/,
    );
  });

  it('that the server does not have', async () => {
    server.pathname = '/nowhere';
    expect(await complaintAbout(server.href)).toMatch(
      /\/nowhere cannot be opened: the server has no database of that name/,
    );
  });

  it('whose user has no connection left', async () => {
    await database.query("create role crowded login password 'crowded' connection limit 0");
    server.username = server.password = 'crowded';
    expect(await complaintAbout(server.href)).toMatch(/no connection left for it\. Lower DATABASE_POOL/);
    await database.query('drop role crowded');
  });

  it('whose user may not create tables', async () => {
    const own = await createDatabase();
    await own.query("create role reader login password 'reader'");
    const url = new URL(own.url);
    url.username = url.password = 'reader';
    expect(await complaintAbout(url.href)).toMatch(/its user may not create tables there\. Grant it/);
    await own.query('drop role reader');
    await own.remove();
  });

  it('behind a PgBouncer that does not know our start-up parameters', async () => {
    const fields = ['SFATAL', 'VFATAL', 'C08P01', 'Munsupported startup parameter: statement_timeout', ''];
    const body = Buffer.from(`${fields.join('\0')}\0`);
    const head = Buffer.from([0x45, 0, 0, 0, body.length + 4]);
    const pooler = createServer((socket) =>
      socket.once('data', () => socket.end(Buffer.concat([head, body]))),
    );
    await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve));
    const { port } = pooler.address() as AddressInfo;
    expect(await complaintAbout(`postgres://linq:hunter2@127.0.0.1:${port}/linq`)).toMatch(
      /a pooler in between refuses a start-up parameter\. For PgBouncer set ignore_startup_parameters/,
    );
    pooler.close();
  });
});

describe('TLS to PostgreSQL', () => {
  const authority = makeAuthority();
  let database: Database;
  beforeEach(async () => {
    database = await borrowDatabase();
  });
  afterEach(() => database.remove());

  /** A front of the server with such a certificate, and its URL with these settings. */
  async function behind(
    wanted: Wanted | 'self-signed',
    settings: Record<string, string>,
    act: (url: string) => Promise<void>,
  ) {
    const certificate = wanted === 'self-signed' ? selfSigned(authority) : makeCertificate(authority, wanted);
    const wire = await layTlsWire(database.url, certificate);
    const url = new URL(database.url);
    url.hostname = 'localhost';
    url.port = String(wire.port);
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
    await act(url.href).finally(wire.stop);
  }

  function trusted(): Record<string, string> {
    const path = join(folder, 'ca.pem');
    writeFileSync(path, authority.pem);
    return { sslmode: 'verify-full', sslrootcert: path };
  }

  it('works with a certificate of the named authority for the right name', () =>
    behind({ names: ['localhost'] }, trusted(), async (url) => {
      const db = await openDatabase(url);
      await db
        .selectFrom('kysely_migration' as never)
        .selectAll()
        .execute();
      await db.destroy();
    }));

  it('works with PostgreSQL’s own variables for it', () =>
    behind({ names: ['localhost'] }, {}, async (url) => {
      const { sslmode, sslrootcert } = trusted();
      const completed = withTlsVariables(url, { PGSSLMODE: sslmode, PGSSLROOTCERT: sslrootcert });
      await (await openDatabase(completed)).destroy();
    }));

  it.each<[string, Wanted | 'self-signed', (own: Record<string, string>) => Record<string, string>, RegExp]>([
    [
      'itself as its authority',
      'self-signed',
      () => ({ sslmode: 'verify-full' }),
      /not signed by an authority that is known here/,
    ],
    [
      'an authority that is not named',
      { names: ['localhost'] },
      () => ({ sslmode: 'verify-full' }),
      /not signed by an authority that is known here\. Name its authority: &sslrootcert/,
    ],
    [
      'another host name',
      { names: ['db.example.com'] },
      (own) => own,
      /for another host name\. Write the host/,
    ],
    [
      'a time that is over',
      { names: ['localhost'], from: years(-2), to: years(-1) },
      (own) => own,
      /certificate is not valid now\. Renew it/,
    ],
    [
      'a time that has not come',
      { names: ['localhost'], from: years(1), to: years(2) },
      (own) => own,
      /certificate is not valid now/,
    ],
    [
      'a file for its authority that is not there',
      { names: ['localhost'] },
      () => ({ sslmode: 'verify-full', sslrootcert: '/nowhere/ca.pem' }),
      /a certificate or key file of its TLS settings is not there\. Check sslrootcert/,
    ],
  ])('says so of a certificate with %s', (_what, wanted, settings, sentence) =>
    behind(wanted, settings(trusted()), async (url) => {
      expect(await complaintAbout(url)).toMatch(sentence);
    }),
  );

  it('says so of a server that offers none', async () => {
    expect(await complaintAbout(`${database.url}?sslmode=verify-full`)).toMatch(
      /the server offers no TLS, which sslmode asks for/,
    );
  });
});
