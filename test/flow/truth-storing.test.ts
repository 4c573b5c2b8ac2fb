import Sqlite from 'libsql';
import { repliesIn, requestMessage } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, ENGINES, linqAnswers, type Stage, setStage } from '../support/stage.js';
import { attempt, passesInSteps, WAYS } from '../support/truth.js';
import { setStageWithWebhooks } from '../support/webhooks.js';

/* Text that could not be stored made calls repeat, and counters did not count what people were told. */

const NASTY = 'a\u0000b \ud800 c\udfff';

let stage: Stage;
afterEach(() => stage.stop());

describe.each(ENGINES)('Text from outside that %s cannot store', (engine) => {
  it.each(WAYS)('(a refusal by Linq, %s) made the call leave five times', async (way) => {
    const { begins, nextCall, calls, shown, ...made } = await attempt(way, { engine });
    stage = made.stage;
    const before = calls();
    for (let time = 0; time < 6; time++)
      nextCall(linqAnswers(409, { code: 2017, message: NASTY, trace_id: NASTY }));
    await begins();
    await passesInSteps(stage, 12, seconds(10));
    expect(calls()).toBe(before + 1);
    expect(shown()).toMatch(/^\*Not (?:removed|added back)\*/);
  });

  it('(a name of a chat, a reason) kept a removal from being recorded or proven', async () => {
    stage = await setStage({ engine });
    const { alice, linq } = stage;
    linq.rename(CHAT_ID, NASTY);
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    alice.fills({ Reason: NASTY });
    await alice.submits();
    await alice.sees(/Removal queued/);
    linq.settles();
    await passesInSteps(stage, 3, seconds(2));
    expect(requestMessage(stage).shown).toMatch(/^\*Removed\*/);
    expect(linq.deletes).toHaveLength(1);
  });
});

describe('/metrics', () => {
  const scrape = () => fetch(`http://127.0.0.1:${stage.metricsPort}/metrics`).then((answer) => answer.text());

  it('did not count what an event proved after the window', async () => {
    stage = await setStageWithWebhooks({ env: { CONFIRM_WINDOW_MINUTES: '1' } });
    stage.linq.nextRemoval(['settles-late', minutes(2)]);
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await passesInSteps(stage, 10, seconds(10));
    expect(await scrape()).toMatch(/^linq_remove_removals_total\{status="unconfirmed"\} 1$/m);
    await passesInSteps(stage, 3, seconds(10));
    await stage.alice.sees(/^Removed: /);
    expect(repliesIn(stage).length).toBeGreaterThan(0);
    expect(await scrape()).toMatch(/^linq_remove_proven_late_total\{direction="remove"\} 1$/m);
  });

  it('said that nothing is open while the store was down', async () => {
    stage = await setStage();
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await stage.app.idle();
    const rename = (from: string, to: string) => {
      const database = new Sqlite(stage.databaseUrl.replace('file:', ''));
      database.exec(`alter table ${from} rename to ${to}`);
      database.close();
    };
    expect(await scrape()).toMatch(/^linq_remove_open_removals 1$/m);
    rename('changes', 'elsewhere');
    expect(await scrape()).not.toMatch(/^linq_remove_open_(?:removals|oldest_seconds)[ {]/m);
    rename('elsewhere', 'changes');
    expect(await scrape()).toMatch(/^linq_remove_open_removals 1$/m);
  });
});
