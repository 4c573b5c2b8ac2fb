import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Cable, createCable } from '../cable.js';

type Receive = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server on this machine whose cable can be pulled. */
export interface Line extends Cable {
  readonly port: number;
  stop(): Promise<void>;
}

/** Rejects when the port is taken. */
export async function openLine(receive: Receive, wantedPort: number): Promise<Line> {
  const server = createServer((request, response) => {
    // A request whose connection breaks while it is read never arrived.
    receive(request, response).catch(() => response.destroy());
  });
  const cable = createCable(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wantedPort, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    unplug: cable.unplug,
    plug: cable.plug,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
