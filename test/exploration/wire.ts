import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Every connection between two ends in this process: whether anything is still on its way between them. */
export interface Wire {
  /** The kernel has taken something that its reader has not been given. On a busy machine that may take a while. */
  isBusy(): boolean;
  forget(): void;
}

/** What nobody reads stays on its way for ever: after this it is taken for that. In real milliseconds. */
const PATIENCE_MS = 100;
/** And after so many looks: a busy machine may have let this process wait meanwhile, with what arrived unread. */
const PATIENCE_LOOKS = 500;

// Time is virtual while a story is played, and this is about real sockets.
const realNow = performance.now.bind(performance);

/** Channels of Node's own that tell of each new socket. */
const CLIENTS = 'net.client.socket';
const SERVERS = 'net.server.socket';

export function watchWire(): Wire {
  const clients = new Set<Socket>();
  /** By the port of the client at the other end. */
  const servers = new Map<number, Socket>();
  const ports = new Map<Socket, number>();
  let last = '';
  let since = 0;
  let looks = 0;

  const seeClient = (message: unknown) => void clients.add(socketIn(message));
  const seeServer = (message: unknown) => {
    const socket = socketIn(message);
    if (socket.remotePort !== undefined) servers.set(socket.remotePort, socket);
  };
  subscribe(CLIENTS, seeClient);
  subscribe(SERVERS, seeServer);

  /** What is on its way on this connection, in words that stay the same while nothing moves; null: nothing. */
  function onItsWay(client: Socket): string | null {
    if (client.connecting) return 'connecting';
    const port = client.localPort ?? ports.get(client);
    if (port === undefined) return forgetClient(client);
    ports.set(client, port);
    const server = servers.get(port);
    if (client.destroyed && (!server || server.destroyed)) return forgetClient(client);
    if (!server) return `${port} is not accepted`;
    if (client.destroyed || server.destroyed) return `${port} is half closed`;
    const there = client.bytesWritten - server.bytesRead;
    const back = server.bytesWritten - client.bytesRead;
    return there === 0 && back === 0 ? null : `${port} ${there} ${back}`;
  }

  function forgetClient(client: Socket): null {
    const port = ports.get(client);
    if (client.destroyed) {
      clients.delete(client);
      ports.delete(client);
      if (port !== undefined) servers.delete(port);
    }
    return null;
  }

  return {
    isBusy() {
      const now = [...clients]
        .map(onItsWay)
        .filter((words) => words !== null)
        .join(', ');
      if (now === '') return false;
      if (now !== last) {
        since = realNow();
        looks = 0;
      }
      last = now;
      looks += 1;
      return looks < PATIENCE_LOOKS || realNow() - since < PATIENCE_MS;
    },
    forget() {
      unsubscribe(CLIENTS, seeClient);
      unsubscribe(SERVERS, seeServer);
    },
  };
}

/** Node documents these messages as `{ socket }`. */
function socketIn(message: unknown): Socket {
  return (message as { readonly socket: Socket }).socket;
}
