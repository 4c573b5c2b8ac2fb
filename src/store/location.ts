import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Engine = 'sqlite' | 'postgres';

/** What a `DATABASE_URL` names. `shown` is fit for logs and messages: neither user nor password. */
export interface DatabaseLocation {
  readonly engine: Engine;
  /** A file's absolute path, `:memory:`, or the server's URL. */
  readonly target: string;
  readonly shown: string;
}

export const MEMORY = ':memory:';

/**
 * Reads `file:relative/or/absolute.db`, `file:///absolute.db`, `file::memory:`, `:memory:`, and `postgres://` or
 * `postgresql://` URLs. Throws for anything else. Relative paths start at the working directory.
 */
export function readDatabaseUrl(url: string): DatabaseLocation {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', target: url, shown: showServer(url) };
  if (url === MEMORY || url === `file:${MEMORY}`)
    return { engine: 'sqlite', target: MEMORY, shown: 'memory' };
  if (/^file:./.test(url)) {
    const path = readFileUrl(url);
    return { engine: 'sqlite', target: path, shown: path };
  }
  throw new Error('a database is written file:folder/name.db or postgres://user:password@host/name');
}

function readFileUrl(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
}

/** Host and database alone: a password may also stand in the query. */
function showServer(url: string): string {
  if (!URL.canParse(url)) return 'postgres://…';
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
