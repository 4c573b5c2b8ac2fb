import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '../..');
/** Where the bundles find what they do not contain: native modules. */
export const MODULES = join(ROOT, 'node_modules');

const bundles = new Map<string, Promise<string>>();
let folder: string | null = null;

/**
 * One JavaScript file with everything that a TypeScript file of this project imports. Started from it, a process is
 * ready in a fifth of a second; from source it takes two, which over all the processes of a test run would be a minute.
 */
export function bundle(entry: string): Promise<string> {
  const made = bundles.get(entry) ?? makeBundle(entry);
  bundles.set(entry, made);
  return made;
}

async function makeBundle(entry: string): Promise<string> {
  folder ??= mkdtempSync(join(tmpdir(), 'linq-remove-bundle-'));
  const outfile = join(folder, `${parse(entry).name}.js`);
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['libsql', 'pg-native'],
    // `import()` does not look where NODE_PATH says, `require` does.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  return outfile;
}

/** For the end of a suite. */
export function removeBundles(): void {
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = null;
  bundles.clear();
}
