import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * One file for each program and a few that both share, everything they import included: the process starts in half the
 * time and memory that loading a thousand small files takes. Native modules stay where npm built them.
 */
await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts', 'src/export.ts', 'src/erase.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  // What the engine need not read takes no time at the start; names stay as they are, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  // What is imported where it is needed (the PostgreSQL driver) is not even opened elsewhere.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Errors say their class in the log.
  keepNames: true,
  external: ['libsql', 'pg-native'],
  // Dependencies in CommonJS call `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
