import { getChat, leaveChat, listChats } from './chat-routes.js';
import type { Untruth } from './faults.js';
import type { Ask, Reply } from './http.js';
import { addParticipant, removeParticipant } from './participant-routes.js';
import { listPhoneNumbers } from './phone-number-routes.js';
import type { Fate } from './queue.js';
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
  updateSubscription,
} from './webhook-subscriptions.js';
import type { World } from './world.js';

export interface Call {
  readonly world: World;
  readonly ask: Ask;
  /** What stood for `{id}` in the path. */
  readonly id: string;
  /** What becomes of the change that is asked for. */
  readonly fate: Fate;
  /** How the reading that is asked for is untrue. */
  readonly untruth: Untruth | undefined;
}

export type Handler = (call: Call) => Reply;

/** Every endpoint there is, by the name the ledger uses. */
export const ROUTES = {
  'GET /v3/chats': listChats,
  'GET /v3/chats/{id}': getChat,
  'POST /v3/chats/{id}/leave': leaveChat,
  'POST /v3/chats/{id}/participants': addParticipant,
  'DELETE /v3/chats/{id}/participants': removeParticipant,
  'GET /v3/phone_numbers': listPhoneNumbers,
  'GET /v3/webhook-subscriptions': listSubscriptions,
  'POST /v3/webhook-subscriptions': createSubscription,
  'GET /v3/webhook-subscriptions/{id}': getSubscription,
  'PUT /v3/webhook-subscriptions/{id}': updateSubscription,
  'DELETE /v3/webhook-subscriptions/{id}': deleteSubscription,
} as const satisfies Record<string, Handler>;

export type RouteName = keyof typeof ROUTES;

export interface Match {
  readonly name: RouteName;
  readonly id: string;
}

const PATTERNS = Object.keys(ROUTES).map((name) => ({
  name: name as RouteName,
  pattern: new RegExp(`^${name.replace('{id}', '([^/]*)')}$`),
}));

export function matchRoute(method: string, path: string): Match | null {
  for (const { name, pattern } of PATTERNS) {
    const found = pattern.exec(`${method} ${path}`);
    if (found) return { name, id: found[1] ?? '' };
  }
  return null;
}
