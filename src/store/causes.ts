import type { DatabaseLocation } from './location.js';

/** Why a store cannot be opened, where that is known. */
type Cause =
  | 'module'
  | 'newer'
  | 'read-only'
  | 'full'
  | 'no-database-file'
  | 'corrupt'
  | 'busy'
  | 'unreachable'
  | 'password'
  | 'no-database'
  | 'connections'
  | 'rights'
  | 'pooler'
  | 'no-tls'
  | 'authority'
  | 'host-name'
  | 'expired'
  | 'no-certificate-file';

/** What is wrong, and what to do about it. */
const SENTENCES: Record<Cause, string> = {
  module:
    'the native module of libsql is missing, damaged or for another system. Remove node_modules and run npm ci on the ' +
    'machine that runs the app, without leaving out optional packages.',
  newer:
    'a newer version of linq-remove has changed it. Start that version or a later one; an older one could lose what it ' +
    'does not know.',
  'read-only':
    'this process may not write there. Give its user the folder, or name another one in DATABASE_URL: SQLite also ' +
    'writes beside its file.',
  full: 'its disk is full. Make room, then start again; nothing is lost.',
  'no-database-file': 'the file is not a database. Name another file in DATABASE_URL, new or existing.',
  corrupt: 'the file is damaged. Put a backup in its place; keep the damaged one.',
  busy: 'another program holds it. Close the program that works on the file, then start again.',
  unreachable:
    'no server answers there. Check host and port in DATABASE_URL, that the server runs, and the network.',
  password: 'the server refused the user or the password. Check both in DATABASE_URL, or PGPASSWORD.',
  'no-database': 'the server has no database of that name. Create it, or name another one in DATABASE_URL.',
  connections:
    'the server has no connection left for it. Lower DATABASE_POOL, or raise the limit of the server or the user.',
  rights: 'its user may not create tables there. Grant it that right on the schema.',
  pooler:
    'a pooler in between refuses a start-up parameter. For PgBouncer set ignore_startup_parameters = ' +
    'statement_timeout,idle_in_transaction_session_timeout.',
  'no-tls':
    'the server offers no TLS, which sslmode asks for. Switch TLS on at the server, or leave sslmode out.',
  authority:
    'its certificate is not signed by an authority that is known here. Name its authority: &sslrootcert=/path/ca.pem in ' +
    'DATABASE_URL, or PGSSLROOTCERT.',
  'host-name':
    'its certificate is for another host name. Write the host in DATABASE_URL as the certificate does.',
  expired: 'its certificate is not valid now. Renew it, or set the clock of this machine.',
  'no-certificate-file':
    'a certificate or key file of its TLS settings is not there. Check sslrootcert, sslcert and sslkey.',
};

/** By the error's code: of Node.js, of TLS, or an SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html). */
const CAUSES: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ['MODULE_NOT_FOUND', 'module'],
  ['ERR_MODULE_NOT_FOUND', 'module'],
  ['ERR_DLOPEN_FAILED', 'module'],
  ['NEWER_SCHEMA', 'newer'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['EROFS', 'read-only'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['53100', 'full'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['28P01', 'password'],
  ['28000', 'password'],
  ['3D000', 'no-database'],
  ['53300', 'connections'],
  ['42501', 'rights'],
  ['08P01', 'pooler'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'authority'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'authority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'authority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'authority'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'host-name'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'expired'],
]);

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const SQLITE_CAUSES: ReadonlyMap<number, Cause> = new Map<number, Cause>([
  [5, 'busy'],
  [8, 'read-only'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'read-only'],
  [26, 'no-database-file'],
]);

/** The driver gives these no code, so its words are all there is. */
const WORDED: readonly (readonly [RegExp, Cause])[] = [
  [/does not support SSL/, 'no-tls'],
  [/client password must be a/, 'password'],
  [/timeout|Connection terminated/, 'unreachable'],
];

/** What is wrong with a store, and the cure; null where the cause is unknown. Neither user nor password is in it. */
export function explain(error: unknown, engine: DatabaseLocation['engine']): string | null {
  const cause = causeOf(error, engine);
  return cause && SENTENCES[cause];
}

function causeOf(error: unknown, engine: DatabaseLocation['engine']): Cause | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, rawCode, message, cause } = error as Readonly<Record<string, unknown>>;
  if (engine === 'postgres' && code === 'ENOENT') return 'no-certificate-file';
  const known =
    (typeof rawCode === 'number' ? SQLITE_CAUSES.get(rawCode & 0xff) : undefined) ??
    (typeof code === 'string' ? CAUSES.get(code) : undefined) ??
    (engine === 'postgres' ? WORDED.find(([words]) => words.test(String(message)))?.[1] : undefined);
  return known ?? (cause === undefined ? null : causeOf(cause, engine));
}
