import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

const ROOT = join(__dirname, '..');

interface SourceFile {
  /** From the project's root: `src/slack/text.ts`. */
  readonly path: string;
  /** Without comments, so that words about a thing are not the thing. */
  readonly code: string;
  /** What it imports: a path from the root for relative ones, else as written. */
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

function read(path: string): SourceFile {
  const code = readFileSync(join(ROOT, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//gu, '')
    .replace(/(^|\s)\/\/.*$/gmu, '$1');
  const statements = code.matchAll(
    /^\s*(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<from>[^']+)'/gmu,
  );
  const dynamic = code.matchAll(/\b(?:import|require)\(\s*['"`](?<from>[^'"`]+)/gu);
  const imports = [...statements, ...dynamic].map(({ groups }) => ({
    from: resolve(path, groups?.from ?? ''),
    typeOnly: groups?.type !== undefined,
  }));
  return { path, code, imports };
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.')
    ? posix.join(posix.dirname(path), specifier).replace(/\.js$/u, '.ts')
    : specifier;
}

function readFolder(folder: string): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(posix.join(folder, ...name.split(/[\\/]/u))));
}

const FILES = readFolder('src');

/** Where a process begins and ends: the application, the export of its history and the erasing of a person. */
const EDGES = ['src/main.ts', 'src/export.ts', 'src/erase.ts'];

const inFolder = (folder: string) => FILES.filter(({ path }) => path.startsWith(`src/${folder}/`));
const isOurs = (from: string) => from.startsWith('src/');
const mentioning = (pattern: RegExp) =>
  FILES.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

const beyondEdges = (paths: readonly string[], allowed: string) =>
  paths.filter((path) => path !== allowed && !EDGES.includes(path));

/** `file → import` for every import that is not allowed. */
function trespasses(files: readonly SourceFile[], allowed: (from: string, typeOnly: boolean) => boolean) {
  return files.flatMap(({ path, imports }) =>
    imports.filter(({ from, typeOnly }) => !allowed(from, typeOnly)).map(({ from }) => `${path} → ${from}`),
  );
}

it('sees the files and their imports', () => {
  expect(FILES.length).toBeGreaterThan(40);
  const app = FILES.find(({ path }) => path === 'src/app.ts');
  const froms = app?.imports.map(({ from }) => from);
  expect(froms).toEqual(
    expect.arrayContaining(['node:crypto', 'src/http/public.ts', 'src/linq/webhooks.ts']),
  );
  expect(app?.imports).toContainEqual({ from: 'src/config/config.ts', typeOnly: true });
});

it('keeps the feature free of everything outside itself, packages and Node included', () => {
  expect(inFolder('removal').length).toBeGreaterThan(5);
  expect(trespasses(inFolder('removal'), (from) => from.startsWith('src/removal/'))).toEqual([]);
  const globals = /\b(?:process|Buffer|fetch|set(?:Timeout|Interval|Immediate)|new Date\(\)|Date\.now)\b/u;
  expect(inFolder('removal').filter(({ code }) => globals.test(code))).toEqual([]);
});

it.each(['slack', 'linq', 'store'])(
  'lets src/%s know the feature and itself, and no other folder',
  (folder) => {
    expect(inFolder(folder).length).toBeGreaterThan(3);
    const allowed = (from: string, typeOnly: boolean) =>
      !isOurs(from) ||
      from.startsWith('src/removal/') ||
      from.startsWith(`src/${folder}/`) ||
      (folder === 'slack' && typeOnly && /^src\/config[./]/u.test(from));
    expect(trespasses(inFolder(folder), allowed)).toEqual([]);
  },
);

it.each([
  ['slack', /^@slack\//u],
  ['linq', /^@linqapp\//u],
  ['store', /^(?:kysely|pg|libsql)(?:\/|$)/u],
])('lets only src/%s use %s', (folder, packages) => {
  const others = FILES.filter(({ path }) => !path.startsWith(`src/${folder}/`) && path !== 'src/log.ts');
  expect(trespasses(others, (from) => !packages.test(from))).toEqual([]);
});

it('never imports the simulator, the demo, the tests or the benchmarks', () => {
  expect(trespasses(FILES, (from) => !/^(?:simulator|demo|test|bench)\//u.test(from))).toEqual([]);
});

it('lets the simulator know packages and itself, and neither the app nor the demo', () => {
  const simulator = readFolder('simulator');
  expect(simulator.length).toBeGreaterThan(40);
  expect(trespasses(simulator, (from) => !/^(?:src|demo|test|bench)\//u.test(from))).toEqual([]);
});

it('lets the demo know the simulator, itself and how the app is started', () => {
  const demo = readFolder('demo');
  expect(demo.length).toBeGreaterThan(5);
  const allowed = (from: string) =>
    !/^(?:src|test|bench)\//u.test(from) || ['src/app.ts', 'src/config/config.ts'].includes(from);
  expect(trespasses(demo, allowed)).toEqual([]);
});

it('keeps nothing in a module, where two apps in one process, or two test files, would share it', () => {
  const state =
    /^(?:export )?(?:(?:let|var) |const \w+(?:: [^=\n]+)? = (?:\[\]|\{\}|new (?:Map|Set)(?:<[^(\n]*>)?\(\)))/mu;
  expect(state.test('const seen = new Set<string>();')).toBe(true);
  const files = [...FILES, ...readFolder('simulator'), ...readFolder('demo')];
  expect(files.filter(({ code }) => state.test(code)).map(({ path }) => path)).toEqual([]);
});

it('imports only packages that an installation without development tools has', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const isInstalled = (from: string, typeOnly: boolean) => {
    const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
    const bare = from.replace(/^node:/u, '');
    return isOurs(from) || name in dependencies || builtinModules.includes(bare) || typeOnly;
  };
  expect(trespasses(FILES, isInstalled)).toEqual([]);
});

it('imports nothing in a circle, types included', () => {
  const graph = new Map(
    FILES.map(({ path, imports }) => [
      path,
      imports.filter(({ from }) => isOurs(from)).map(({ from }) => from),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

it('reads the environment where the settings are, and nowhere else', () => {
  expect(beyondEdges(mentioning(/\bprocess\s*\.\s*env\b/u), 'src/config/environment.ts')).toEqual([]);
});

it('writes to the terminal in one place; only the edges speak beside the log', () => {
  expect(mentioning(/\bconsole\s*\./u)).toEqual([]);
  expect(beyondEdges(mentioning(/\b(?:stdout|stderr)\b/u), 'src/log.ts')).toEqual([]);
});
