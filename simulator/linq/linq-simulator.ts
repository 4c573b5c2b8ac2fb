import { createAgenda } from '../agenda.js';
import { createInFlight } from '../in-flight.js';
import type { Ledger } from '../ledger.js';
import { createCallLog, type Delete, type LinqCall, REMOVAL } from './calls.js';
import { activeHandle, createChat, type NewChat, type SimChat } from './chats.js';
import { createFaultQueue } from './fault-queue.js';
import type { LinqFault } from './faults.js';
import { openLine } from './line.js';
import { settleAll } from './queue.js';
import { createQuotaKeeper, type LinqQuota } from './quota.js';
import { createReception } from './reception.js';
import type { RosterLag } from './roster.js';
import type { RouteName } from './routes.js';
import { subscribe } from './webhook-subscriptions.js';
import { createAnnouncer, type EventFault, type ParticipantEventName } from './webhooks.js';
import { byPerson, type Carried, createWorld, depart, join, touch } from './world.js';

const API_KEY = 'linq-simulated-key';
const OWN_LINE = '+12052430001';
const BASE_PATH = '/api/partner';
const READINGS: readonly RouteName[] = ['GET /v3/chats', 'GET /v3/chats/{id}'];
const ADDITION: RouteName = 'POST /v3/chats/{id}/participants';

/** Linq to run against: it fails, lags and lies only when told. */
export interface LinqSimulator {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly ownLine: string;
  addChat(chat: NewChat): SimChat;
  /** Throws for an id that was never added. */
  chat(id: string): SimChat;
  readonly deletes: readonly Delete[];
  /** Every call, in order. */
  readonly calls: readonly LinqCall[];
  /** The calls that the quota refused. */
  readonly refusals: readonly LinqCall[];
  /** The calls that came while a `Retry-After` of an earlier answer was not over. */
  readonly earlyCalls: readonly LinqCall[];
  /** Every change of members that really happened, in order. */
  readonly history: readonly Carried[];
  /** The truth, whatever readings show. */
  isMember(chatId: string, handle: string): boolean;
  /** What is due by the clock happens: with a clock moved by hand this is due after every step. */
  catchUp(): void;
  /** Everything queued takes effect now. */
  settles(): void;
  /** From now on accepted changes take effect this long after, by the clock; null: only when told. */
  settleAfter(ms: number | null): void;
  /** From now on readings show a change only so long after it happened. */
  rosterLag(ms: number | RosterLag): void;
  /** From now on Linq says nowhere which line is ours: `is_me` is missing and there are no phone numbers. */
  hideOurLine(hidden: boolean): void;
  /** Null: no limit, as at the start. */
  quota(quota: LinqQuota | null): void;
  /** For the next call of this route (about this chat), once; several wait their turn. */
  next(route: RouteName, fault: LinqFault, chatId?: string): void;
  /** The same for the next DELETE of a participant. */
  nextRemoval(fault: LinqFault, chatId?: string): void;
  /** The same for the next POST of a participant. */
  nextAddition(fault: LinqFault, chatId?: string): void;
  /** The same for the next reading of a chat or of the list. */
  nextRead(fault: LinqFault, chatId?: string): void;
  /** Faults that still wait for a call are dropped. */
  forgetFaults(): void;
  /** The same for the next event. */
  nextEvent(fault: EventFault): void;
  /** Every connection is cut and none is taken, until plugged in again. */
  unplug(): void;
  plug(): void;
  /** A member leaves on their own. */
  leaves(chatId: string, handle: string): void;
  ourLineLeaves(chatId: string): void;
  /** A member adds a person from their phone. */
  adds(chatId: string, handle: string): void;
  /** A member removes a person from their phone. */
  removes(chatId: string, handle: string): void;
  /** A webhook subscription as the API would make one, except that its secret may be given. Answers with the secret. */
  subscribe(url: string, events: readonly ParticipantEventName[], secret?: string): string;
  /** From now on the key is refused. */
  revokeKey(): void;
  rename(chatId: string, name: string | null): void;
  /** Resolves when nothing is under way: no call being answered, no event being delivered. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface LinqSimulatorOptions {
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** What is due happens by itself, by real timers: only for `now` by the wall clock. Default: when told, or asked. */
  readonly timers?: boolean;
  /** Default: any free port. */
  readonly port?: number;
  /** Removed members vanish from the roster instead of staying as past ones. */
  readonly forget?: boolean;
}

/** Linq's chat endpoints on a real socket, as strict as Linq's documents and silent where they are. */
export async function startLinqSimulator(options: LinqSimulatorOptions): Promise<LinqSimulator> {
  const { ledger, now, timers = false, port = 0, forget = false } = options;
  const agenda = createAgenda(now, timers);
  const inFlight = createInFlight();
  const world = createWorld({
    ownLine: OWN_LINE,
    now,
    agenda,
    forget,
    onGone: (chat, entry) => announcer.announce('participant.removed', chat, entry),
    onJoined: (chat, entry) => announcer.announce('participant.added', chat, entry),
    onChange: () => ledger.note(),
  });
  const announcer = createAnnouncer({ world, ledger, inFlight });
  const log = createCallLog(now, timers);
  const quota = createQuotaKeeper(now);
  const faults = createFaultQueue();
  const door = { apiKey: API_KEY, basePath: BASE_PATH };
  const reception = createReception({ world, ledger, log, quota, faults, inFlight, ...door });
  const line = await openLine(reception.receive, port);

  function chat(id: string): SimChat {
    const found = world.chats.get(id.toLowerCase());
    if (!found) throw new Error(`the simulated Linq has no chat ${id}`);
    return found;
  }
  const arm =
    (...routes: readonly RouteName[]) =>
    (fault: LinqFault, chatId?: string) =>
      faults.add(routes, fault, chatId);

  return {
    baseUrl: `http://127.0.0.1:${line.port}${BASE_PATH}`,
    apiKey: API_KEY,
    ownLine: OWN_LINE,
    chat,
    deletes: log.deletes,
    calls: log.calls,
    get refusals() {
      return log.calls.filter(({ refused }) => refused);
    },
    get earlyCalls() {
      return log.calls.filter(({ early }) => early);
    },
    history: world.history,
    isMember(chatId, handle) {
      agenda.catchUp();
      return activeHandle(chat(chatId), handle) !== undefined;
    },
    catchUp: agenda.catchUp,
    addChat(details) {
      const added = createChat(details, OWN_LINE, now());
      world.chats.set(added.id.toLowerCase(), added);
      return added;
    },
    settles: () => settleAll(world),
    settleAfter(ms) {
      world.settleAfterMs = ms;
      agenda.catchUp();
    },
    rosterLag(lag) {
      world.lag = typeof lag === 'number' ? { chat: lag, list: lag } : lag;
    },
    hideOurLine(hidden) {
      world.ourLineHidden = hidden;
    },
    quota: quota.set,
    next: (route, fault, chatId) => faults.add([route], fault, chatId),
    nextRemoval: arm(REMOVAL),
    nextAddition: arm(ADDITION),
    nextRead: arm(...READINGS),
    forgetFaults: faults.forget,
    nextEvent: announcer.next,
    unplug: line.unplug,
    plug: line.plug,
    leaves: (chatId, handle) => void depart(world, chat(chatId), handle, 'left', byPerson(world)),
    ourLineLeaves: (chatId) => void depart(world, chat(chatId), OWN_LINE, 'left', byPerson(world)),
    adds: (chatId, handle) => void join(world, chat(chatId), handle, byPerson(world)),
    removes: (chatId, handle) => void depart(world, chat(chatId), handle, 'removed', byPerson(world)),
    subscribe: (url, events, secret) => subscribe(world, url, events, secret).signing_secret,
    revokeKey: reception.revokeKey,
    rename(chatId, name) {
      chat(chatId).name = name;
      touch(world, chat(chatId));
    },
    idle: inFlight.idle,
    stop: line.stop,
  };
}
