import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from './answer.js';

/** More than any genuine request of Slack or Linq: theirs are a few kilobytes, 100 chats in one window some 60. */
export const LARGEST_BODY = 512 * 1024;

/** How long the sender of too much has to read that it is too much. */
const TIME_TO_READ_MS = 1_000;

/** The raw body up to `LARGEST_BODY` bytes; null when the request was answered with 413, or its sender hung up. */
export async function readBody(req: IncomingMessage, res: ServerResponse): Promise<Buffer | null> {
  const announced = Number(req.headers['content-length'] ?? 0);
  const body = announced > LARGEST_BODY ? 'too-large' : await collect(req);
  if (body instanceof Buffer) return body;
  if (body === 'too-large') refuse(req, res);
  return null;
}

function collect(req: IncomingMessage): Promise<Buffer | 'too-large' | 'cut'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else resolve('too-large');
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', () => resolve('cut'));
    req.on('close', () => resolve('cut'));
  });
}

/**
 * What still comes is thrown away for a moment. Closing under a sender who is still writing resets the connection, and
 * the reset may overtake the answer.
 */
function refuse(req: IncomingMessage, res: ServerResponse): void {
  req.resume();
  answer(res, 413, 'too large');
  const timer = setTimeout(() => req.destroy(), TIME_TO_READ_MS);
  req.once('close', () => clearTimeout(timer));
}
