import { text, type Values, wholeNumber } from './setting.js';

export interface DatabaseConfig {
  readonly databaseUrl: string;
  /** Connections to a database server at most. */
  readonly databasePool: number;
}

export const databaseSettings = {
  DATABASE_URL: {
    default: 'file:data/linq-remove.db',
    shouldBe: 'file:folder/name.db or postgres://user:password@host/name',
    schema: text.regex(/^(file:.|:memory:$|postgres(ql)?:\/\/.)/),
    secret: 'address',
  },
  DATABASE_POOL: {
    default: '10',
    shouldBe: 'how many connections to a database server to use at most, 1 to 100',
    schema: wholeNumber(1, 100),
  },
} as const;

export function toDatabaseConfig(
  env: Values<typeof databaseSettings>,
  environment: Readonly<Record<string, string | undefined>>,
): DatabaseConfig {
  return {
    databaseUrl: withTlsVariables(env.DATABASE_URL, environment),
    databasePool: env.DATABASE_POOL,
  };
}

/** PostgreSQL's own variables for TLS, as parameters of the URL. The driver reads all the others by itself. */
const TLS_VARIABLES: Readonly<Record<string, string>> = {
  PGSSLMODE: 'sslmode',
  PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
};

/** The URL of a server, completed by those of PostgreSQL's TLS variables that it leaves out. */
export function withTlsVariables(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (!isServer(url) || !URL.canParse(url)) return url;
  const completed = new URL(url);
  for (const [variable, parameter] of Object.entries(TLS_VARIABLES)) {
    const value = environment[variable]?.trim();
    if (value && !completed.searchParams.has(parameter)) completed.searchParams.set(parameter, value);
  }
  return completed.search === new URL(url).search ? url : completed.href;
}

const isServer = (url: string) => /^postgres(ql)?:\/\//.test(url);

/**
 * Whether the URL of a server holds a character that would have to be escaped in its user or password. Read as it
 * stands, such a URL names another host, or a part of the password as the database.
 */
export function isUnescaped(url: string): boolean {
  if (!isServer(url)) return false;
  const rest = url.slice(url.indexOf('://') + 3);
  const [beforeFragment = '', ...fragments] = rest.split('#');
  const [beforeQuery = '', ...queries] = beforeFragment.split('?');
  const [authority = '', ...path] = beforeQuery.split('/');
  const names = queries
    .join('?')
    .split('&')
    .map((parameter) => parameter.split('=', 1)[0]);
  return (
    fragments.length > 0 ||
    authority.split('@').length > 2 ||
    path.join('/').includes('@') ||
    names.some((name) => name?.includes('@')) ||
    /%(?![\da-f]{2})/i.test(authority)
  );
}
