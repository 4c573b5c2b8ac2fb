import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { borrowDatabase } from '../support/postgres/databases.js';

/** An empty database of one engine, for one test. `remove` is called after everything in it was closed. */
export interface FreshDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

export interface TestEngine {
  readonly name: string;
  fresh(): Promise<FreshDatabase>;
}

const memory: TestEngine = {
  name: 'SQLite in memory',
  fresh: async () => ({ url: 'file::memory:', remove: async () => {} }),
};

const file: TestEngine = {
  name: 'SQLite in a file',
  async fresh() {
    const folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
    return {
      url: `file:${join(folder, 'data', 'store.db')}`,
      remove: async () => rmSync(folder, { recursive: true }),
    };
  },
};

const server: TestEngine = { name: 'PostgreSQL', fresh: borrowDatabase };

/** Every engine that the store must behave alike on: one more is one more line. */
export const engines: readonly TestEngine[] = [memory, file, server];

/** The engines whose data outlives a connection. */
export const durableEngines: readonly TestEngine[] = engines.filter((engine) => engine !== memory);
