import { config as readEnvironmentFile } from 'dotenv';
import { createApp } from './app.js';
import { ConfigError, loadConfig } from './config.js';
import { HttpStartError } from './http-server.js';
import { LinqStartError } from './linq/check-access.js';
import { createLogger } from './log.js';
import { SlackStartError } from './slack/slack-connection.js';
import { StoreOpenError } from './store/database.js';

/** Ends the process with a plain sentence for whoever started it, or with the error where nobody foresaw it. */
function giveUp(error: unknown): never {
  const foreseen = [ConfigError, SlackStartError, LinqStartError, StoreOpenError, HttpStartError].some(
    (kind) => error instanceof kind,
  );
  if (foreseen && error instanceof Error) process.stderr.write(`${error.message}\n`);
  else createLogger({ level: 'error' }).fatal({ err: error }, 'linq-remove could not go on');
  process.exit(1);
}

async function main(): Promise<void> {
  readEnvironmentFile({ quiet: true });
  const app = await createApp(loadConfig(process.env));
  let stopping = false;
  const stop = () => {
    // A second signal: whoever sent it does not want to wait. What is under way is recovered at the next start.
    if (stopping) process.exit(1);
    stopping = true;
    app.stop().then(() => process.exit(0), giveUp);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await app.start();
}

// The socket library rejects unheard when Slack refuses the token on a reconnect: a supervisor starts us again.
process.on('unhandledRejection', giveUp);
main().catch(giveUp);
