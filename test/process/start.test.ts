import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PATIENCE_MS } from '../support/child.js';
import { removeBundles } from '../support/child-bundle.js';
import { gate } from '../support/child-gate.js';
import { DELETE } from '../support/child-outcome.js';
import { type ChildStage, onChildStage } from '../support/child-stage.js';
import { seconds } from '../support/clock.js';
import { approves, MODES } from '../support/stage.js';
import { laySwitchedWire } from '../support/switched-wire.js';

/* `src/main.ts` as a process of its own, started while Slack or Linq has other things to do. */

jest.setTimeout(60_000);
afterAll(removeBundles);

const status = async (url: string, path: string) => (await fetch(`${url}${path}`)).status;

async function becomes(url: string, path: string, wanted: number): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while ((await status(url, path)) !== wanted)
    if (Date.now() > giveUpAt) throw new Error(`${path} is not ${wanted}`);
}

/** A port that was free a moment ago: the test has to know it before the app says it. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Slack behind a wire that is still off. */
async function farSlack({ slack }: ChildStage) {
  const url = new URL(slack.apiUrl);
  const wire = await laySwitchedWire(Number(url.port));
  url.port = String(wire.port);
  return { wire, env: { SLACK_API_URL: url.href } };
}

describe('A start while Slack is out of reach', () => {
  it.each(MODES)(
    'takes up what is under way, says that it is not ready, and connects later, in %s mode',
    (mode) =>
      onChildStage(mode, async (stage) => {
        const { alice, linq, ledger } = stage;
        linq.nextRemoval(['rate-limited', 5]);
        const before = await stage.starts();
        await approves(alice);
        await ledger.until(() => ledger.count(DELETE) === 1, 'the first DELETE', PATIENCE_MS);
        before.signal('SIGTERM');
        await before.ended;
        const { wire, env } = await farSlack(stage);

        const app = await stage.starts(env);
        await ledger.until(() => ledger.count(DELETE) === 2, 'the second DELETE', PATIENCE_MS);
        expect(await app.writes(/Slack could not be reached/)).toMatch(/"level":"warn"/);
        expect(await status(app.url, '/healthz')).toBe(200);
        expect(await status(app.url, '/readyz')).toBe(503);
        expect(await app.writes(/"Not ready"/)).toContain('"waitingFor":["slack"]');

        wire.on();
        await becomes(app.url, '/readyz', 200);
        await alice.runs('/linq-remove help');
        await alice.sees(/linq-remove history/);
        await app.kill();
        await wire.stop();
      }),
  );

  it('ends with 1 and one sentence when Slack, reached at last, refuses the token', () =>
    onChildStage('http', async (stage) => {
      const { wire, env } = await farSlack(stage);
      const app = await stage.starts({ ...env, SLACK_BOT_TOKEN: 'xoxb-not-this-one' });
      wire.on();
      expect(await app.ended).toBe(1);
      expect(app.errors).toEqual([
        expect.stringMatching(/^Slack refused SLACK_BOT_TOKEN \(invalid_auth\)\./),
      ]);
      await wire.stop();
    }));

  it('does not take a Slack in trouble for one that refuses', () =>
    onChildStage('http', async (stage) => {
      stage.slack.next('auth.test', { error: 'internal_error' });
      stage.slack.next('auth.test', { status: 503 });
      const app = await stage.starts();
      await becomes(app.url, '/readyz', 200);
    }));
});

describe('A command that comes while the app starts, in HTTP mode,', () => {
  it('waits until Bolt can serve it', () =>
    onChildStage('http', async (stage) => {
      const { alice, slack } = stage;
      const PORT = await freePort();
      const url = `http://127.0.0.1:${PORT}`;
      const { open, opened } = gate();
      slack.next('auth.test', { hold: opened });
      await stage.launches({ PORT });
      await reached(url);
      slack.deliverTo(`${url}/slack/events`);
      expect(await status(url, '/readyz')).toBe(503);
      const delivered = alice.runs('/linq-remove help');
      setTimeout(open, 500);
      expect(await delivered).toMatchObject({ status: 200 });
      await alice.sees(/linq-remove history/);
    }));
});

describe('A start while Linq says nothing', () => {
  it('does not wait for it', () =>
    onChildStage('http', async (stage) => {
      const silent = createServer(() => {});
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as AddressInfo;
      const app = await stage.starts({ LINQ_API_V3_BASE_URL: `http://127.0.0.1:${port}` });
      await becomes(app.url, '/readyz', 200);
      expect(app.lines.join('\n')).not.toMatch(/Linq could not be checked/);
      await stage.alice.runs('/linq-remove help');
      await stage.alice.sees(/linq-remove history/);
      silent.closeAllConnections();
      silent.close();
    }));
});

async function reached(url: string): Promise<void> {
  const giveUpAt = Date.now() + seconds(20);
  for (;;) {
    const answered = await fetch(`${url}/healthz`).catch(() => null);
    if (answered) return;
    if (Date.now() > giveUpAt) throw new Error('The port did not open');
  }
}
