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

async function asksFor(text: string, person = stage.alice, where?: { in: string }) {
  const before = person.ephemerals.length;
  await person.runs(`/linq-remove ${text}`, where);
  await stage.ledger.until(() => person.ephemerals.length > before, 'an answer');
  return person.ephemerals.at(-1)?.text ?? '';
}

const VIEWER = { HISTORY_VIEWERS: 'U0ALICE' };

describe.each(MODES)('/linq-remove history, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode, env: VIEWER });
  });

  it('shows what was removed, by whom and when, with a link to the message, to this person alone', async () => {
    await remove();
    const [message] = stage.slack.messagesIn(stage.support.id);
    const answer = await asksFor('history');
    expect(answer).toMatch(/^The latest removal in this workspace\n/);
    expect(answer).toMatch(/• Removed: \+12052499136 · “Launch crew” \(…0000\)/);
    expect(answer).toMatch(/<!date\^\d+\^\{date_short_pretty\} \{time\}\|2026-06-01 10:01 UTC>/);
    expect(answer).toMatch(/asked for by <@U0ALICE>/);
    expect(answer).toContain(`<https://slack.com/archives/C`);
    expect(answer).toContain(`/p${message?.ts.replace('.', '')}|message>`);
    expect(stage.slack.messagesIn(stage.support.id)[1]?.ephemeralFor).toBe('U0ALICE');
  });

  it('says so when there is nothing yet', async () => {
    expect(await asksFor('history')).toMatch(/There are no removals in this workspace yet/);
  });
});

describe('/linq-remove history', () => {
  beforeEach(async () => {
    stage = await setStage({ env: VIEWER });
  });

  it('finds a person or a chat, however they are written', async () => {
    const other = stage.linq.addChat({
      name: 'Night shift',
      service: 'iMessage',
      members: ['sam@example.com', '+12025550143', '+12025550144', '+12025550145'],
    });
    await remove();
    await remove('sam@example.com', other.id);
    expect(await asksFor('history (205) 249-9136')).toMatch(/about \+12052499136\n• Removed: \+12052499136/);
    expect(await asksFor('History <mailto:SAM@example.com|SAM@example.com>')).toMatch(/“Night shift”/);
    const ofChat = await asksFor(`history ${CHAT_ID.toUpperCase()}`);
    expect(ofChat).toMatch(/about chat …0000/);
    expect(ofChat).not.toMatch(/sam@example/);
    expect(await asksFor('history +12025550199')).toMatch(
      /There are no removals about \+12025550199 yet\. Without a filter/,
    );
  });

  it('says what it could not understand', async () => {
    expect(await asksFor('history of everything')).toMatch(
      /“everything” is not a phone number, an email or a chat ID/,
    );
  });

  it('opens the window for a person whose name only begins like it', async () => {
    await stage.alice.runs('/linq-remove history@example.com');
    await stage.alice.seesModal(/Remove participant/);
  });

  it('shows complete numbers also where channels do not, and no more than ten', async () => {
    await stage.stop();
    stage = await setStage({ env: { ...VIEWER, HANDLE_DISPLAY: 'masked' } });
    for (let index = 0; index < 11; index++) {
      const handle = `+120525501${10 + index}`;
      const members = [handle, '+12025550143', '+12025550144', '+12025550145'];
      await remove(
        handle,
        stage.linq.addChat({ name: `<!channel> ${index}`, service: 'iMessage', members }).id,
      );
    }
    const answer = await asksFor('history');
    expect(answer.match(/^• /gmu)).toHaveLength(10);
    expect(answer).toMatch(/• Removed: \+12052550120/);
    expect(answer).not.toMatch(/\+12052550110/);
    expect(answer).not.toContain('<!channel>');
  });

  it('shows who was refused apart from what was removed', async () => {
    await stage.stop();
    stage = await setStage({ env: { ...VIEWER, ALLOWED_USERS: 'U0ALICE' } });
    const mallory = comes('mallory');
    await remove();
    for (let attempt = 0; attempt < 12; attempt++) await mallory.runs(`/linq-remove ${CHAT_ID} ${PAT}`);
    await stage.app.idle();
    expect(await asksFor('history')).toMatch(/^The latest removal in this workspace\n• Removed/);
    const refused = await asksFor('history refused');
    expect(refused).toMatch(/^The latest refused attempts in this workspace\n/);
    expect(refused.match(/^• Not allowed: by the rule “person” · \+12052499136/gmu)).toHaveLength(10);
    expect(refused).not.toMatch(/Removed/);
    expect(await asksFor('history refused +12025550199')).toMatch(
      /There are no refused attempts about \+12025550199 yet/,
    );
  });

  it('stands in the help', async () => {
    expect(await asksFor('help')).toMatch(/\/linq-remove history/);
  });
});

/** Another person in #support, who is allowed to remove. */
function comes(name: string) {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

describe.each(ENGINES)('What people see of each other, on %s', (engine) => {
  const others = () =>
    stage.slack.addChannel({ name: 'others', kind: 'public', members: ['bob', 'carol'], bot: true });
  const masked = { HANDLE_DISPLAY: 'masked' };

  it('is their own requests and those of the conversation, masked like its messages', async () => {
    stage = await setStage({ engine, env: masked });
    const elsewhere = others();
    await remove();
    const bob = comes('bob');
    expect(await asksFor('history', bob, { in: stage.support.id })).toMatch(
      /^The latest removal that you or this conversation asked for\n• Removed: …9136/,
    );
    const stranger = await asksFor('history', bob, { in: elsewhere.id });
    expect(stranger).toMatch(/^There are no removals that you or this conversation asked for yet/);
    elsewhere.members.add(stage.alice.id);
    expect(await asksFor('history +12052499136', stage.alice, { in: elsewhere.id })).toMatch(
      /^The latest removal that you or this conversation asked for about \+12052499136\n• Removed: …9136/,
    );
    expect(await asksFor(`history ${PAT}`, bob, { in: elsewhere.id })).toMatch(/There are no removals/);
  });

  it('is everything for viewers, by their IDs and by groups, wherever they ask', async () => {
    stage = await setStage({
      engine,
      env: { ...masked, HISTORY_VIEWERS: 'S0AUDIT,U0CAROL', ALLOWED_USERS: 'U0ALICE' },
    });
    const elsewhere = others();
    stage.slack.usergroups.set('S0AUDIT', new Set(['U0BOB']));
    await remove();
    for (const name of ['bob', 'carol']) {
      const answer = await asksFor('history', stage.slack.person(name), { in: elsewhere.id });
      expect(answer).toMatch(/^The latest removal in this workspace\n• Removed: \+12052499136/);
    }
    const bob = stage.slack.person('bob');
    await bob.runs(`/linq-remove ${CHAT_ID} ${PAT}`, { in: elsewhere.id });
    expect(bob.ephemerals.at(-1)?.text).toMatch(/You are not among the people who may do this/);
    expect(await asksFor('history refused', stage.alice)).toBe(
      'Refused attempts are shown only to those who see the whole history: <@U0CAROL>, <!subteam^S0AUDIT>.',
    );
  });

  it('stays narrow where Slack cannot tell, and says so', async () => {
    stage = await setStage({ engine, env: { HISTORY_VIEWERS: 'S0AUDIT' } });
    const elsewhere = others();
    stage.slack.usergroups.set('S0AUDIT', new Set(['U0BOB']));
    const bob = stage.slack.person('bob');
    await remove();
    stage.slack.next('usergroups.users.list', { error: 'plan_upgrade_required' });
    const answer = await asksFor('history', bob, { in: elsewhere.id });
    expect(answer).toMatch(
      /^It cannot be told whether you are in a group that sees the whole history: this workspace's plan has no user groups\. Only your own requests and those made in this conversation are shown\./,
    );
    expect(answer).not.toMatch(/9136/);
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
    stage = await setStage({ env: { RETENTION_DAYS: '30' } });
    await remove();
    await stage.passes(minutes(29 * 24 * 60));
    expect(await asksFor('history')).toMatch(/• Removed: \+12052499136/);
    await stage.passes(minutes(2 * 24 * 60));
    const answer = await asksFor('history');
    expect(answer).toMatch(/• Removed: a person no longer named · the chat …0000/);
    expect(answer).toMatch(/asked for by <@U0ALICE>/);
    expect(await asksFor(`history ${PAT}`)).toMatch(/There are no removals/);
  });

  it('keeps everything for ever with 0 days', async () => {
    stage = await setStage({ env: { RETENTION_DAYS: '0' } });
    await remove();
    await stage.passes(minutes(5_000 * 24 * 60));
    expect(await asksFor('history')).toMatch(/• Removed: \+12052499136/);
  });
});
