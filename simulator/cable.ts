import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connection between a server and its callers: unplugged, every connection is cut and none is taken. */
export interface Cable {
  unplug(): void;
  plug(): void;
}

export function createCable(server: Server): Cable {
  const open = new Set<Socket>();
  let plugged = true;
  server.on('connection', (socket) => {
    if (!plugged) return void socket.destroy();
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    unplug() {
      plugged = false;
      // WebSockets too, which the server itself no longer counts among its connections.
      for (const socket of open) socket.destroy();
    },
    plug() {
      plugged = true;
    },
  };
}
