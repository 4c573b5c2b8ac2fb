import type { Log } from '../removal/ports.js';
import { createHttpServer, type HttpServer, type Limits } from './server.js';

export interface PrivateServerDeps {
  readonly host: string;
  readonly port: number;
  /** For Prometheus; it says nothing about people. */
  readonly metrics: { readonly contentType: string; read(): Promise<string> };
  readonly log: Log;
}

const LIMITS: Limits = { connections: 32, waiting: 32, headersMs: 10_000, requestMs: 15_000 };

/** What only the operator's network may reach: `/metrics`. */
export function createPrivateServer({ host, port, metrics, log }: PrivateServerDeps): HttpServer {
  return createHttpServer({
    host,
    port,
    variables: { host: 'METRICS_HOST', port: 'METRICS_PORT' },
    routes: {
      '/metrics': {
        methods: ['GET', 'HEAD'],
        async handle(_req, res) {
          const text = await metrics.read();
          res.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
          res.end(text);
        },
      },
    },
    limits: LIMITS,
    log,
  });
}
