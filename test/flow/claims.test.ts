import { found, openStore } from '../store/stores.js';
import { addChats, chooses, upTo } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { type Commits, watchCommits } from '../support/commits.js';
import { ENGINES, type Engine, type Stage, setStage } from '../support/stage.js';

/* What is on the disk before anything leaves for Linq, and how often the disk is waited for. */

let stage: Stage;
let commits: Commits;
afterEach(() => stage.stop());

async function setScene(engine: Engine, chats: number): Promise<void> {
  commits = watchCommits();
  stage = await setStage({ engine, quotas: false, wrapStore: commits.wrap });
  addChats(stage, chats);
  stage.linq.settleAfter(0);
  await chooses(stage, ...upTo(chats));
}

const shows = (text: string) =>
  stage.slack.messagesIn(stage.support.id).some(({ shown }) => shown.includes(text));

async function untilShown(text: string): Promise<void> {
  for (let ms = 0; ms < minutes(5) && !shows(text); ms += 500) {
    await stage.passes(500);
    // A server's answers take their time, and the clock must not run ahead of them.
    await stage.app.idle();
  }
  expect(shows(text)).toBe(true);
}

/** The chats of all claims that another process finds in the store. */
async function claimed(): Promise<readonly string[]> {
  const opened = await openStore(stage.databaseUrl);
  const requests = await opened.db.selectFrom('requests').select('id').execute();
  const states = await Promise.all(requests.map(({ id }) => found(opened, id)));
  await opened.store.close();
  return states
    .flatMap(({ changes }) => changes.filter(({ attempts }) => attempts > 0))
    .map(({ chatId }) => chatId);
}

describe.each(ENGINES)('On %s', (engine) => {
  it.each([2, 3, 5, 7])(
    'no removal leaves before its claim is on the disk, though the process dies at commit %d of ten removals',
    async (last) => {
      await setScene(engine, 10);
      const before = commits.count;
      commits.before(async () => {
        if (commits.count - before >= last) throw new Error('The process died here');
      });
      const pressed = await stage.alice.submits();
      await stage.passes(500);
      const claims = await claimed();
      for (const { chatId } of stage.linq.deletes) expect(claims).toContain(chatId);

      commits.before(async () => {});
      await stage.restarts();
      // A server may write what was looked up just then: the approval was the one that died, and was not recorded.
      if (pressed.errors) await stage.alice.submits();
      await untilShown('10 of 10 removed.');
      expect(new Set(stage.linq.deletes.map(({ chatId }) => chatId)).size).toBe(10);
      expect(stage.linq.deletes).toHaveLength(10);
    },
  );

  it('100 removals of one request take at most 1.5 commits each, everything about them included', async () => {
    await setScene(engine, 100);
    const before = commits.count;
    await stage.alice.submits();
    await untilShown('100 of 100 removed.');
    await stage.passes(seconds(30));
    expect(commits.count - before).toBeLessThanOrEqual(150);
  }, 120_000);
});
