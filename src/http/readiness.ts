import type { Log } from '../removal/ports.js';

/** What has to work before a request can be served. */
export type Part = 'slack' | 'store';

const FRESH_MS = 1_000;

/**
 * Whether everything is ready, found out at most once a second however many ask. What is missing stands in the log, once
 * for each change: those who ask from outside learn no more than yes or no.
 */
export function createReadiness(
  checks: Record<Part, () => boolean | Promise<unknown>>,
  log: Log,
  clock = () => performance.now(),
): () => Promise<boolean> {
  let latest: { readonly at: number; readonly ready: Promise<boolean> } | null = null;
  let said: string | null = null;

  async function findOut(): Promise<boolean> {
    const parts = Object.entries(checks);
    const answers = await Promise.all(parts.map(([, check]) => holds(check)));
    const waitingFor = parts.filter((_part, index) => !answers[index]).map(([part]) => part);
    say(waitingFor);
    return waitingFor.length === 0;
  }

  function say(waitingFor: readonly string[]): void {
    const news = waitingFor.join();
    if (news === (said ?? '')) return;
    said = news;
    if (waitingFor.length > 0) log.warn({ waitingFor }, 'Not ready');
    else log.info({}, 'Ready again');
  }

  return () => {
    if (!latest || clock() - latest.at >= FRESH_MS) latest = { at: clock(), ready: findOut() };
    return latest.ready;
  };
}

async function holds(check: () => boolean | Promise<unknown>): Promise<boolean> {
  try {
    return (await check()) !== false;
  } catch {
    return false;
  }
}
