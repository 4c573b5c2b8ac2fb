import Sqlite from 'libsql';
import { FORGED } from '../linq/webhook-setup.js';
import { minutes, seconds } from '../support/clock.js';
import {
  approves,
  CHAT_ID,
  ENGINES,
  MODES,
  onlyMessage,
  PAT,
  type Stage,
  type StageOptions,
  setStage,
} from '../support/stage.js';
import { deliver, setStageWithWebhooks, subscribe } from '../support/webhooks.js';

const READING = 'GET /v3/chats/{id}';
const DAY = minutes(24 * 60);

let stage: Stage;
afterEach(() => stage.stop());

async function begin(options?: StageOptions) {
  stage = await setStageWithWebhooks(options);
}

/** Pat's removal, accepted by Linq and not yet done. */
async function queue() {
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  await stage.app.idle();
}

/** Pat's removal, done and told, by Linq's event alone. */
async function remove() {
  await queue();
  stage.linq.settles();
  await arrived('participant.removed');
  await seesRemoved();
}

async function arrived(what: 'participant.removed' | 'participant.added', times = 1, answer = 200) {
  const { ledger } = stage;
  await ledger.until(() => ledger.of(what)[times - 1]?.answer === answer, `${what} to be taken`);
}

/** The message follows within a second: it is edited no oftener than that. The next look at the chat is later. */
async function seesRemoved() {
  await stage.passes(seconds(1));
  return stage.alice.sees(/Removed: /);
}

describe.each(MODES)('Linq’s event, in %s mode', (mode) => {
  it('proves a removal at once, without another look at the chat', async () => {
    await begin({ mode });
    await queue();
    const readings = stage.ledger.count(READING);
    stage.linq.settles();
    await arrived('participant.removed');
    const { text } = await seesRemoved();
    expect(text).toMatch(/Removed: \+12052499136 is no longer in “Launch crew” .*confirmed after 1 second/);
    expect(onlyMessage(stage).text).toBe(text);
    expect(stage.ledger.count(READING)).toBe(readings);
  });
});

describe.each(ENGINES)('Linq’s event, with the store on %s', (engine) => {
  beforeEach(() => begin({ engine }));

  it('counts also when it comes before Linq’s answer, and is not overwritten by that', async () => {
    const { alice, linq, ledger, slack, support, passes } = stage;
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    linq.nextRemoval(['slow', held]);
    await approves(alice);
    await ledger.until(() => linq.deletes.length === 1, 'the DELETE');
    linq.settles();
    await alice.sees(/Removed: /, { in: support.id });
    answer();
    await passes(seconds(2));
    await passes(minutes(1));
    expect(onlyMessage(stage).text).toMatch(/Removed: /);
    expect(slack.messagesIn(support.id)[0]?.history.join()).not.toMatch(/queued/i);
    expect(linq.deletes).toHaveLength(1);
  });

  it('changes nothing when it comes twice', async () => {
    await queue();
    const once = { eventId: 'event-1' };
    expect(await deliver(stage, 'removed', {}, once)).toBe(200);
    await seesRemoved();
    await stage.app.idle();
    const { edited } = onlyMessage(stage);
    expect(await deliver(stage, 'removed', {}, { ...once, deliveryId: 'second try' })).toBe(200);
    await stage.passes(seconds(2));
    expect(onlyMessage(stage).edited).toBe(edited);
  });
});

describe('Linq’s event', () => {
  beforeEach(() => begin());

  it.each([
    ['about a chat we do not know', { chat_id: '11111111-2222-4333-8444-555555555555' }],
    ['about somebody else', { handle: '+12025550143' }],
    ['of a departure before the approval', { removed_at: '2026-01-01T00:00:00Z' }],
  ])('%s is acknowledged and proves nothing', async (_what, data) => {
    await queue();
    expect(await deliver(stage, 'removed', data)).toBe(200);
    await stage.app.idle();
    expect(onlyMessage(stage).text).toMatch(/Removal queued/);
  });

  it.each([
    ['forged', { secret: FORGED }, {}],
    ['replayed after five minutes', { at: new Date(Date.now() - minutes(6)) }, {}],
  ])('%s is refused and proves nothing', async (_how, signing, data) => {
    await queue();
    expect(await deliver(stage, 'removed', data, signing)).toBe(401);
    await stage.app.idle();
    expect(onlyMessage(stage).text).toMatch(/Removal queued/);
  });

  it('of 1 MB is refused', async () => {
    expect(await deliver(stage, 'removed', { padding: 'x'.repeat(1_024 * 1_024) })).toBe(413);
  });

  it('is asked for again while the store is locked, and counts then', async () => {
    await queue();
    const other = new Sqlite(stage.databaseUrl.replace('file:', ''));
    other.exec('begin immediate');
    const event = { eventId: 'event-1' };
    expect(await deliver(stage, 'removed', {}, event)).toBe(503);
    other.exec('rollback');
    other.close();
    expect(await deliver(stage, 'removed', {}, event)).toBe(200);
    await seesRemoved();
  });

  it('without a chat makes us look there now', async () => {
    await queue();
    stage.linq.chat(CHAT_ID).handles.splice(1, 1);
    expect(await deliver(stage, 'removed', { chat_id: undefined })).toBe(200);
    await seesRemoved();
  });

  it('that our own line left makes us look there now', async () => {
    await queue();
    const readings = stage.ledger.count(READING);
    stage.linq.ourLineLeaves(CHAT_ID);
    await stage.ledger.until(() => stage.ledger.count(READING) > readings, 'a reading of the chat');
    await stage.app.idle();
    expect(onlyMessage(stage).text).toMatch(/Removal queued/);
  });
});

it('Without a secret there is no such address, and looking proves the removal', async () => {
  stage = await setStage({ start: new Date() });
  subscribe(stage);
  await queue();
  stage.linq.settles();
  await arrived('participant.removed', 1, 404);
  await stage.passes(seconds(2));
  await stage.alice.sees(/Removed: /);
});

describe('Somebody who was removed and is back', () => {
  const comesBack = () => stage.linq.adds(CHAT_ID, PAT);

  it('is told of once, in the thread, to the person who asked', async () => {
    await begin();
    await remove();
    comesBack();
    const told = await stage.alice.sees(/was added back/);
    const [message, ...replies] = stage.slack.messagesIn(stage.support.id);
    expect(replies).toEqual([told]);
    expect(told.thread_ts).toBe(message?.ts);
    expect(told.text).toMatch(/^<@U0ALICE> \+12052499136 was added back to “Launch crew” \(…0000\)\./);
    stage.linq.leaves(CHAT_ID, PAT);
    comesBack();
    await arrived('participant.added', 2);
    await stage.passes(minutes(1));
    expect(stage.slack.messagesIn(stage.support.id)).toHaveLength(2);
  });

  it('is told of with a masked number where the channel shall not see it', async () => {
    await begin({ env: { HANDLE_DISPLAY: 'masked' } });
    await remove();
    comesBack();
    expect((await stage.alice.sees(/was added back/)).text).toMatch(/^<@U0ALICE> …9136 was added back/);
  });

  it('is told of after Slack was away, and after a restart', async () => {
    await begin();
    await remove();
    stage.slack.next('chat.postMessage', { rateLimited: 30 });
    comesBack();
    await arrived('participant.added');
    await stage.app.idle();
    await stage.restarts();
    await stage.passes(seconds(31));
    await stage.alice.sees(/was added back/);
    expect(stage.slack.messagesIn(stage.support.id)).toHaveLength(2);
  });

  it('is told of directly where the bot may no longer post', async () => {
    await begin();
    await remove();
    stage.slack.next('chat.postMessage', { error: 'not_in_channel' });
    comesBack();
    await stage.ledger.until(() => stage.alice.directMessages.length === 1, 'a direct message');
    expect(stage.alice.directMessages[0]?.text).toMatch(/was added back/);
  });

  it('is not told of after a week', async () => {
    await begin();
    await remove();
    const later = new Date(stage.clock.now().getTime() + 8 * DAY).toISOString();
    expect(await deliver(stage, 'added', { added_at: later })).toBe(200);
    await stage.passes(minutes(1));
    expect(onlyMessage(stage).text).toMatch(/Removed: /);
  });
});
