import { repliesIn, requestMessage } from '../support/chats.js';
import { endChildren } from '../support/child.js';
import { type ChildApp, startChildApp } from '../support/child-app.js';
import { removeBundles } from '../support/child-bundle.js';
import { gate } from '../support/child-gate.js';
import { LEASE_OVER, runsItsCourse } from '../support/child-outcome.js';
import { seconds } from '../support/clock.js';
import { approves, MODES, type Mode, type Stage, setStage } from '../support/stage.js';

/* The app is killed without warning while it adds somebody back, and started anew on the same store. */

const ADDITION = 'POST /v3/chats/{id}/participants';

let stage: Stage;
let app: ChildApp;

jest.setTimeout(60_000);
afterEach(async () => {
  await endChildren();
  await stage.stop();
});
afterAll(removeBundles);

/** Pat was removed, and the app goes on in a process of its own. */
async function begins({ mode = 'http', diesOn = null }: { mode?: Mode; diesOn?: string | null } = {}) {
  stage = await setStage({ mode });
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  stage.linq.settles();
  await stage.passes(seconds(2));
  await stage.app.stop();
  app = await startChildApp(stage, mode, diesOn);
}

/** Nobody may be left to acknowledge it: it is not waited for. */
async function confirms(): Promise<void> {
  await stage.alice.presses('Add back…');
  await stage.alice.seesModal(/What this does not do/);
  void stage.alice.submits();
}

const requested = (what: string, before = 0) =>
  stage.ledger.until(() => stage.ledger.count(what) > before, `a ${what}`);
const sent = () => stage.ledger.count(ADDITION);
const replies = () => repliesIn(stage).map(({ text }) => text.split(':')[0]);

describe.each(MODES)('killed before Linq was asked, in %s mode', (mode) => {
  it('asks once', async () => {
    await begins({ mode, diesOn: 'Adding back confirmed' });
    await confirms();
    expect(await app.ended).toBe('SIGKILL');
    expect(sent()).toBe(0);

    await stage.restarts();
    await runsItsCourse(stage);
    expect(replies()).toEqual(['Back']);
    expect(sent()).toBe(1);
    expect(requestMessage(stage).shown).not.toContain('Add back…');
  });
});

describe('killed while Linq holds the POST', () => {
  it('finds by a look that Linq had acted, and asks nothing again', async () => {
    await begins();
    stage.linq.nextAddition(['slow', new Promise(() => {})]);
    await confirms();
    await requested(ADDITION);
    await app.dies();
    stage.linq.settles();

    await stage.restarts();
    await runsItsCourse(stage);
    expect(replies()).toEqual(['Back']);
    expect(sent()).toBe(1);
  });

  it('looks, and asks once more, when Linq never acted', async () => {
    await begins();
    stage.linq.nextAddition('hanging');
    await confirms();
    await requested(ADDITION);
    await app.dies();

    await stage.restarts();
    await stage.passes(LEASE_OVER - seconds(2));
    expect(sent()).toBe(1);
    await runsItsCourse(stage);
    // It took longer than two minutes, so the end of it is told with a mention.
    expect(replies()).toEqual(['Back', '<@U0ALICE> This is done']);
    expect(sent()).toBe(2);
  });
});

describe('killed after Linq has answered', () => {
  it('tells what Linq answered', async () => {
    await begins({ diesOn: 'Addition sending → queued' });
    await confirms();
    expect(await app.ended).toBe('SIGKILL');
    expect(replies()).toEqual([]);

    await stage.restarts();
    await stage.alice.sees(/Adding back queued/);
    await runsItsCourse(stage);
    expect(replies()).toEqual(['Back']);
    expect(sent()).toBe(1);
  });

  it('replies once more, and no more than that, where Slack posted unheard', async () => {
    await begins();
    const { open, opened } = gate();
    const posts = stage.ledger.count('chat.postMessage');
    stage.slack.next('chat.postMessage', { hold: opened });
    await confirms();
    await requested('chat.postMessage', posts);
    await app.dies();
    open();
    await stage.alice.sees(/Adding back queued/);

    await stage.restarts();
    await runsItsCourse(stage);
    expect(replies()).toEqual(['Adding back queued', 'Back']);
    expect(sent()).toBe(1);
  });
});
