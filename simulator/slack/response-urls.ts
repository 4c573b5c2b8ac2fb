import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InFlight } from '../in-flight.js';
import type { Entry, Ledger } from '../ledger.js';
import { answer, type Faults, type Reply } from './faults.js';
import { readBody } from './http.js';
import { isObject, type Json, parseJson, textOf } from './json.js';
import type { Circumstances, Message, Messages, Saying } from './messages.js';
import { readBlocks } from './method.js';
import { Refusal } from './refusal.js';
import type { World } from './world.js';

/** Where a response belongs: the conversation and person of the command or press that it answers. */
export interface Occasion {
  readonly channelId: string;
  readonly userId: string;
  /** The command as typed, or null for a button. */
  readonly command: string | null;
  /** The message whose button was pressed: a response may replace or delete it. */
  readonly source: Message | null;
}

export interface ResponseUrls {
  /** A new path, good for 5 uses within 30 minutes. */
  issue(occasion: Occasion): string;
  /** Shows a response; `Refusal` when Slack would not. An acknowledgement with a body does the same. */
  show(occasion: Occasion, body: Json): void;
  handle(id: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface ResponseDeps {
  readonly world: World;
  readonly messages: Messages;
  readonly faults: Faults;
  readonly inFlight: InFlight;
  readonly ledger: Ledger;
  readonly now: () => Date;
}

const USES_MAX = 5;
const LIFE_MS = 30 * 60_000;

/** Slack documents the limits, not what it answers beyond them: the status and the body of a refusal are assumptions. */
export function createResponseUrls(deps: ResponseDeps): ResponseUrls {
  const { world, messages, faults, inFlight, ledger, now } = deps;
  const issued = new Map<string, { readonly occasion: Occasion; readonly at: number; uses: number }>();

  function use(id: string, body: unknown): void {
    const url = issued.get(id);
    if (!url) throw new Refusal('no_such_url');
    if (now().getTime() - url.at > LIFE_MS) throw new Refusal('expired_url');
    if (url.uses >= USES_MAX) throw new Refusal('used_url');
    if (!isObject(body)) throw new Refusal('invalid_payload');
    show(url.occasion, body);
    url.uses += 1;
  }

  function show(occasion: Occasion, body: Json): void {
    const channel = world.channels.get(occasion.channelId);
    if (!channel) throw new Refusal('no_such_url');
    const { source } = occasion;
    if (source && body.delete_original === true) messages.remove(source);
    else if (source && body.replace_original === true) messages.edit(source, readSaying(body));
    else messages.post(channel, readSaying(body), circumstances(occasion, body));
  }

  return {
    show,
    issue(occasion) {
      const id = world.newId('R');
      issued.set(id, { occasion, at: now().getTime(), uses: 0 });
      return `/response/${id}`;
    },
    async handle(id, request, response) {
      const body = parseJson(await inFlight.track(readBody(request)));
      const entry: Entry = {
        at: now(),
        system: 'slack',
        direction: 'from-app',
        what: 'response_url',
        detail: body,
      };
      ledger.record(entry);
      const act = () => reply(() => use(id, body));
      entry.answer = await answer({ response, act, refuse }, faults.take('response_url'));
      ledger.note();
    },
  };
}

function readSaying(body: Json): Saying {
  const saying = { text: textOf(body.text) ?? '', blocks: readBlocks(body.blocks), parsed: false };
  if (saying.text === '' && saying.blocks.length === 0) throw new Refusal('no_text');
  return saying;
}

function circumstances({ userId, command }: Occasion, body: Json): Circumstances {
  const thread_ts = textOf(body.thread_ts) ?? undefined;
  if (body.response_type !== 'in_channel') return { thread_ts, ephemeralFor: userId };
  return { thread_ts, shownCommand: command ?? undefined };
}

function reply(act: () => void): Reply {
  try {
    act();
    return { status: 200, body: 'ok', label: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(error.code);
  }
}

function refuse(error: string): Reply {
  const gone = ['no_such_url', 'expired_url', 'used_url'].includes(error);
  return { status: gone ? 404 : 400, body: error, label: error };
}
