import { format } from 'node:util';
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config/config.js';

/** Where a finished line goes, its line feed included. */
type Write = (line: string) => void;

/**
 * One JSON line per event, with the level as a word and the time in ISO 8601. Whatever is logged, tokens, addresses
 * that can post to Slack, phone numbers and emails are made unreadable before the line leaves (see `scrub`).
 */
export function createLogger({
  level,
  write = writeOut,
}: {
  level: Config['logLevel'];
  write?: Write;
}): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
  };
  return pino(options, { write: (line: string) => write(`${scrubLine(line)}\n`) });
}

function writeOut(line: string): void {
  process.stdout.write(line);
}

/**
 * The logger that Bolt, the Web API client and the Socket Mode client are given. Their debug lines are dropped
 * whatever the level, because there Bolt prints request bodies and raw socket payloads: what people typed, chat names,
 * `response_url`s. `getLevel` never says DEBUG for the same reason: Bolt builds such lines only when it does.
 */
export function toBoltLogger(logger: Pick<Logger, 'info' | 'warn' | 'error'>): SlackLogger {
  let least = LogLevel.INFO;
  const at = (level: 'info' | 'warn' | 'error', parts: unknown[]) => {
    if (SEVERITY[level] < SEVERITY[least]) return;
    const err = parts.find((part) => part instanceof Error);
    logger[level](
      err ? { from: 'slack', err } : { from: 'slack' },
      format(...parts.filter((part) => part !== err)),
    );
  };
  return {
    debug: () => {},
    info: (...parts) => at('info', parts),
    warn: (...parts) => at('warn', parts),
    error: (...parts) => at('error', parts),
    setLevel(level) {
      least = level === LogLevel.DEBUG ? LogLevel.INFO : level;
    },
    getLevel: () => least,
    // Several clients share one logger and each would name it after itself.
    setName: () => {},
  };
}

const SEVERITY: Record<`${LogLevel}`, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Only these fields: the errors of HTTP clients carry whole requests and answers, headers included. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  const because = cause === undefined || depth === 3 ? undefined : describeError(cause, depth + 1);
  return { type: name, message, code, status, stack, cause: because };
}

/** Values are scrubbed as they are, not as JSON: quotes and backslashes would hide where a secret begins and ends. */
function scrubLine(line: string): string {
  return JSON.stringify(scrubValue(JSON.parse(line)));
}

/** Named after what they hold: their values go as a whole, whatever they look like. */
const SECRET_KEY =
  /^(trigger_?id|response_?urls?|authorization|cookie|(bot|app)?_?token|(signing|webhook)?_?secret|api_?key|password|private_?metadata)$/i;

function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map(scrubValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, held]) => [
    scrub(key),
    SECRET_KEY.test(key) && held !== null ? '…' : scrubValue(held),
  ]);
  return Object.fromEntries(entries);
}

const GAP = String.raw`[ .()/\u00a0\u00ad\u2000-\u206f\u2212\u3000\ufeff\uff0d-]`;

/**
 * What looks like a phone number and is none, kept to the letter: UUIDs, dates with or without a time, IPv4 addresses,
 * epoch milliseconds, Slack's message times, and small decimals.
 */
const KEPT = [
  String.raw`\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b`,
  String.raw`(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)`,
  String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)`,
  String.raw`(?<![\d.+])1\d{12}(?![\d.])`,
  String.raw`(?<![\d.+])1\d{9}\.\d{6}(?![\d.])`,
  String.raw`(?<![\d.+])\d{1,6}\.\d{1,3}(?![\d.])`,
].join('|');

/**
 * With a plus, together or in groups; without one, 10 to 15 digits together, or in groups of two and more. Never a
 * part of a word: trace IDs and Slack's ids mix digits and letters.
 */
const PHONE = [
  String.raw`(?:\+|%2b)\d{7,15}`,
  String.raw`(?:\+|%2b)${GAP}{0,3}\d{1,4}(?:${GAP}{1,3}\d{1,5}){2,6}`,
  String.raw`(?<![\w.])\d{10,15}(?!\w|\.\d)`,
  String.raw`(?<![\w.])\(?\d{1,5}\)?(?:${GAP}{1,3}\d{2,6}){1,6}(?!\w)`,
].join('|');

const FEWEST_DIGITS = 7;
const NUMBERS = new RegExp(`(${KEPT})|${PHONE}`, 'gi');

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]+/gi, 'xox…'],
  [/\bxapp-[\w-]+/gi, 'xapp-…'],
  [/\bwhsec_[\w+/=]+/gi, 'whsec_…'],
  [/\bBearer\s+[^\s"',;]+/gi, 'Bearer …'],
  [/https?:\/\/hooks\.slack(?:-gov)?\.com[^\s"'<>)]*/gi, 'https://hooks.slack.com/…'],
  [/(https?:\/\/[^\s"'<>/]+)\/response\/[^\s"'<>)]*/gi, '$1/response/…'],
  [/(trigger_?id\\?["']?\s*[:=]\s*)\\?["']?[^\s"'\\&,}]+\\?["']?/gi, '$1"…"'],
  [/\b\d{9,}\.\d{9,}\.[\da-f]{16,}\b/gi, '…'],
  [/(:\/\/[^\s:@/]*:)[^\s@/]+@/g, '$1…@'],
];

const EMAIL =
  /([^\s@<>"'(),:;=&\\[\]/])[^\s@<>"'(),:;=&\\[\]/]{0,63}(?:@|%40)((?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24})/giu;

/** Keeps of a phone number the last four digits and of an email the first letter and the domain; of secrets nothing. */
function scrub(text: string): string {
  const withoutSecrets = SECRETS.reduce((rest, [secret, instead]) => rest.replace(secret, instead), text);
  return withoutSecrets.replace(EMAIL, '$1…@$2').replace(NUMBERS, maskNumber);
}

function maskNumber(found: string, kept: string | undefined): string {
  const digits = found.replace(/^%2b/i, '').replace(/\D/g, '');
  return kept !== undefined || digits.length < FEWEST_DIGITS ? found : `…${digits.slice(-4)}`;
}
