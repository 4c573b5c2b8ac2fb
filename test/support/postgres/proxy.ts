import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/** The wire between us and a database server, to be cut. */
export interface Wire {
  /** The database's URL by way of this wire. */
  readonly url: string;
  /** Every connection breaks; new ones are taken. */
  cut(): void;
  /** From now on nothing passes, and nobody is told. */
  fallSilent(): void;
  /** New connections pass again; those that were silent stay so. */
  recover(): void;
  /** The next COMMIT reaches the server and is carried out. Its answer is lost, and so is what comes with it. */
  loseAnswerToCommit(how: 'cut' | 'silence'): void;
  stop(): Promise<void>;
}

/** Lays a wire to the server that the URL names. */
export async function layWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let silent = false;
  let afterCommit: 'cut' | 'silence' | null = null;

  const server = createServer((ours) => {
    const theirs = dial(Number(target.port), target.hostname);
    const link = { deaf: silent, committing: false };
    for (const [from, to] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    ours.on('data', (bytes) => {
      link.deaf ||= silent;
      link.committing ||= afterCommit !== null && bytes.includes('commit');
      if (!link.deaf) theirs.write(bytes);
    });
    theirs.on('data', (bytes) => {
      if (link.committing) lose();
      link.deaf ||= silent;
      if (!link.deaf) ours.write(bytes);
    });
  });

  function lose(): void {
    if (afterCommit === 'cut') cut();
    if (afterCommit === 'silence') silent = true;
    afterCommit = null;
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = typeof address === 'object' && address ? String(address.port) : '';
  return {
    url: url.href,
    cut,
    fallSilent: () => {
      silent = true;
    },
    recover: () => {
      silent = false;
    },
    loseAnswerToCommit: (how) => {
      afterCommit = how;
    },
    async stop() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
