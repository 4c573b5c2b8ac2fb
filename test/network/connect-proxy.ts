import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A real CONNECT proxy on this machine. Hosts other than this machine's it knows by `resolves`. */
export interface ConnectProxy {
  readonly url: string;
  /** What was asked for, in order: `slack.test:443`. */
  readonly tunnels: readonly string[];
  /** The first line of every unencrypted request that went through: `POST /api/auth.test`. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((_req, res) => res.writeHead(405).end());
  server.on('connection', keep);
  server.on('connect', (req, near: Socket) => {
    tunnels.push(req.url ?? '');
    const [host, port] = (req.url ?? '').split(':');
    if (host !== '127.0.0.1') return void near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const far = keep(connect(Number(port), host));
    far.once('connect', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.on('data', (chunk: Buffer) => {
        for (const [, line] of chunk
          .toString('latin1')
          .matchAll(/(?:^|\n)((?:GET|POST|DELETE) \S+) HTTP\/1\.1\r/g))
          requests.push(line ?? '');
      });
      near.pipe(far).pipe(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    tunnels,
    requests,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
