import { createLedger } from '../../simulator/ledger.js';
import { startLinqSimulator } from '../../simulator/linq/linq-simulator.js';
import { createLinqClient, type LinqClientOptions } from '../../src/linq/linq-client.js';
import type { Log } from '../../src/removal/ports.js';
import { createClock } from '../support/clock.js';

export const PAT = '+12052499136';
export const SAM = 'Sam.Smith@example.com';
export const KIM = '+12052499138';

const TURN = { requestId: 'request-1', urgency: 'send' } as const;

export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A simulated Linq with one chat, our client connected to it over a socket, and what the client logs. */
export async function connect(options: Partial<LinqClientOptions> = {}) {
  const { now, elapsed, advance, jump } = createClock(new Date('2026-11-20T10:00:00Z'));
  const ledger = createLedger();
  const linq = await startLinqSimulator({ ledger, now });
  stops.push(linq.stop);
  const lines: Line[] = [];
  const { apiKey, baseUrl } = linq;
  const log = logTo(lines);
  const client = createLinqClient({ apiKey, baseUrl, log, now, elapsed, timeoutMs: 2_000, ...options });
  const chat = linq.addChat({ name: 'Launch crew', members: [PAT, SAM, KIM] });
  const removes = (chatId: string, handle: string) =>
    client.send(TURN, { direction: 'remove', chatId, handle });
  return { chat, linq, client, removes, ledger, lines, advance, jump };
}

function logTo(lines: Line[]): Log {
  const at = (level: Line['level']) => (fields: Record<string, unknown>, message: string) =>
    void lines.push({ level, fields, message });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
