import { minutes } from '../support/clock.js';
import { approves, CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

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

async function asksFor(text: string) {
  const before = stage.alice.ephemerals.length;
  await stage.alice.runs(`/linq-remove ${text}`);
  await stage.ledger.until(() => stage.alice.ephemerals.length > before, 'an answer');
  return stage.alice.ephemerals.at(-1)?.text ?? '';
}

describe.each(MODES)('/linq-remove history, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
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
    stage = await setStage();
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
      /“of everything” is not a phone number, an email or a chat ID/,
    );
  });

  it('opens the window for a person whose name only begins like it', async () => {
    await stage.alice.runs('/linq-remove history@example.com');
    await stage.alice.seesModal(/Remove participant/);
  });

  it('shows complete numbers also where channels do not, and no more than ten', async () => {
    await stage.stop();
    stage = await setStage({ env: { HANDLE_DISPLAY: 'masked' } });
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

  it('stands in the help', async () => {
    expect(await asksFor('help')).toMatch(/\/linq-remove history/);
  });
});

describe('The history', () => {
  it('keeps what the review showed', async () => {
    stage = await setStage();
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
