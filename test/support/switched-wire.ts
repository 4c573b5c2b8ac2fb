import { connect, createServer, type Socket } from 'node:net';

/** A port that leads to another one, once it is switched on: a network that comes back. */
export interface SwitchedWire {
  readonly port: number;
  on(): void;
  stop(): Promise<void>;
}

export async function laySwitchedWire(to: number): Promise<SwitchedWire> {
  let isOn = false;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    keep(near);
    if (isOn) near.pipe(keep(connect(to, '127.0.0.1'))).pipe(near);
    else near.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    on() {
      isOn = true;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
