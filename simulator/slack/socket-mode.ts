import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Ledger } from '../ledger.js';
import type { Faults } from './faults.js';
import { isObject, type Json, parseJson } from './json.js';
import { ACK_WITHIN_MS, type Delivery, type Parcel } from './parcel.js';

export interface SocketMode {
  /** The path of a connection that may be opened once. */
  ticket(): string;
  /** Sends to any one connection and waits for its acknowledgement. */
  deliver(parcel: Parcel): Promise<Delivery>;
  connections(): number;
  /** `refresh` says goodbye first, as Slack does every few hours. */
  drop(how: 'cut' | 'refresh'): void;
  /** Closes politely: Bolt keeps its process alive for 30 s when the closing handshake is not completed. */
  stop(): Promise<void>;
}

interface SocketDeps {
  readonly appId: string;
  readonly ledger: Ledger;
  readonly now: () => Date;
  /**
   * `ack`: an acknowledgement is lost, and with any fault but `lost-reply` its connection too. `delivery`: a payload
   * arrives, and its connection is gone before it can be acknowledged.
   */
  readonly faults: Faults;
}

/** The close code of a connection that ended without a closing handshake. Source: RFC 6455, section 7.4.1. */
const BROKEN = 1006;

/** What the person sees when no acknowledgement comes. */
const LOST: Delivery = { outcome: 'operation_timeout', body: null };

/** How long a peer may take to close before it is cut off. */
const GOODBYE_MS = 500;

/** Slack's side of Socket Mode on `/link`: hello, envelopes out, acknowledgements in. Pings are `ws`'s business. */
export function createSocketMode(server: Server, { appId, ledger, now, faults }: SocketDeps): SocketMode {
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting = createWaiting();
  let issued = 0;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, welcome);
  });

  function welcome(connection: WebSocket): void {
    open.push(connection);
    connection.on('message', (data) => {
      const message = parseJson(String(data));
      const fault = faults.take('ack');
      hear(message, fault !== undefined);
      if (fault !== undefined && fault !== 'lost-reply') connection.terminate();
    });
    connection.on('error', () => connection.terminate());
    connection.on('close', (code) => {
      if (code === BROKEN) waiting.giveUp(connection);
      open.splice(open.indexOf(connection), 1);
      ledger.note();
    });
    const hello = { type: 'hello', num_connections: open.length, connection_info: { app_id: appId } };
    connection.send(JSON.stringify(hello));
    ledger.note();
  }

  function hear(message: unknown, isLost: boolean): void {
    if (!isObject(message)) return;
    const body =
      isObject(message.payload) && Object.keys(message.payload).length > 0 ? message.payload : null;
    const heard: Delivery = isLost ? LOST : { outcome: 'acknowledged', body };
    const inTime = waiting.settle(String(message.envelope_id), heard);
    const answer = isLost ? 'lost' : inTime ? 'ok' : 'late';
    ledger.record({ at: now(), system: 'slack', direction: 'from-app', what: 'ack', detail: body, answer });
  }

  return {
    ticket() {
      issued += 1;
      const ticket = `ticket-${issued}`;
      tickets.add(ticket);
      return `/link?ticket=${ticket}&app_id=${appId}`;
    },
    async deliver(parcel) {
      const connection = open.find(({ readyState }) => readyState === WebSocket.OPEN);
      if (!connection) return { outcome: 'dispatch_failed', body: null };
      // To the end of the row: every connection gets its turn.
      open.push(...open.splice(open.indexOf(connection), 1));
      const isCut = faults.take('delivery') !== undefined;
      connection.send(JSON.stringify(envelope(parcel)), () => isCut && connection.terminate());
      return isCut ? LOST : waiting.wait(parcel.envelopeId, connection);
    },
    connections: () => open.length,
    drop(how) {
      for (const connection of [...open]) {
        if (how === 'cut') connection.terminate();
        else connection.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
      }
    },
    async stop() {
      sockets.close();
      waiting.giveUp();
      await Promise.all(open.map(sayGoodbye));
    },
  };
}

interface Waiter {
  readonly envelopeId: string;
  readonly connection: WebSocket;
  settle(delivery: Delivery): void;
}

function sayGoodbye(connection: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => connection.terminate(), GOODBYE_MS);
    connection.once('close', () => {
      clearTimeout(patience);
      resolve();
    });
    connection.close(1001);
  });
}

function envelope({ what, payload, envelopeId }: Parcel): Json {
  const type = what === 'slash_commands' || what === 'events_api' ? what : 'interactive';
  return {
    type,
    envelope_id: envelopeId,
    payload,
    accepts_response_payload: what !== 'view_closed' && what !== 'events_api',
  };
}

/**
 * Deliveries not yet acknowledged, each given up with a connection that breaks: a client that says goodbye may still
 * acknowledge over its next connection. The same envelope may wait twice, when it was delivered twice.
 */
function createWaiting() {
  const waiters: Waiter[] = [];
  return {
    wait: (envelopeId: string, connection: WebSocket) =>
      new Promise<Delivery>((resolve) => {
        const settle = (delivery: Delivery) => {
          clearTimeout(timer);
          waiters.splice(waiters.indexOf(waiter), 1);
          resolve(delivery);
        };
        const waiter = { envelopeId, connection, settle };
        const timer = setTimeout(() => settle(LOST), ACK_WITHIN_MS);
        waiters.push(waiter);
      }),
    settle(envelopeId: string, delivery: Delivery): boolean {
      const waiter = waiters.find((each) => each.envelopeId === envelopeId);
      waiter?.settle(delivery);
      return waiter !== undefined;
    },
    /** Of one connection, or all. */
    giveUp(connection?: WebSocket) {
      const lost = waiters.filter((waiter) => !connection || waiter.connection === connection);
      for (const waiter of lost) waiter.settle(LOST);
    },
  };
}
