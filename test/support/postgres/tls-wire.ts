import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from '../certificates.js';

/** A server's front that speaks TLS as PostgreSQL does, with any certificate, and passes on what it hears. */
export interface TlsWire {
  readonly port: number;
  stop(): Promise<void>;
}

/** What a client sends first when it wants TLS (protocol-message-formats, SSLRequest). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export async function layTlsWire(serverUrl: string, { pem, keyPem }: Certificate): Promise<TlsWire> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const keep = <S extends Socket>(socket: S) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((plain) => {
    keep(plain).once('data', (first: Buffer) => {
      if (!first.equals(SSL_REQUEST)) return void plain.destroy();
      plain.write('S');
      const near = keep(new TLSSocket(plain, { isServer: true, cert: pem, key: keyPem }));
      near.pipe(keep(connect(Number(port), hostname))).pipe(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
