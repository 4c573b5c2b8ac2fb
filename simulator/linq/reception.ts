import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Entry, Ledger } from '../ledger.js';
import { refuse } from './errors.js';
import { createFaultQueue, type FaultQueue, type Outcome, underFault } from './faults.js';
import { type Ask, jsonOf, readAsk, send } from './http.js';
import type { Delete } from './linq-simulator.js';
import { type Match, matchRoute, ROUTES, type RouteName } from './routes.js';
import { settleDue, type World } from './world.js';

interface ReceptionOptions {
  readonly world: World;
  readonly ledger: Ledger;
  readonly apiKey: string;
  readonly basePath: string;
}

const REMOVAL: RouteName = 'DELETE /v3/chats/{id}/participants';

/** Takes every request: ledger, key, route, fault, answer, in this order. */
export function createReception({ world, ledger, apiKey, basePath }: ReceptionOptions) {
  const removalFaults = createFaultQueue();
  const additionFaults = createFaultQueue();
  const readFaults = createFaultQueue();
  const faults: Partial<Record<RouteName, FaultQueue>> = {
    [REMOVAL]: removalFaults,
    'POST /v3/chats/{id}/participants': additionFaults,
    'GET /v3/chats': readFaults,
    'GET /v3/chats/{id}': readFaults,
  };
  const deletes: Delete[] = [];
  let keyIsValid = true;

  function decide(ask: Ask, route: Match | null): Outcome {
    if (!keyIsValid || ask.authorization !== `Bearer ${apiKey}`) return { reply: refuse(2004) };
    if (route === null) return { reply: refuse(2001) };
    return underFault(faults[route.name]?.take(route.id), (inert = false) =>
      ROUTES[route.name]({ world, ask, id: route.id, inert }),
    );
  }

  /** Deletes first: whoever waits on the ledger finds them there. */
  function note(ask: Ask, route: Match | null): Entry {
    const at = world.now();
    const body = jsonOf(ask);
    if (route?.name === REMOVAL) {
      deletes.push({ chatId: route.id, handle: typeof body?.handle === 'string' ? body.handle : null, at });
    }
    const what = route?.name ?? `${ask.method} ${ask.path}`;
    const detail = { path: ask.path, body: body ?? ask.text };
    const entry: Entry = { at, system: 'linq', direction: 'from-app', what, detail };
    ledger.record(entry);
    return entry;
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ask = await readAsk(request, basePath);
    settleDue(world);
    const route = matchRoute(ask.method, ask.path);
    const entry = note(ask, route);
    const { reply, after } = decide(ask, route);
    await after;
    if (reply === 'hanging') return;
    entry.answer = reply === 'reset' ? reply : reply.status;
    ledger.note();
    if (reply === 'reset') response.destroy();
    else send(response, reply);
  }

  return {
    receive,
    deletes: deletes as readonly Delete[],
    removalFaults,
    additionFaults,
    readFaults,
    revokeKey: () => {
      keyIsValid = false;
    },
  };
}
