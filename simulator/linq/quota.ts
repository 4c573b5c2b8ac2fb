import { createTokenBucket, type TokenBucket } from '../token-bucket.js';
import { refuse, refuseForNow } from './errors.js';
import type { Reply } from './http.js';

/** How many calls the account may make, over all endpoints together. Linq publishes no number for these. */
export interface LinqQuota {
  /** Calls that may come at once. */
  readonly capacity: number;
  readonly perSecond: number;
  /** Default: the whole seconds until the next call would be taken. */
  readonly retryAfterSeconds?: number;
  /**
   * 429 with code 1007, or 503 with 4004, which Linq's SDK changelog (0.47.1, 0.65.1) names as another form of
   * throttling, with or without `Retry-After`. Default: 429.
   */
  readonly as?: '429' | '503' | '503-silent';
}

/** Far more than one removal needs; a hundred chats at once meet it. */
export const LINQ_QUOTA: LinqQuota = { capacity: 50, perSecond: 10, retryAfterSeconds: 1 };

export interface QuotaKeeper {
  /** Null lifts the limit. A new one starts with its whole capacity. */
  set(quota: LinqQuota | null): void;
  /** Takes one call, or says how it is refused. */
  refusal(): Reply | null;
}

export function createQuotaKeeper(now: () => Date): QuotaKeeper {
  let current: { readonly quota: LinqQuota; readonly bucket: TokenBucket } | null = null;
  return {
    set(quota) {
      current = quota && { quota, bucket: createTokenBucket(quota, now) };
    },
    refusal() {
      if (current === null || current.bucket.take()) return null;
      const { quota, bucket } = current;
      return REFUSALS[quota.as ?? '429'](quota.retryAfterSeconds ?? Math.ceil(bucket.wait() / 1_000));
    },
  };
}

const REFUSALS: Record<NonNullable<LinqQuota['as']>, (seconds: number) => Reply> = {
  '429': refuseForNow,
  '503': (seconds) => ({ ...refuse(4004), headers: { 'retry-after': String(seconds) } }),
  '503-silent': () => refuse(4004),
};
