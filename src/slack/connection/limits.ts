import type { WebApiCall } from './web-api-call.js';

/** How often a method may be called: `burst` calls at once, then one in each `everyMs`. */
interface Pace {
  readonly everyMs: number;
  readonly burst: number;
}

/**
 * Slack's published limits for what the loop does (docs.slack.dev/apis/web-api/rate-limits): about one post a second
 * and channel; edits are tier 3, 50 a minute over all, of which ten may come together: never more than 10 + 40 in one.
 */
const PACES: Readonly<Record<string, Pace>> = {
  'chat.postMessage': { everyMs: 1_000, burst: 1 },
  'chat.update': { everyMs: 1_500, burst: 10 },
};
const NO_LIMIT: Pace = { everyMs: 0, burst: 1 };

export interface Limits {
  /** Slack asked for no call of this kind for so many milliseconds. A shorter wait does not shorten an earlier one. */
  hold(call: WebApiCall, ms: number): void;
  /** For how many milliseconds Slack still wants no such call; 0 when it may be made. */
  heldFor(call: WebApiCall): number;
  /** Takes the next place for such a call: how many milliseconds from now. */
  reserve(call: WebApiCall): number;
}

interface Kept {
  /** Slack's `Retry-After`. */
  readonly heldUntil: number;
  /** When the next call comes if none were made together. */
  readonly nextAt: number;
}

/** More than the conversations that one workspace talks in within a minute. */
const MOST_KEPT = 1_000;

/** In memory: another replica has its own, and Slack's 429 settles what the two make together. */
export function createLimits(elapsed: () => number): Limits {
  const kept = new Map<string, Kept>();
  const keptOf = (call: WebApiCall) => kept.get(limitOf(call)) ?? { heldUntil: 0, nextAt: 0 };

  function keep(call: WebApiCall, value: Kept): void {
    kept.set(limitOf(call), value);
    if (kept.size > MOST_KEPT) forgetOver();
  }

  function forgetOver(): void {
    const at = elapsed();
    for (const [limit, { heldUntil, nextAt }] of kept)
      if (heldUntil <= at && nextAt <= at) kept.delete(limit);
  }

  return {
    hold(call, ms) {
      const { heldUntil, nextAt } = keptOf(call);
      keep(call, { heldUntil: Math.max(heldUntil, elapsed() + ms), nextAt });
    },
    heldFor: (call) => Math.max(0, keptOf(call).heldUntil - elapsed()),
    reserve(call) {
      const { everyMs, burst } = PACES[call.method] ?? NO_LIMIT;
      const { heldUntil, nextAt } = keptOf(call);
      const now = elapsed();
      const at = Math.max(now, heldUntil, nextAt - (burst - 1) * everyMs);
      keep(call, { heldUntil, nextAt: Math.max(at, nextAt) + everyMs });
      return Math.ceil(at - now);
    },
  };
}

function limitOf({ method, place }: WebApiCall): string {
  return place === null ? method : `${method} ${place}`;
}
