export interface BucketSize {
  /** Calls that may come at once. */
  readonly capacity: number;
  readonly perSecond: number;
}

/** A limit on a rate that allows bursts: a call takes a token, and tokens come back with the clock. */
export interface TokenBucket {
  /** False when there is none left; nothing is taken then. */
  take(): boolean;
  /** Milliseconds until the next token; 0 when there is one. */
  wait(): number;
}

/** Starts full. A clock that is set back neither gives nor takes tokens. */
export function createTokenBucket({ capacity, perSecond }: BucketSize, now: () => Date): TokenBucket {
  let tokens = capacity;
  let filledAt = now().getTime();
  const refill = () => {
    const at = now().getTime();
    tokens = Math.min(capacity, tokens + (Math.max(0, at - filledAt) * perSecond) / 1_000);
    filledAt = at;
  };
  return {
    take() {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    wait() {
      refill();
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1_000);
    },
  };
}
