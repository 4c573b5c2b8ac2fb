import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InFlight } from '../in-flight.js';
import type { Entry, Ledger } from '../ledger.js';
import type { CallLog, LinqCall } from './calls.js';
import { refuse } from './errors.js';
import type { FaultQueue } from './fault-queue.js';
import { type Outcome, underFault } from './faults.js';
import { type Ask, jsonOf, readAsk, send } from './http.js';
import type { QuotaKeeper } from './quota.js';
import { type Match, matchRoute, ROUTES } from './routes.js';
import type { World } from './world.js';

interface ReceptionOptions {
  readonly world: World;
  readonly ledger: Ledger;
  readonly log: CallLog;
  readonly quota: QuotaKeeper;
  readonly faults: FaultQueue;
  readonly inFlight: InFlight;
  readonly apiKey: string;
  readonly basePath: string;
}

/** Takes every request: ledger, key, quota, route, fault, answer, in this order. */
export function createReception(options: ReceptionOptions) {
  const { world, ledger, log, quota, faults, inFlight, apiKey, basePath } = options;
  let keyIsValid = true;

  function decide(ask: Ask, route: Match | null, call: LinqCall): Outcome {
    if (!keyIsValid || ask.authorization !== `Bearer ${apiKey}`) return { reply: refuse(2004) };
    const refusal = quota.refusal();
    call.refused = refusal !== null;
    if (refusal) return { reply: refusal };
    if (route === null) return { reply: refuse(2001) };
    const { name, id } = route;
    return underFault(faults.take(name, id), ({ fate = 'usual', untruth } = {}) =>
      ROUTES[name]({ world, ask, id, fate, untruth }),
    );
  }

  /** The call first: a test that waits on the ledger finds it there. */
  function note(ask: Ask, route: Match | null): { call: LinqCall; entry: Entry } {
    const call = log.note(ask, route);
    const detail = { path: ask.path, body: jsonOf(ask) ?? ask.text };
    const entry: Entry = { at: call.at, system: 'linq', direction: 'from-app', what: call.what, detail };
    ledger.record(entry);
    return { call, entry };
  }

  async function take(request: IncomingMessage) {
    const ask = await readAsk(request, basePath);
    world.agenda.catchUp();
    const route = matchRoute(ask.method, ask.path);
    const { call, entry } = note(ask, route);
    return { call, entry, ...decide(ask, route, call) };
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { call, entry, reply, after } = await inFlight.track(take(request));
    await after;
    if (reply === 'hanging') return;
    call.answer = reply === 'reset' ? reply : reply.status;
    entry.answer = call.answer;
    ledger.note();
    if (reply === 'reset') return void response.destroy();
    await inFlight.track(log.heed(reply, response));
    send(response, reply);
  }

  return {
    receive,
    revokeKey: () => {
      keyIsValid = false;
    },
  };
}
