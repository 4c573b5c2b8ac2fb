import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cacheOf } from './code-cache.js';

/*
 * The application becomes one file, everything it imports included: the process starts in half the time and memory that
 * loading a thousand small files takes. Beside it lies what V8 made of that file, its code cache, which takes another
 * third off the start. The file is CommonJS, because Node.js 20 takes such a cache for nothing else. Native modules stay
 * where npm built them.
 */

/** A port on which nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['libsql', 'pg-native'],
  // What the engine need not read takes no time at the start. Names stay as they are, for stack traces and for the log,
  // where errors say their class; esbuild's `keepNames` would set them anew on every function that is ever made.
  minifyWhitespace: true,
  minifySyntax: true,
  // Licences have a file of their own beside each.
  legalComments: 'linked',
  logLevel: 'warning',
};

/** Our source as ASCII: esbuild escapes strings in what it writes, and not regular expressions. */
const ascii = {
  name: 'ascii',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const escaped = source.replace(/[^\0-\x7f]/g, (unit) => `\\u${hex(unit)}`);
      return { contents: escaped, loader: 'ts' };
    });
  },
};
const hex = (unit) => unit.charCodeAt(0).toString(16).padStart(4, '0');

await rm('dist', { recursive: true, force: true });
const { metafile } = await build({
  ...common,
  entryPoints: ['src/main.ts'],
  // V8 compares a file and its cache by length alone: with its hash in the name, a file never meets another one's cache.
  entryNames: 'app-[hash]',
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  format: 'cjs',
  sourcemap: 'external',
  // In a script that comes from a cache, Node.js finds nobody to answer `import()`.
  supported: { 'dynamic-import': false },
  plugins: [ascii],
  metafile: true,
});
const app = Object.keys(metafile.outputs).find((file) => file.endsWith('.cjs'));
if (/[^\0-\x7f]/.test(await readFile(app, 'utf8'))) throw new Error(`${app} is not ASCII`);
await build({
  ...common,
  entryPoints: { main: 'packaging/launcher.js', export: 'src/export.ts', erase: 'src/erase.ts' },
  outdir: 'dist',
  format: 'esm',
  sourcemap: true,
  // What is imported where it is needed (the PostgreSQL driver) is not even opened elsewhere.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: { APP_FILE: JSON.stringify(basename(app)) },
  // Dependencies in CommonJS call `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as forRequire } from 'node:module';\nconst require = forRequire(import.meta.url);",
  },
});
await warmUp(app);

/**
 * Starts what was built and ends it in order, so that V8 can write down everything that a start compiles. Slack and Linq
 * are out of reach, which holds no start up. Rejects when the program does not come up, or does not end as it should.
 */
async function warmUp(file) {
  const folder = await mkdtemp(join(tmpdir(), 'linq-remove-build-'));
  const script = fileURLToPath(new URL('warm-up.js', import.meta.url));
  const child = spawn(process.execPath, [script, join(process.cwd(), file)], {
    // Neither this checkout's .env nor its store.
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: 'xoxb-build',
      SLACK_SIGNING_SECRET: '0'.repeat(32),
      SLACK_API_URL: `${NOWHERE}/api/`,
      ALLOWED_USERS: 'UBUILD',
      LINQ_API_V3_API_KEY: 'build',
      LINQ_API_V3_BASE_URL: NOWHERE,
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Far above what a start takes: a program that hangs must not hang the build.
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  const exited = once(child, 'exit');
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    if (/"port":\d/.test(line)) child.kill('SIGTERM');
  });
  const [code] = await exited;
  await rm(folder, { recursive: true, force: true });
  if (code === 0) return;
  process.stderr.write(`${lines.join('\n')}\n`);
  throw new Error(`${file} did not start and end in order (${code}), so that ${cacheOf(file)} was not made`);
}
