import { type App, createApp } from './app.js';
import { loadConfig } from './config/config.js';
import { readEnvironmentFile } from './config/environment.js';
import { ConfigError } from './config/problems.js';
import { HttpStartError } from './http/server.js';
import { LinqStartError } from './linq/check-access.js';
import { createLogger } from './log.js';
import { SlackStartError } from './slack/connection/connect.js';
import { StoreOpenError } from './store/database.js';

const FORESEEN = [ConfigError, SlackStartError, LinqStartError, StoreOpenError, HttpStartError];

/** Ends the process with a plain sentence for the operator, or with the error, scrubbed, where it was not foreseen. */
function giveUp(error: unknown): never {
  const foreseen = FORESEEN.some((kind) => error instanceof kind);
  if (foreseen && error instanceof Error) process.stderr.write(`${error.message}\n`);
  else createLogger({ level: 'error' }).fatal({ err: error }, 'linq-remove could not go on');
  process.exit(1);
}

/** Makes each way of ending an orderly one: what is under way may finish, and the store is closed. */
function endInOrder(app: App): (error: unknown) => void {
  let stopping = false;
  const stop = (after: () => never) => {
    if (stopping) return;
    stopping = true;
    app.stop().then(after, giveUp);
  };
  const onSignal = () => {
    // A second signal: its sender does not want to wait. What is under way is recovered at the next start.
    if (stopping) process.exit(1);
    stop(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // The reader of the log went away. Nothing more can be said, and a supervisor starts us again with a new one.
  process.stdout.on('error', () => stop(() => process.exit(1)));
  return (error) => stop(() => giveUp(error));
}

async function main(): Promise<void> {
  readEnvironmentFile();
  const app = await createApp(loadConfig(process.env));
  const end = endInOrder(app);
  app.refused.catch(end);
  await app.start().catch(end);
}

// The same for standard error: an error there must not end what goes on.
process.stderr.on('error', () => {});
process.on('uncaughtException', giveUp);
// The socket library rejects unheard when Slack refuses the token on a reconnect: a supervisor starts us again.
process.on('unhandledRejection', giveUp);
main().catch(giveUp);
