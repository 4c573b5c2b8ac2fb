import type { IncomingMessage } from 'node:http';

/** Of a body that is too large this much is read and thrown away, so that its sender hears why. */
const DRAINED_BYTES = 8 * 1024 * 1024;

export type Body =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-large' }
  /** The sender hung up: there is nobody to answer. */
  | { readonly kind: 'cut' };

/**
 * The raw body, up to `limit` bytes. Whoever sends more is heard out, up to a point, and never kept: closing the
 * connection under a sender who is still writing would lose the answer.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > DRAINED_BYTES) {
    return Promise.resolve({ kind: 'too-large' });
  }
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
      if (size > DRAINED_BYTES) {
        request.pause();
        resolve({ kind: 'too-large' });
      }
    });
    request.on('end', () =>
      resolve(
        size > limit ? { kind: 'too-large' } : { kind: 'read', text: Buffer.concat(chunks).toString('utf8') },
      ),
    );
    request.on('error', () => resolve({ kind: 'cut' }));
    request.on('close', () => resolve({ kind: 'cut' }));
  });
}
