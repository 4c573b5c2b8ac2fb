import type { Person } from '../../simulator/slack/person.js';
import { minutes } from '../support/clock.js';
import { approves, CHAT_ID, ENGINES, MODES, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

/** Removes somebody, from the command to the proof. */
async function remove(handle = PAT, chatId = CHAT_ID) {
  await approves(stage.alice, `/linq-remove ${chatId} ${handle}`);
  await stage.ledger.until(() => stage.linq.deletes.some((sent) => sent.handle === handle), 'the DELETE');
  await stage.app.idle();
  stage.linq.settles();
  await stage.passes(minutes(1));
}

/** What the window says, once it no longer says that it is looking. */
async function asksFor(text: string, person = stage.alice, where?: { in: string }) {
  await person.runs(`/linq-remove ${text}`, where);
  return readsWindow(person);
}

async function readsWindow(person = stage.alice): Promise<string> {
  await stage.app.idle();
  await person.seesModal(/^(?:History|Request|Not allowed|Something went wrong)/);
  return person.modalText();
}

const VIEWER = { HISTORY_VIEWERS: 'U0ALICE' };

/** Another person in #support, who is allowed to remove. */
function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

describe.each(MODES)('/linq-remove history, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode, env: VIEWER });
  });

  it('opens a window with what was removed, by whom and when', async () => {
    await remove();
    const window = await asksFor('history');
    expect(window).toMatch(/The latest removal in this workspace\n/);
    expect(window).toMatch(
      /\n1 \| Removed \| \+12052499136 \| “Launch crew” \(…0000\) \| 2026-06-01 10:01 UTC \| @alice \| –\n/,
    );
    expect(stage.alice.ephemerals).toEqual([]);
  });

  it('says so when there is nothing yet', async () => {
    expect(await asksFor('history')).toMatch(/There are no removals in this workspace yet/);
  });

  it('shows one request from its question to its proof, and the list again', async () => {
    await remove();
    await asksFor('history');
    await stage.alice.presses('Details 1');
    const details = await readsWindow();
    expect(details).toMatch(/^Request\n1 of 1 removed\.\nAsked for by @alice in #support, /);
    expect(details).toMatch(
      /\n\+12052499136 \| “Launch crew” \(…0000\) \| Removed \| 2026-06-01 .* \| the member list \| /,
    );
    expect(details).toMatch(/\*What was shown before it was approved\*\nReview removal\n/);
    await stage.alice.presses('Back to the list');
    expect(await readsWindow()).toMatch(/^History\n/);
  });

  it('is made of sections where Slack takes no tables, and does not ask again', async () => {
    for (const kind of ['data_table', 'alert']) stage.slack.missingBlocks.add(kind);
    await remove();
    const window = await asksFor('history');
    expect(window).toMatch(
      /\nRemoved: \+12052499136 · “Launch crew” \(…0000\)\nDetails\n2026-06-01 10:01 UTC {2}· {2}asked for by @alice/,
    );
    const refused = () =>
      stage.ledger.of('views.update').filter(({ answer }) => answer === 'invalid_blocks').length;
    expect(refused()).toBe(1);
    await stage.alice.presses('Details');
    const details = await readsWindow();
    expect(details).toMatch(
      /Removed: \+12052499136 · “Launch crew” \(…0000\)\napproved .* proven by the member list/,
    );
    expect(refused()).toBe(1);
  });
});

describe('/linq-remove history', () => {
  beforeEach(async () => {
    stage = await setStage({ env: VIEWER });
  });

  it('finds a person or a chat, however they are written, in the command and in the window', async () => {
    const other = stage.linq.addChat({
      name: 'Night shift',
      service: 'iMessage',
      members: ['sam@example.com', '+12025550143', '+12025550144', '+12025550145'],
    });
    await remove();
    await remove('sam@example.com', other.id);
    expect(await asksFor('history (205) 249-9136')).toMatch(/about \+12052499136\n/);
    expect(stage.alice.modalText()).not.toMatch(/Night shift/);
    expect(await asksFor('History <mailto:SAM@example.com|SAM@example.com>')).toMatch(/“Night shift”/);
    const ofChat = await asksFor(`history ${CHAT_ID.toUpperCase()}`);
    expect(ofChat).toMatch(/about chat …0000/);
    expect(ofChat).not.toMatch(/Night shift/);
    stage.alice.fills({ 'Person or chat': 'sam@example.com' });
    await stage.alice.submits();
    expect(await readsWindow()).toMatch(/about sam@example\.com\n/);
    stage.alice.fills({ 'Person or chat': '+12025550199' });
    await stage.alice.submits();
    expect(await readsWindow()).toMatch(/There are no removals about \+12025550199 yet\. Without a filter/);
  });

  it('says what it could not understand, and keeps what was typed', async () => {
    await stage.alice.runs('/linq-remove history of everything');
    await stage.alice.sees(/“everything” is not a phone number, an email or a chat ID/);
    await asksFor('history');
    stage.alice.fills({ 'Person or chat': 'nobody at all' });
    const { errors } = await stage.alice.submits();
    expect(errors).toEqual({
      'Person or chat': expect.stringMatching(/^“nobody at all” is not a phone number/),
    });
    expect(stage.alice.modalText()).toMatch(/nobody at all/);
    await stage.alice.runs(`/linq-remove history ${'9'.repeat(3_000)}`);
    await stage.app.idle();
    await stage.alice.sees(/is not|There are no removals/);
  });

  it('opens the request window for a person whose name only begins like it', async () => {
    await stage.alice.runs('/linq-remove history@example.com');
    await stage.alice.seesModal(/Remove participant/);
  });

  it('turns pages, ten lines each, there and back', async () => {
    for (let index = 0; index < 25; index++) {
      const handle = `+120525501${10 + index}`;
      const members = [handle, '+12025550143', '+12025550144', '+12025550145'];
      const { id } = stage.linq.addChat({ name: `<!channel> ${index}`, service: 'iMessage', members });
      await remove(handle, id);
    }
    const first = await asksFor('history');
    expect(lineCount(first)).toBe(10);
    expect(first).toMatch(/\n1 \| Removed \| \+12052550134/);
    expect(first).not.toMatch(/\nNewer/);
    await stage.alice.presses('Older');
    expect(await readsWindow()).toMatch(/\n1 \| Removed \| \+12052550124/);
    await stage.alice.presses('Older');
    const last = await readsWindow();
    expect(lineCount(last)).toBe(5);
    expect(last).not.toMatch(/\nOlder/);
    await stage.alice.presses('Newer');
    expect(await readsWindow()).toMatch(/\n1 \| Removed \| \+12052550124/);
    await stage.alice.presses('Newer');
    const again = await readsWindow();
    expect(again).toMatch(/\n1 \| Removed \| \+12052550134/);
    expect(again).not.toMatch(/\nNewer/);
    await stage.alice.presses('Details 2');
    expect(await readsWindow()).toMatch(/\+12052550133/);
  }, 60_000);

  it('answers in words where Slack opens no window', async () => {
    await remove();
    stage.slack.expireNextTrigger();
    await stage.alice.runs('/linq-remove history');
    await stage.alice.sees(/• Removed: \+12052499136 · “Launch crew” \(…0000\) .* asked for by @alice/);
  });

  it('shows who was refused apart from what was removed', async () => {
    await stage.stop();
    stage = await setStage({ env: { ...VIEWER, ALLOWED_USERS: 'U0ALICE', ALLOW_EVERYONE: '' } });
    const mallory = comes('mallory');
    await remove();
    for (let attempt = 0; attempt < 12; attempt++) await mallory.runs(`/linq-remove ${CHAT_ID} ${PAT}`);
    await stage.app.idle();
    expect(await asksFor('history')).toMatch(/The latest removal in this workspace\n/);
    const refused = await asksFor('history refused');
    expect(refused).toMatch(/The latest refused attempts in this workspace\n/);
    expect(refused.match(/^\d+ \| Rule “person” \| \+12052499136 \| .* @mallory/gmu)).toHaveLength(10);
    expect(refused).not.toMatch(/Removed \|/);
    stage.alice.fills({ Show: 'Removals' });
    await stage.alice.submits();
    expect(await readsWindow()).toMatch(/The latest removal in this workspace\n/);
    expect(await asksFor('history refused +12025550199')).toMatch(
      /There are no refused attempts about \+12025550199 yet/,
    );
  });

  it('stands in the help', async () => {
    await stage.alice.runs('/linq-remove help');
    await stage.alice.sees(/\/linq-remove history/);
  });
});

const lineCount = (window: string) => window.match(/^\d+ \| /gmu)?.length ?? 0;

describe.each(ENGINES)('What people see of each other, on %s', (engine) => {
  const others = () =>
    stage.slack.addChannel({ name: 'others', kind: 'public', members: ['bob', 'carol'], bot: true });
  const masked = { HANDLE_DISPLAY: 'masked' };

  it('is their own requests and those of the conversation, masked like its messages', async () => {
    stage = await setStage({ engine, env: masked });
    const elsewhere = others();
    await remove();
    const bob = comes('bob');
    const near = await asksFor('history', bob, { in: stage.support.id });
    expect(near).toMatch(/The latest removal that you or this conversation asked for\n/);
    expect(near).toMatch(/Removed \| …9136/);
    await bob.presses('Details 1');
    expect(await readsWindow(bob)).toMatch(/…9136 \| “Launch crew”/);
    expect(bob.modalText()).not.toMatch(/2499136|249 9136/);
    const stranger = await asksFor('history', bob, { in: elsewhere.id });
    expect(stranger).toMatch(/There are no removals that you or this conversation asked for yet/);
    elsewhere.members.add(stage.alice.id);
    expect(await asksFor('history +12052499136', stage.alice, { in: elsewhere.id })).toMatch(
      /The latest removal that you or this conversation asked for about \+12052499136\n/,
    );
    expect(await asksFor(`history ${PAT}`, bob, { in: elsewhere.id })).toMatch(/There are no removals/);
  });

  it('is everything for viewers, by their IDs and by groups, wherever they ask', async () => {
    stage = await setStage({
      engine,
      env: { ...masked, HISTORY_VIEWERS: 'S0AUDIT,U0CAROL', ALLOWED_USERS: 'U0ALICE', ALLOW_EVERYONE: '' },
    });
    const elsewhere = others();
    stage.slack.usergroups.set('S0AUDIT', new Set(['U0BOB']));
    await remove();
    for (const name of ['bob', 'carol']) {
      const window = await asksFor('history', stage.slack.person(name), { in: elsewhere.id });
      expect(window).toMatch(/The latest removal in this workspace\n/);
      expect(window).toMatch(/Removed \| \+12052499136/);
    }
    const bob = stage.slack.person('bob');
    await bob.runs(`/linq-remove ${CHAT_ID} ${PAT}`, { in: elsewhere.id });
    expect(bob.ephemerals.at(-1)?.text).toMatch(/You are not among the people who may do this/);
    expect(await asksFor('history refused', stage.alice)).toMatch(
      /Refused attempts are shown only to those who see the whole history: @carol, @subteam\^S0AUDIT\./,
    );
  });

  it('stays narrow where Slack cannot tell, and says so', async () => {
    stage = await setStage({ engine, env: { HISTORY_VIEWERS: 'S0AUDIT' } });
    const elsewhere = others();
    stage.slack.usergroups.set('S0AUDIT', new Set(['U0BOB']));
    const bob = stage.slack.person('bob');
    await remove();
    stage.slack.next('usergroups.users.list', { error: 'plan_upgrade_required' });
    const window = await asksFor('history', bob, { in: elsewhere.id });
    expect(window).toMatch(
      /It cannot be told whether you are in a group that sees the whole history: this workspace's plan has no user groups\. Only your own requests and those made in this conversation are shown\./,
    );
    expect(window).not.toMatch(/9136/);
    stage.slack.next('usergroups.users.list', { rateLimited: 30 });
    expect(await asksFor('history refused', bob, { in: elsewhere.id })).toMatch(
      /Slack is busy\. Refused attempts are not shown\. Please try again in a minute\./,
    );
  });

  it('names nobody where nobody sees everything', async () => {
    stage = await setStage({ engine });
    expect(await asksFor('history refused')).toMatch(/HISTORY_VIEWERS names them/);
  });
});

describe('The history', () => {
  it('keeps what the review showed', async () => {
    stage = await setStage({ env: VIEWER });
    await remove();
    const { default: Sqlite } = await import('libsql');
    const db = new Sqlite(stage.databaseUrl.replace('file:', ''));
    const [shown] = db.prepare("select shown from history where kind = 'approved'").pluck().all();
    db.close();
    expect(shown).toMatch(/^Review removal\n/);
    expect(shown).toMatch(/Remove \+1 205 249 9136 from “Launch crew” \(…0000\)\?/);
    expect(shown).toMatch(/sam@example\.com/);
  });

  it('forgets handles, names and reasons when their time is over, and nothing else', async () => {
    stage = await setStage({ env: { ...VIEWER, RETENTION_DAYS: '30' } });
    await remove();
    await stage.passes(minutes(29 * 24 * 60));
    expect(await asksFor('history')).toMatch(/Removed \| \+12052499136/);
    await stage.passes(minutes(2 * 24 * 60));
    const window = await asksFor('history');
    expect(window).toMatch(/Removed \| a person no longer named \| the chat …0000 \| .* \| @alice/);
    await stage.alice.presses('Details 1');
    expect(await readsWindow()).toMatch(/a person no longer named/);
    expect(await asksFor(`history ${PAT}`)).toMatch(/There are no removals/);
  });

  it('keeps everything for ever with 0 days', async () => {
    stage = await setStage({ env: { ...VIEWER, RETENTION_DAYS: '0' } });
    await remove();
    await stage.passes(minutes(5_000 * 24 * 60));
    expect(await asksFor('history')).toMatch(/Removed \| \+12052499136/);
  });
});
