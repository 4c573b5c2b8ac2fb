import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse as parseEnv } from 'dotenv';
import { parse as parseYaml } from 'yaml';
import { loadConfig, VARIABLES } from '../src/config/config.js';
import { isUnescaped } from '../src/config/database.js';

/* The files for running the app somewhere fit together. `deploy/check.sh` performs them. */

const ROOT = join(__dirname, '..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

describe('deploy/linq-remove.service', () => {
  const lines = read('deploy/linq-remove.service').split('\n');
  const valuesOf = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));

  it('sets no variable that a copy of .env.example would override', () => {
    const own = valuesOf('Environment').map((setting) => setting.split('=', 1)[0]);
    expect(own.filter((name) => VARIABLES.includes(name as (typeof VARIABLES)[number]))).toEqual([]);
  });

  it('keeps the default store in its state folder, the only one it may write', () => {
    expect(parseEnv(read('.env.example')).DATABASE_URL).toBe('file:data/linq-remove.db');
    expect(valuesOf('StateDirectory')).toEqual(['linq-remove']);
    expect(valuesOf('WorkingDirectory')).toEqual(['%S/linq-remove']);
    expect(valuesOf('ReadWritePaths')).toEqual([]);
    expect(valuesOf('ExecStart')).toEqual(['/usr/bin/node /opt/linq-remove/dist/main.js']);
  });

  it.each([
    ['UMask', '0077'],
    ['LimitCORE', '0'],
    ['StateDirectoryMode', '0700'],
    ['CapabilityBoundingSet', ''],
    ['NoNewPrivileges', 'true'],
    ['ProtectSystem', 'strict'],
  ])('says %s=%s', (key, value) => {
    expect(valuesOf(key)).toEqual([value]);
  });

  it('filters system calls, and refuses instead of killing', () => {
    expect(valuesOf('SystemCallFilter')).toEqual(['@system-service', '~@privileged @resources']);
    expect(valuesOf('SystemCallErrorNumber')).toEqual(['EPERM']);
  });

  it('takes .env.example, filled in, as its environment file', () => {
    // systemd takes no `export`, no variable in a value, and a quote as a quote.
    const assignments = read('.env.example')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(assignments.filter((line) => !/^[A-Z0-9_]+=[^"'$\\]*$/.test(line))).toEqual([]);
    const filled = {
      ...parseEnv(read('.env.example')),
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      LINQ_API_V3_API_KEY: 'key',
      ALLOWED_USERS: 'U0ALICE',
    };
    expect(() => loadConfig(filled)).not.toThrow();
  });
});

describe('compose.yaml', () => {
  const { services } = parseYaml(read('compose.yaml')) as {
    services: Record<string, Record<string, unknown>>;
  };
  const app = services['linq-remove'] ?? {};

  it('takes every right away that the app does not need', () => {
    expect(app).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('works with any PORT, and with a blank one', () => {
    expect(app.ports).toEqual(['127.0.0.1:$' + '{PORT:-3000}:$' + '{PORT:-3000}']);
    expect(app.environment).toMatchObject({ PORT: '$' + '{PORT:-3000}', HOST: '0.0.0.0' });
  });

  it('works with any password, which stands in no URL', () => {
    const { DATABASE_URL = '', PGPASSWORD } = app.environment as Record<string, string>;
    expect(PGPASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
    expect([new URL(DATABASE_URL).password, isUnescaped(DATABASE_URL)]).toEqual(['', false]);
  });

  it('names exact versions', () => {
    expect(services.database?.image).toMatch(/^postgres:\d+\.\d+-\w+$/);
  });
});

describe('The Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const stages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);

  it('names exact versions, and no digest that was not looked up', () => {
    expect(stages).toHaveLength(3);
    expect(stages.filter((image) => !/^node:\d+\.\d+\.\d+-bookworm-slim$/.test(image ?? ''))).toEqual([]);
    expect(dockerfile).not.toMatch(/sha256:[0-9a-f]/);
  });

  it('needs no compiler: none is installed, and no slim image has one', () => {
    expect(dockerfile).not.toMatch(/apt-get|apk |build-essential|python3|node-gyp/);
  });

  it('copies only what .dockerignore lets through', () => {
    const included = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, files]) => files?.split(' ') ?? [],
    );
    expect(copied.filter((file) => !included.includes(file))).toEqual([]);
  });
});

describe('The health check of the container', () => {
  const server = createServer((req, res) => res.writeHead(req.url === '/healthz' ? 200 : 404).end());
  let port: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '::', resolve));
    port = String((server.address() as AddressInfo).port);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function check(env: Record<string, string>): Promise<number> {
    const child = spawn(process.execPath, [join(ROOT, 'deploy/healthcheck.mjs')], { env });
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  }

  it.each(['', ' ', '0.0.0.0', '127.0.0.1', '::', '::1', '[::1]'])(
    'finds the app with HOST=%s',
    async (HOST) => {
      expect(await check({ PORT: port, HOST })).toBe(0);
    },
  );

  it('fails where there is none', async () => {
    expect(await check({ PORT: '1' })).toBe(1);
  });

  it('looks at 3000 when PORT is blank', () => {
    expect(read('deploy/healthcheck.mjs')).toContain("process.env.PORT?.trim() || '3000'");
  });
});
