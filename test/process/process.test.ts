import type { Ledger } from '../../simulator/ledger.js';
import { PATIENCE_MS } from '../support/child.js';
import { removeBundles } from '../support/child-bundle.js';
import { type ChildStage, onChildStage, type Running } from '../support/child-stage.js';
import { approves, BOTH, MODES, PAT } from '../support/stage.js';

/* `src/main.ts` as a process of its own: how it starts, what it says of itself, and how it ends. */

jest.setTimeout(60_000);
afterAll(removeBundles);

const NOWHERE = 'http://127.0.0.1:1';

/** What keeps it from starting, and the sentence that says so. */
const FAILING_STARTS: readonly (readonly [string, (stage: ChildStage) => Record<string, string>, RegExp])[] =
  [
    [
      'a bot token that Slack refuses',
      () => ({ SLACK_BOT_TOKEN: 'xoxb-not-this-one' }),
      /^Slack refused SLACK_BOT_TOKEN \(invalid_auth\)\. .*start again\.$/,
    ],
    [
      'an app token that Slack refuses',
      () => ({ SLACK_APP_TOKEN: 'xapp-not-this-one' }),
      /^Slack refused SLACK_APP_TOKEN \(invalid_auth\)\. .*start again\.$/,
    ],
    [
      'a key that Linq refuses',
      () => ({ LINQ_API_V3_API_KEY: 'not-this-one' }),
      /^Linq refused LINQ_API_V3_API_KEY \(status 401\)\. .*start again\.$/,
    ],
    [
      'a port that another program uses',
      ({ slack }) => ({ PORT: new URL(slack.apiUrl).port }),
      /^Port \d+ is in use by another program\. .*set PORT to a free port\.$/,
    ],
    [
      'a database that is a folder',
      ({ folder }) => ({ DATABASE_URL: `file:${folder}` }),
      /^The store .* cannot be opened: .*DATABASE_URL must name an SQLite file/,
    ],
    [
      'a port for metrics that another program uses',
      ({ slack }) => ({ METRICS_PORT: new URL(slack.apiUrl).port }),
      /^Port \d+ is in use by another program\. .*set METRICS_PORT to a free port\.$/,
    ],
  ];

describe('a start that cannot succeed ends with 1 and one sentence', () => {
  it.concurrent.each(FAILING_STARTS)('for %s', (_why, changes, sentence) =>
    onChildStage('socket', async (stage) => {
      const app = await stage.launches(changes(stage));
      expect(await app.ended).toBe(1);
      expect(app.errors).toEqual([expect.stringMatching(sentence)]);
      expect(app.lines.join('\n')).not.toMatch(/not-this-one/);
    }),
  );

  it.concurrent('or with a list, when variables are missing', () =>
    onChildStage('socket', async (stage) => {
      const nothing = Object.fromEntries(
        Object.keys(stage.simulator.env('socket')).map((name) => [name, '']),
      );
      const app = await stage.launches(nothing);
      expect(await app.ended).toBe(1);
      const said = app.errors.join('\n');
      for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'LINQ_API_V3_API_KEY', 'ALLOWED_USERS']) {
        expect(said).toMatch(new RegExp(`${name} is missing\\. It should be `));
      }
      expect(said).toMatch(/npm run demo/);
      expect(app.lines).toEqual(app.errors);
    }));
});

const status = async ({ url }: Running, path: string) => (await fetch(`${url}${path}`)).status;

/** Asks until it answers so: what it reacts to reaches it over another wire. */
async function becomes(app: Running, path: string, wanted: number): Promise<unknown> {
  for (;;) {
    const answer = await fetch(`${app.url}${path}`);
    const body = await answer.json();
    if (answer.status === wanted) return body;
  }
}

/** Whatever went over the wires that must not be read by those who read logs. */
function secretsOf({ slack, linq, ledger }: ChildStage): string[] {
  const tokens = [slack.botToken, slack.appToken, slack.signingSecret, linq.apiKey];
  const people = [PAT, PAT.slice(1), encodeURIComponent(PAT), 'sam@', 'sam%40'];
  const keys = keysIn(ledger);
  expect(keys.length).toBeGreaterThan(4);
  return [...tokens, ...people, ...keys];
}

/** Triggers and the ways back that came with each command. */
function keysIn({ entries }: Ledger): string[] {
  const delivered = JSON.stringify(entries.map(({ detail }) => detail));
  const found = delivered.matchAll(/"trigger_id":"([^"]+)"|(\/response\/[\w-]+)/g);
  return [...new Set([...found].map(([, trigger, path]) => trigger ?? path ?? ''))];
}

describe('a process that runs', () => {
  it('starts without Linq in reach, and says that it could not be checked', () =>
    onChildStage('http', async (stage) => {
      const app = await stage.starts({ LINQ_API_V3_BASE_URL: NOWHERE });
      expect(await app.writes(/Linq could not be checked at the start/)).toMatch(/"level":"warn"/);
    }));

  it.each(MODES)('says that it lives and is ready, and survives paths that are none, in %s mode', (mode) =>
    onChildStage(mode, async (stage) => {
      const app = await stage.starts();
      expect(await status(app, '/healthz')).toBe(200);
      expect(await status(app, '/readyz')).toBe(200);
      for (const path of ['//', '/%zz', '/slack', '/healthz/']) expect(await status(app, path)).toBe(404);
      expect(await status(app, '/slack/events')).toBe(mode === 'http' ? 405 : 404);
      expect(await status(app, '/healthz')).toBe(200);
    }),
  );

  it.concurrent.each(MODES)(
    'writes no secret and nothing that identifies a person, whatever goes wrong, in %s mode',
    (mode) =>
      onChildStage(mode, async (stage) => {
        const { alice, bob, linq, slack, support } = stage;
        const app = await stage.starts({ LOG_LEVEL: 'debug' });
        linq.settleAfter(0);
        linq.nextRead('reset-before');
        await alice.runs('/linq-remove sam@example.com +1 (205) 249-91');
        await alice.seesModal(/Remove participant/);
        await alice.closes();
        await bob.runs(`/linq-remove 550e8400-e29b-41d4-a716-446655440000 sam@example.com`);
        await bob.seesModal(/Review removal/);
        slack.next('views.open', { error: 'invalid_arguments' });
        await alice.runs(`/linq-remove ${BOTH}`);
        slack.next('chat.postMessage', { error: 'not_in_channel' });
        linq.nextRemoval('reset-before');
        await approves(alice);
        await alice.sees(/invite @linq-remove/, { in: support.id });
        slack.next('chat.postMessage', 'lost-reply');
        await bob.submits();
        await bob.sees(/^Removed: sam@example\.com/, { in: support.id });
        slack.refuseTokens();
        await bob.runs('/linq-remove');
        await app.writes(/invalid_auth/);
        app.signal('SIGTERM');
        await app.ended;

        const written = app.lines.join('\n');
        for (const secret of secretsOf(stage)) expect(written).not.toContain(secret);
        expect(written).not.toMatch(/249\D{0,3}9136/);
      }),
  );

  it.concurrent('is not ready while the connection to Slack is broken', () =>
    onChildStage('socket', async (stage) => {
      const app = await stage.starts();
      stage.slack.dropConnections();
      expect(await becomes(app, '/readyz', 503)).toEqual({ status: 'not ready' });
      expect(await app.writes(/"Not ready"/)).toMatch(/"waitingFor":\["slack"\]/);
      expect(await status(app, '/healthz')).toBe(200);
      await stage.ledger.until(() => stage.slack.connections() === 1, 'the app to come back', PATIENCE_MS);
      await becomes(app, '/readyz', 200);
    }));

  it.concurrent('ends with 1 when Slack refuses the token on a reconnect, for its supervisor to see', () =>
    onChildStage('socket', async (stage) => {
      const app = await stage.starts({ LOG_LEVEL: 'debug' });
      stage.slack.refuseTokens();
      stage.slack.dropConnections();
      expect(await app.ended).toBe(1);
      const last = JSON.parse(app.lines.at(-1) ?? '');
      expect(last).toMatchObject({ level: 'fatal', msg: 'linq-remove could not go on' });
      expect(last.err.message).toMatch(/invalid_auth/);
      expect(app.lines.join('\n')).not.toContain(stage.slack.appToken);
    }));
});
