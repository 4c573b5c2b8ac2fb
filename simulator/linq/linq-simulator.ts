import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from '../ledger.js';
import { createChat, type NewChat, type SimChat } from './chats.js';
import type { LinqFault } from './faults.js';
import { createReception } from './reception.js';
import { subscribe } from './webhook-subscriptions.js';
import { announce, type ParticipantEventName } from './webhooks.js';
import { createWorld, depart, join, settleAll, settleDue, touch } from './world.js';

const API_KEY = 'linq-simulated-key';
const OWN_LINE = '+12052430001';
const BASE_PATH = '/api/partner';

/** A DELETE that reached Linq, whether it acted on it or not. */
export interface Delete {
  readonly chatId: string;
  /** As sent; null when the body carried none. */
  readonly handle: string | null;
  readonly at: Date;
}

export interface LinqSimulator {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly ownLine: string;
  addChat(chat: NewChat): SimChat;
  /** Throws for an id that was never added. */
  chat(id: string): SimChat;
  readonly deletes: readonly Delete[];
  /** Everything queued takes effect now. */
  settles(): void;
  /** From now on accepted changes take effect by themselves after this long; null: only when told. */
  settleAfter(ms: number | null): void;
  /** For the next DELETE of a participant (from this chat), once; several wait their turn. */
  nextRemoval(fault: LinqFault, chatId?: string): void;
  /** The same for the next POST of a participant. */
  nextAddition(fault: LinqFault, chatId?: string): void;
  /** The same for the next reading of a chat or of the list. */
  nextRead(fault: LinqFault, chatId?: string): void;
  /** Every connection is cut and none is taken, until plugged in again. */
  unplug(): void;
  plug(): void;
  /** Somebody leaves on their own. */
  leaves(chatId: string, handle: string): void;
  ourLineLeaves(chatId: string): void;
  /** A member adds somebody from their phone. */
  adds(chatId: string, handle: string): void;
  /** A webhook subscription as the API would make one, except that its secret may be given. Answers with the secret. */
  subscribe(url: string, events: readonly ParticipantEventName[], secret?: string): string;
  /** From now on the key is refused. */
  revokeKey(): void;
  rename(chatId: string, name: string | null): void;
  stop(): Promise<void>;
}

export interface LinqSimulatorOptions {
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** Default: any free port. */
  readonly port?: number;
  /** Removed members vanish from the roster instead of staying as past ones. */
  readonly forget?: boolean;
}

/** Linq's chat endpoints on a real socket, as strict as Linq's documents and silent where they are. */
export async function startLinqSimulator(options: LinqSimulatorOptions): Promise<LinqSimulator> {
  const { ledger, now, port = 0, forget = false } = options;
  const world = createWorld({
    ownLine: OWN_LINE,
    now,
    forget,
    onGone: (chat, entry) => announce('participant.removed', world, ledger, chat, entry),
    onJoined: (chat, entry) => announce('participant.added', world, ledger, chat, entry),
    onChange: () => ledger.note(),
  });
  const reception = createReception({ world, ledger, apiKey: API_KEY, basePath: BASE_PATH });
  const line = await listen(reception.receive, port);

  function chat(id: string): SimChat {
    const found = world.chats.get(id.toLowerCase());
    if (!found) throw new Error(`the simulated Linq has no chat ${id}`);
    return found;
  }

  return {
    baseUrl: `http://127.0.0.1:${line.port}${BASE_PATH}`,
    apiKey: API_KEY,
    ownLine: OWN_LINE,
    chat,
    deletes: reception.deletes,
    addChat(details) {
      const added = createChat(details, OWN_LINE, now());
      world.chats.set(added.id.toLowerCase(), added);
      return added;
    },
    settles: () => settleAll(world),
    settleAfter(ms) {
      world.settleAfterMs = ms;
      settleDue(world);
    },
    nextRemoval: reception.removalFaults.add,
    nextAddition: reception.additionFaults.add,
    nextRead: reception.readFaults.add,
    unplug: line.unplug,
    plug: line.plug,
    leaves: (chatId, handle) => depart(world, chat(chatId), handle, 'left'),
    ourLineLeaves: (chatId) => depart(world, chat(chatId), OWN_LINE, 'left'),
    adds: (chatId, handle) => join(world, chat(chatId), handle),
    subscribe: (url, events, secret) => subscribe(world, url, events, secret).signing_secret,
    revokeKey: reception.revokeKey,
    rename(chatId, name) {
      chat(chatId).name = name;
      touch(world, chat(chatId));
    },
    stop: line.stop,
  };
}

type Receive = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server on this machine whose cable can be pulled. */
async function listen(receive: Receive, wantedPort: number) {
  let plugged = true;
  const server = createServer((request, response) => {
    // A request whose connection breaks while it is read never arrived.
    receive(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    if (!plugged) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wantedPort, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    unplug() {
      plugged = false;
      server.closeAllConnections();
    },
    plug() {
      plugged = true;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
