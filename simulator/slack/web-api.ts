import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InFlight } from '../in-flight.js';
import type { Entry, Ledger } from '../ledger.js';
import type { CallLog, SlackCall } from './calls.js';
import { answer, type Faults, type Reply, type SlackFault } from './faults.js';
import { readBody } from './http.js';
import { type Json, textOf } from './json.js';
import { type MethodTable, readArgs } from './method.js';
import type { QuotaKeeper } from './quota.js';
import { missingScope } from './read-methods.js';
import { Refusal } from './refusal.js';
import type { Tokens } from './tokens.js';

interface WebApiDeps {
  readonly methods: MethodTable;
  readonly tokens: Tokens;
  readonly scopes: ReadonlySet<string>;
  readonly faults: Faults;
  readonly quota: QuotaKeeper;
  readonly log: CallLog;
  readonly inFlight: InFlight;
  readonly ledger: Ledger;
  readonly now: () => Date;
}

export type CallHandler = (name: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers `/api/<method>`: arguments, quota, token, scope, then the method itself. Every call is in the ledger. */
export function createWebApi(deps: WebApiDeps): CallHandler {
  return async (name, request, response) => {
    const args = readArgs(
      request.headers['content-type'] ?? '',
      await deps.inFlight.track(readBody(request)),
    );
    const { token, ...detail } = args;
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? textOf(token);
    const entry: Entry = { at: deps.now(), system: 'slack', direction: 'from-app', what: name, detail };
    const asked = deps.log.note(name, detail);
    deps.ledger.record(entry);
    const act = () => reply(() => call(deps, name, bearer, detail));
    const refuse = (error: string) => reply(() => raise(error));
    const fault = quotaFault(deps, asked) ?? deps.faults.take(name, isDirect(asked));
    if (isLimit(fault)) await deps.inFlight.track(deps.log.wait(asked, fault.rateLimited, response));
    entry.answer = await answer({ response, act, refuse }, fault);
    deps.ledger.note();
  };
}

/** The app called too often; a fault that waits for this method goes on waiting. */
function quotaFault({ quota }: WebApiDeps, asked: SlackCall): SlackFault | undefined {
  const rateLimited = quota.refusal(asked.method, asked.channel);
  asked.refused = rateLimited !== null;
  return rateLimited === null ? undefined : { rateLimited };
}

/** To a person, or about their own conversation with the app. */
function isDirect({ channel }: SlackCall): boolean {
  return channel !== null && /^[DUW]/u.test(channel);
}

function isLimit(fault: SlackFault | undefined): fault is { readonly rateLimited: number } {
  return typeof fault === 'object' && 'rateLimited' in fault;
}

function call(
  { methods, tokens, scopes }: WebApiDeps,
  name: string,
  bearer: string | null,
  args: Json,
): Json {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new Refusal('unknown_method', { req_method: name });
  tokens.check(bearer, method.token);
  if (method.scope && !scopes.has(method.scope)) throw missingScope(method.scope, scopes);
  return method.act(args);
}

/** Slack answers refusals with HTTP 200 too. */
function reply(act: () => Json): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  try {
    return { status: 200, headers, body: JSON.stringify({ ok: true, ...act() }), label: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = JSON.stringify({ ok: false, error: error.code, ...error.extra });
    return { status: 200, headers, body, label: error.code };
  }
}

function raise(error: string): never {
  throw new Refusal(error);
}
