import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const CHANNEL = 'http.server.request.start';

/** Finds the servers of this process by their port, as they take requests, so that a killed process can lose its own. */
export interface Servers {
  /** Closes the server and cuts every connection to it, at once. False when none was seen on that port. */
  cut(port: number): boolean;
  forget(): void;
}

export function watchServers(): Servers {
  const servers = new Map<number, Server>();
  const see = (message: unknown) => {
    // Node documents this message as `{ request, response, socket, server }`.
    const { server } = message as { readonly server: Server };
    const address = server.address() as AddressInfo | null;
    if (address) servers.set(address.port, server);
  };
  subscribe(CHANNEL, see);
  return {
    cut(port) {
      const server = servers.get(port);
      server?.close();
      server?.closeAllConnections();
      return servers.delete(port) && server !== undefined;
    },
    forget: () => void unsubscribe(CHANNEL, see),
  };
}
