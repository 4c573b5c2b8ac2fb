import { randomBytes, randomUUID } from 'node:crypto';
import { refuse } from './errors.js';
import { jsonOf, type Reply } from './http.js';
import type { Call } from './routes.js';
import type { World } from './world.js';

/** Field for field as Linq sends it; the secret only in the answer to its creation. */
export interface Subscription {
  readonly id: string;
  readonly target_url: string;
  readonly subscribed_events: readonly string[];
  readonly phone_numbers: readonly string[] | null;
  readonly is_active: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly signing_secret: string;
}

/** POST /v3/webhook-subscriptions. Each URL once; HTTPS, or plain HTTP on this machine, which Linq would refuse. */
export function createSubscription({ world, ask }: Call): Reply {
  const body = jsonOf(ask);
  if (body === null) return refuse(1003);
  const { target_url, subscribed_events, phone_numbers } = body;
  if (typeof target_url !== 'string' || !isEventList(subscribed_events)) return refuse(1001);
  if (!/^https:\/\/|^http:\/\/127\.0\.0\.1[:/]/.test(target_url)) return refuse(1005);
  if ([...world.subscriptions.values()].some((other) => other.target_url === target_url)) return refuse(2015);
  const lines = isEventList(phone_numbers) ? phone_numbers : null;
  return { status: 201, body: { ...subscribe(world, target_url, subscribed_events, newSecret(), lines) } };
}

/** Adds a subscription without asking whether Linq would allow it. */
export function subscribe(
  world: World,
  url: string,
  events: readonly string[],
  secret = newSecret(),
  lines: readonly string[] | null = null,
): Subscription {
  const at = world.now().toISOString();
  const subscription: Subscription = {
    id: randomUUID(),
    target_url: url,
    subscribed_events: events,
    phone_numbers: lines,
    is_active: true,
    created_at: at,
    updated_at: at,
    signing_secret: secret,
  };
  world.subscriptions.set(subscription.id, subscription);
  return subscription;
}

function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/** GET /v3/webhook-subscriptions */
export function listSubscriptions({ world }: Call): Reply {
  return { status: 200, body: { subscriptions: [...world.subscriptions.values()].map(withoutSecret) } };
}

/** GET /v3/webhook-subscriptions/{id} */
export function getSubscription({ world, id }: Call): Reply {
  const found = world.subscriptions.get(id);
  return found ? { status: 200, body: withoutSecret(found) } : refuse(2010);
}

/** PUT /v3/webhook-subscriptions/{id}: everything but the secret. */
export function updateSubscription({ world, id, ask }: Call): Reply {
  const found = world.subscriptions.get(id);
  if (!found) return refuse(2010);
  const body = jsonOf(ask);
  if (body === null) return refuse(1003);
  const changed: Subscription = {
    ...found,
    target_url: typeof body.target_url === 'string' ? body.target_url : found.target_url,
    subscribed_events: isEventList(body.subscribed_events) ? body.subscribed_events : found.subscribed_events,
    is_active: typeof body.is_active === 'boolean' ? body.is_active : found.is_active,
    updated_at: world.now().toISOString(),
  };
  world.subscriptions.set(id, changed);
  return { status: 200, body: withoutSecret(changed) };
}

/** DELETE /v3/webhook-subscriptions/{id} */
export function deleteSubscription({ world, id }: Call): Reply {
  return world.subscriptions.delete(id) ? { status: 204 } : refuse(2010);
}

function withoutSecret({ signing_secret, ...rest }: Subscription): Readonly<Record<string, unknown>> {
  return rest;
}

function isEventList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}
