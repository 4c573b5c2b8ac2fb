import { seconds } from '../support/clock.js';
import { approves, MODES, type Stage, setStage } from '../support/stage.js';

/* Slack takes the app away, or seems to. */

let stage: Stage;
afterEach(() => stage.stop());

async function readiness(): Promise<readonly [number, string]> {
  const answer = await fetch(`http://127.0.0.1:${stage.port}/readyz`);
  return [answer.status, await answer.text()];
}

async function becomes(status: number, words: RegExp): Promise<void> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const [now, said] = await readiness();
    if (now === status && words.test(said)) return;
    if (Date.now() > giveUpAt) throw new Error(`/readyz still says ${now} ${said}`);
  }
}

describe.each(MODES)('In %s mode', (mode) => {
  it('an uninstalled app sends nothing more, says so, and goes on after a new start', async () => {
    const logged: string[] = [];
    stage = await setStage({ mode, onLog: (message) => logged.push(message) });
    stage.linq.nextRemoval(['rate-limited', 60]);
    await approves(stage.alice);
    await stage.alice.sees(/Trying again soon/);
    await becomes(200, /ready/);

    await stage.slack.uninstalls();
    await becomes(503, /app_uninstalled/);
    expect(logged).toContainEqual(
      'The app was uninstalled from Slack: nothing is sent to Linq any more, and what is open waits in the store. Install the app again, put its new token into SLACK_BOT_TOKEN and start again.',
    );
    for (let times = 0; times < 4; times++) await stage.passes(seconds(31));
    expect(stage.linq.deletes).toHaveLength(1);

    stage.slack.acceptTokens();
    await stage.restarts();
    await becomes(200, /ready/);
    await stage.passes(seconds(2));
    expect(stage.linq.deletes).toHaveLength(2);
  });

  it('a revoked bot token ends the work too, and one of a person does not', async () => {
    stage = await setStage({ mode });
    await stage.slack.revokes({ oauth: ['U0ALICE'] });
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await becomes(200, /ready/);
    await stage.slack.revokes({ bot: [stage.slack.botUserId] });
    await becomes(503, /tokens_revoked/);
  });

  it('a passing account_inactive is waited out', async () => {
    stage = await setStage({ mode });
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await becomes(200, /ready/);
    stage.slack.refuseTokens('account_inactive');
    stage.linq.settles();
    await stage.passes(seconds(5));
    await becomes(503, /not ready/);
    stage.slack.acceptTokens();
    await becomes(200, /ready/);
  });
});
