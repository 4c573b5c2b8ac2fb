import type { ServerResponse } from 'node:http';

/** Answers with a word or two as JSON: what a probe, Slack's or Linq's sender needs to know and nothing else. */
export function answer(res: ServerResponse, status: number, word: string): void {
  const json = JSON.stringify({ status: word });
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
  });
  res.end(json);
}

/** After headers went out there is no status left to change: only cutting says that something is wrong. */
export function fail(res: ServerResponse): void {
  if (res.headersSent) res.destroy();
  else answer(res, 500, 'failed');
}
