import type { Log } from '../removal/ports.js';

export interface ReadinessDeps {
  /** Whether Slack is connected and knows our token. Costs nothing. */
  readonly isConnected: () => boolean;
  /** Rejects when the store does not answer. */
  readonly ping: () => Promise<void>;
  readonly log: Log;
}

const FRESH_MS = 1_000;

/**
 * Whether everything is ready. The store is asked at most once a second, however many ask here. What is missing stands
 * in the log, once for each change: those who ask from outside learn no more than yes or no.
 */
export function createReadiness({ isConnected, ping, log }: ReadinessDeps): () => Promise<boolean> {
  let latest: { readonly at: number; readonly answers: Promise<boolean> } | null = null;
  let said = '';

  function storeAnswers(): Promise<boolean> {
    const now = performance.now();
    if (latest && now - latest.at < FRESH_MS) return latest.answers;
    const answers = ping().then(
      () => true,
      () => false,
    );
    latest = { at: now, answers };
    return answers;
  }

  function say(waitingFor: readonly string[]): void {
    if (waitingFor.join() === said) return;
    said = waitingFor.join();
    if (waitingFor.length > 0) log.warn({ waitingFor }, 'Not ready');
    else log.info({}, 'Ready again');
  }

  return async () => {
    const store = await storeAnswers();
    const waitingFor = [...(isConnected() ? [] : ['slack']), ...(store ? [] : ['store'])];
    say(waitingFor);
    return waitingFor.length === 0;
  };
}
