import { endChildren } from '../support/child.js';
import { type ChildApp, startChildApp } from '../support/child-app.js';
import { removeBundles } from '../support/child-bundle.js';
import { gate } from '../support/child-gate.js';
import {
  DELETE,
  LEASE_OVER,
  looksBeforeEachRepeat,
  runsItsCourse,
  theMessage,
  topics,
} from '../support/child-outcome.js';
import { seconds } from '../support/clock.js';
import { BOTH, MODES, type Mode, type Stage, setStage } from '../support/stage.js';

/*
 * The app runs in a process of its own and is killed without warning; then it is started anew on the same store.
 * Whatever was under way ends in one outcome that is true, and Linq is asked again only after a look.
 */

/** What was lost on the wire is looked for this long after the lease is over. */
const FIRST_LOOK = seconds(2);
const REMOVED = /^Removed: .* is no longer in “Launch crew”/;

let stage: Stage;
let app: ChildApp;

async function begins({ mode = 'http', diesOn = null }: { mode?: Mode; diesOn?: string | null } = {}) {
  stage = await setStage({ mode });
  await stage.app.stop();
  app = await startChildApp(stage, mode, diesOn);
}

/** Types the command and presses Remove. Nobody may be left to acknowledge that: it is not waited for. */
async function approves(): Promise<void> {
  const { alice } = stage;
  await alice.runs(`/linq-remove ${BOTH}`);
  await alice.seesModal(/Review removal/);
  void alice.submits();
}

/** Waits for the next such request, counted from `before`. */
const requested = (what: string, before = 0) =>
  stage.ledger.until(() => stage.ledger.count(what) > before, `a ${what}`);

jest.setTimeout(60_000);
afterEach(async () => {
  await endChildren();
  await stage.stop();
});
afterAll(removeBundles);

describe.each(MODES)('killed before anything was sent, in %s mode', (mode) => {
  it('carries out what was recorded, also when the person presses again', async () => {
    await begins({ mode, diesOn: 'Removal approved' });
    await approves();
    expect(await app.ended).toBe('SIGKILL');
    expect(stage.linq.deletes).toHaveLength(0);

    await stage.restarts();
    await stage.alice.submits();
    expect(stage.alice.modalText()).toMatch(/Your approval is recorded/);
    await runsItsCourse(stage);
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(1);
  });
});

it('killed with the removal taken up and nothing sent, it sends it once', async () => {
  await begins({ diesOn: 'Removal approved → sending' });
  await approves();
  expect(await app.ended).toBe('SIGKILL');
  expect(stage.linq.deletes).toHaveLength(0);

  await stage.restarts();
  await stage.passes(seconds(5));
  expect(stage.linq.deletes).toHaveLength(0);
  await runsItsCourse(stage);
  expect(theMessage(stage)?.text).toMatch(REMOVED);
  expect(stage.linq.deletes).toHaveLength(1);
});

describe('killed while Linq holds the DELETE', () => {
  it('finds by a look that Linq had acted, and sends nothing again', async () => {
    await begins();
    stage.linq.nextRemoval(['slow', new Promise(() => {})]);
    await approves();
    await requested(DELETE);
    await app.dies();
    stage.linq.settles();

    await stage.restarts();
    await runsItsCourse(stage);
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(1);
  });

  it.each([
    ['Linq never acted', 'hanging' as const],
    ['what Linq accepted has not happened yet', ['slow', new Promise<never>(() => {})] as const],
  ])('looks, and sends it once more, when %s', async (_why, fault) => {
    await begins();
    stage.linq.nextRemoval(fault);
    await approves();
    await requested(DELETE);
    await app.dies();

    await stage.restarts();
    await stage.passes(LEASE_OVER);
    const STOPPED = /^No answer yet, checking: The app was interrupted while Linq was being asked/;
    for (let step = 0; step < 15 && !STOPPED.test(String(theMessage(stage)?.text)); step++) {
      await stage.passes(100);
    }
    expect(theMessage(stage)?.text).toMatch(STOPPED);
    expect(stage.linq.deletes).toHaveLength(1);
    await stage.passes(FIRST_LOOK);
    expect(stage.linq.deletes).toHaveLength(2);
    looksBeforeEachRepeat(stage);
    await runsItsCourse(stage);
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(2);
  });
});

describe('killed between the answer of Linq and the message', () => {
  it('posts what Linq answered', async () => {
    await begins({ diesOn: 'Removal sending → queued' });
    await approves();
    expect(await app.ended).toBe('SIGKILL');
    expect(topics(stage)).toHaveLength(0);

    await stage.restarts();
    await stage.alice.sees(/Removal queued/, { in: stage.support.id });
    await runsItsCourse(stage);
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(1);
  });

  it('posts anew what Slack never posted', async () => {
    await begins();
    stage.slack.next('chat.postMessage', 'hang');
    await approves();
    await requested('chat.postMessage');
    await app.dies();

    await stage.restarts();
    await runsItsCourse(stage);
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(1);
  });

  it('posts once more, and no more than that, where Slack posted unheard', async () => {
    await begins();
    const { open, opened } = gate();
    stage.slack.next('chat.postMessage', { hold: opened });
    await approves();
    await requested('chat.postMessage');
    await app.dies();
    open();
    await stage.alice.sees(/Removal queued/, { in: stage.support.id });

    await stage.restarts();
    await runsItsCourse(stage);
    expect(topics(stage).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Removal queued/),
      expect.stringMatching(REMOVED),
    ]);
    expect(stage.linq.deletes).toHaveLength(1);
  });
});

describe('killed while it waits', () => {
  it('comes back when Linq asked it to', async () => {
    await begins();
    stage.linq.nextRemoval(['rate-limited', 20]);
    await approves();
    await stage.alice.sees(/Trying again/, { in: stage.support.id });
    await app.passes(0);
    await app.dies();

    await stage.restarts();
    await stage.passes(seconds(15));
    expect(stage.linq.deletes).toHaveLength(1);
    await stage.passes(seconds(6));
    expect(stage.linq.deletes).toHaveLength(2);
    looksBeforeEachRepeat(stage);
    await runsItsCourse(stage);
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(2);
  });

  it.each(MODES)(
    'goes on looking for proof, and edits the message it had posted, in %s mode',
    async (mode) => {
      await begins({ mode });
      await approves();
      await stage.alice.sees(/Removal queued/, { in: stage.support.id });
      await app.passes(seconds(3));
      await app.dies();
      stage.linq.settles();

      await stage.restarts();
      await stage.passes(seconds(2));
      expect(theMessage(stage)?.text).toMatch(REMOVED);
      expect(stage.linq.deletes).toHaveLength(1);
    },
  );

  it('says the final outcome though it was killed while it edited', async () => {
    await begins();
    await approves();
    await stage.alice.sees(/Removal queued/, { in: stage.support.id });
    await app.passes(0);
    stage.linq.settles();
    stage.slack.next('chat.update', 'hang');
    void app.passes(seconds(3));
    await requested('chat.update');
    await app.dies();

    await stage.restarts();
    await stage.passes(seconds(16));
    expect(theMessage(stage)?.text).toMatch(REMOVED);
    expect(stage.linq.deletes).toHaveLength(1);
  });
});

it('killed again and again, at every step, it still ends in one outcome', async () => {
  await begins({ mode: 'socket', diesOn: 'Removal approved → sending' });
  await approves();
  await app.ended;

  app = await startChildApp(stage, 'socket');
  stage.linq.nextRemoval('hanging');
  await app.passes(LEASE_OVER);
  void app.passes(FIRST_LOOK);
  await requested(DELETE);
  await app.dies();

  app = await startChildApp(stage, 'socket', 'Removal sending → queued');
  // The second repeat comes a minute after the first.
  for (const wait of [LEASE_OVER, FIRST_LOOK, seconds(2), seconds(4), seconds(7)]) await app.passes(wait);
  expect(await app.ended).toBe('SIGKILL');

  app = await startChildApp(stage, 'socket');
  await app.passes(0);
  stage.linq.settles();
  stage.slack.next('chat.update', 'hang');
  const edits = stage.ledger.count('chat.update');
  void app.passes(seconds(3));
  await requested('chat.update', edits);
  await app.dies();

  await stage.restarts();
  await runsItsCourse(stage);
  expect(theMessage(stage)?.text).toMatch(REMOVED);
  expect(stage.linq.deletes).toHaveLength(2);
  looksBeforeEachRepeat(stage);
});
