import { createLedger, type Ledger } from './ledger.js';
import { type LinqSimulator, startLinqSimulator } from './linq/linq-simulator.js';
import { LINQ_QUOTA } from './linq/quota.js';
import { SLACK_QUOTA } from './slack/quota.js';
import { type SlackSimulator, startSlackSimulator } from './slack/slack-simulator.js';

/** Slack and Linq to run the app against, and the record of everything they were told. */
export interface Simulator {
  readonly slack: SlackSimulator;
  readonly linq: LinqSimulator;
  readonly ledger: Ledger;
  /** The environment an app needs to talk to both. */
  env(mode: 'socket' | 'http'): Record<string, string>;
  /** Each has its quota from now on, or none. */
  quotas(on: boolean): void;
  /** Resolves when nothing is under way in either: no call, no delivery, no event. Held and unanswered ones apart. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  /**
   * The clock of everything here except Slack's three seconds; the wall clock by default. With a clock of one's own
   * no real timer makes anything happen: what is due happens with the next call, or with `linq.catchUp()`.
   */
  readonly now?: () => Date;
  /** A clock of one's own goes as fast as the wall clock, so that real timers do make things happen. Default: no. */
  readonly timers?: boolean;
  /** Slack's port; any free one by default. */
  readonly port?: number;
  readonly linqPort?: number;
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { now = () => new Date(), timers = options.now === undefined, port = 0, linqPort = 0 } = options;
  const ledger = createLedger();
  const linq = await startLinqSimulator({ ledger, now, timers, port: linqPort });
  const slack = await startSlackSimulator({ ledger, now, timers, port }).catch(async (error) => {
    await linq.stop();
    throw error;
  });
  return {
    slack,
    linq,
    ledger,
    env: (mode) => ({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      ...(mode === 'socket'
        ? { SLACK_APP_TOKEN: slack.appToken }
        : { SLACK_SIGNING_SECRET: slack.signingSecret }),
      LINQ_API_V3_API_KEY: linq.apiKey,
      LINQ_API_V3_BASE_URL: linq.baseUrl,
      // Who may is a matter of the lists that a test or the demo adds.
      ALLOW_EVERYONE: 'true',
      // Several apps run beside each other on one machine.
      METRICS_PORT: '0',
    }),
    quotas(on) {
      linq.quota(on ? LINQ_QUOTA : null);
      slack.quota(on ? SLACK_QUOTA : null);
    },
    async idle() {
      await Promise.all([slack.idle(), linq.idle()]);
    },
    stop: async () => {
      await Promise.all([slack.stop(), linq.stop()]);
    },
  };
}
