import { type BucketSize, createTokenBucket, type TokenBucket } from '../token-bucket.js';

/** How often the app may call. Source of the usual numbers: Slack, "Rate limits", and each method's tier. */
export interface SlackQuota {
  /** `chat.postMessage`, for each channel. */
  readonly posts: BucketSize;
  /** Calls of a method within a minute that begins with the first of them. Methods left out have no limit. */
  readonly perMinute: Readonly<Record<string, number>>;
}

export const SLACK_QUOTA: SlackQuota = {
  posts: { capacity: 3, perSecond: 1 },
  perMinute: {
    'views.open': 100,
    'views.push': 100,
    'views.update': 100,
    'users.info': 100,
    'chat.postEphemeral': 100,
    'conversations.members': 100,
    'chat.update': 50,
    'chat.delete': 50,
    'conversations.info': 50,
    'apps.connections.open': 50,
    'usergroups.users.list': 20,
  },
};

export interface QuotaKeeper {
  /** Null lifts all limits. New ones start as if nothing had been called. */
  set(quota: SlackQuota | null): void;
  /** Takes a call, or says for how many seconds it is refused. */
  refusal(method: string, channel: string | null): number | null;
}

const MINUTE_MS = 60_000;

export function createQuotaKeeper(now: () => Date): QuotaKeeper {
  let quota: SlackQuota | null = null;
  const buckets = new Map<string, TokenBucket>();
  const minutes = new Map<string, { readonly since: number; calls: number }>();

  function postRefusal(size: BucketSize, channel: string): number | null {
    const bucket = buckets.get(channel) ?? createTokenBucket(size, now);
    buckets.set(channel, bucket);
    return bucket.take() ? null : Math.ceil(bucket.wait() / 1_000);
  }

  function minuteRefusal(most: number, method: string): number | null {
    const at = now().getTime();
    const last = minutes.get(method);
    const isOver = !last || at < last.since || at >= last.since + MINUTE_MS;
    const minute = isOver ? { since: at, calls: 0 } : last;
    minutes.set(method, minute);
    if (minute.calls >= most) return Math.ceil((minute.since + MINUTE_MS - at) / 1_000);
    minute.calls += 1;
    return null;
  }

  return {
    set(wanted) {
      quota = wanted;
      buckets.clear();
      minutes.clear();
    },
    refusal(method, channel) {
      if (quota === null) return null;
      if (method === 'chat.postMessage') return postRefusal(quota.posts, channel ?? '');
      const most = quota.perMinute[method];
      return most === undefined ? null : minuteRefusal(most, method);
    },
  };
}
