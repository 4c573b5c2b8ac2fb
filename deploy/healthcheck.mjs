/* Ends with 0 when the app in this container lives, whatever PORT and HOST say; a blank value counts as not set. */

const port = process.env.PORT?.trim() || '3000';
const host = process.env.HOST?.trim().replace(/^\[(.+)\]$/, '$1') || '0.0.0.0';
const reachable = { '0.0.0.0': '127.0.0.1', '::': '127.0.0.1' }[host] ?? host;
const url = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/healthz`;

const lives = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
  (response) => response.ok,
  () => false,
);
process.exit(lives ? 0 : 1);
