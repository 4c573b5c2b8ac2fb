import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/database.js';

/** An SQLite file with all its tables and no row, in a folder of its own. */
export interface EmptyFile {
  readonly url: string;
  remove(): Promise<void>;
}

/** Where files live in memory, a commit does not wait for a disk. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Made once: migrating takes longer than many a test. */
let template: Promise<Buffer> | undefined;

export async function emptyFile(): Promise<EmptyFile> {
  template ??= makeTemplate();
  const bytes = await template;
  const { file, remove } = newFile();
  writeFileSync(file, bytes, { mode: 0o600 });
  return { url: `file:${file}`, remove };
}

/** A closed file has everything in it, and none of it beside it in a write-ahead log. */
async function makeTemplate(): Promise<Buffer> {
  const { file, remove } = newFile();
  const db = await openDatabase(`file:${file}`);
  await db.destroy();
  const bytes = readFileSync(file);
  await remove();
  return bytes;
}

function newFile() {
  const folder = mkdtempSync(join(FOLDER, 'linq-remove-'));
  return { file: join(folder, 'test.db'), remove: async () => rmSync(folder, { recursive: true }) };
}
