import type { Person } from '../../simulator/slack/person.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, ENGINES, MODES, type Stage, type StageOptions, setStage } from '../support/stage.js';

let stage: Stage;
let bob: Person;
let dora: Person;
let mallory: Person;
afterEach(() => stage.stop());

async function setUp(options: StageOptions = {}): Promise<void> {
  stage = await setStage({
    ...options,
    env: { APPROVAL: 'always', APPROVERS: 'U0BOB', HISTORY_VIEWERS: 'U0DORA', ...options.env },
  });
  [bob, dora, mallory] = [comes('bob'), comes('dora'), comes('mallory')];
}

function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

/** Asked for by alice, approved by bob, accepted and proven. */
async function removed(): Promise<void> {
  await stage.alice.runs(`/linq-remove ${BOTH}`);
  await stage.alice.seesModal(/Review removal/);
  stage.alice.fills({ Reason: '=1+1 left <!channel>' });
  await stage.alice.submits();
  await stage.app.idle();
  await stage.passes(seconds(2));
  await bob.presses('Review');
  await bob.seesModal(/Review removal/);
  await bob.submits();
  await stage.ledger.until(() => stage.linq.deletes.length > 0, 'the DELETE');
  await stage.app.idle();
  stage.linq.settles();
  await stage.passes(minutes(1));
  await stage.passes(seconds(2));
  await stage.alice.sees(/^Removed/m);
  for (const person of [stage.alice, bob]) if (person.modal) await person.closes();
}

async function asksForReceipt(person: Person): Promise<string> {
  await person.presses('Receipt…');
  await stage.app.idle();
  await person.seesModal(/^(?:Receipt|Not allowed|Something went wrong)/);
  return person.modalText();
}

const cells = (row = '') => row.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/gu) ?? [];

describe.each(MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine }))))(
  'Receipt…, in $mode mode on $engine',
  (options) => {
    it('is for the asker, an approver and viewers, as text and as a file, and tells others why not', async () => {
      await setUp(options);
      await removed();
      for (const person of [stage.alice, bob, dora]) {
        const window = await asksForReceipt(person);
        expect(window).toMatch(
          /^Receipt\nRequest \S+\nAsked for by @alice, 2026-06-01 10:00:00 UTC, in conversation C0SUPPORT\nReason: =1\+1 left <!channel>\nApproved by @bob, 2026-06-01 10:00:02 UTC\n\n1\. Remove \+12052499136 · “Launch crew” \(…0000\): Removed\nChat ID 550e8400-e29b-41d4-a716-446655440000\nSent to Linq: 2026-06-01 10:00:\d\d UTC\nAccepted by Linq: 2026-06-01 10:00:\d\d UTC\nEnded: 2026-06-01 10:01:\d\d UTC, proven by the member list\nLinq’s trace ID \S+\n/,
        );
        expect(window).toMatch(/It was also sent to you as a direct message, with a CSV file\./);
        expect(person.directMessages.map(({ text }) => text)).toEqual([
          expect.stringMatching(/^\*Receipt\*\nRequest .*&lt;!channel&gt;/s),
          expect.stringMatching(/^receipt-.*\.csv$/),
        ]);
      }
      expect(stage.slack.files).toHaveLength(3);
      const [file] = stage.slack.files;
      expect(file?.channel).toBe(stage.alice.directMessages[0]?.channel);
      const [header, row, ...others] = (file?.content ?? '')
        .split(/\r?\n/u)
        .filter((line) => line.includes(','));
      expect(others).toEqual([]);
      expect(header).toBe(
        'request,what,handle,chat_id,chat_name,outcome,asked_by,asked_at,asked_in,reason,approved_by,approved_at,sent_at,accepted_at,ended_at,proven_by,trace_id',
      );
      expect(cells(row).slice(1, 12)).toEqual([
        'remove',
        '+12052499136',
        '550e8400-e29b-41d4-a716-446655440000',
        'Launch crew',
        'Removed',
        'U0ALICE',
        '2026-06-01T10:00:00.000Z',
        'C0SUPPORT',
        "'=1+1 left <!channel>",
        'U0BOB',
        '2026-06-01T10:00:02.000Z',
      ]);
      expect(row).toMatch(/,roster,/);

      const refused = await asksForReceipt(mallory);
      expect(refused).toBe(
        'Not allowed\nThis receipt is for @alice, who asked for it, and for @bob, who approved it and those who see the whole history (@dora). Nothing was sent.\nClose',
      );
      expect(mallory.directMessages).toEqual([]);
      expect(stage.slack.files).toHaveLength(3);
    });
  },
);

describe('Receipt…', () => {
  it('comes without its file where the app lacks files:write, and says so', async () => {
    await setUp();
    stage.slack.scopes.delete('files:write');
    await removed();
    expect(await asksForReceipt(stage.alice)).toMatch(
      /The text was also sent to you as a direct message\. There is no CSV file, because the app lacks the scope files:write\./,
    );
    expect(stage.slack.files).toEqual([]);
    const [message, ...others] = stage.alice.directMessages;
    expect(others).toEqual([]);
    expect(message?.text).toMatch(
      /Ended: .*There is no CSV file, because the app lacks the scope files:write/s,
    );
  });

  it('does not say that Linq did not accept what it accepted in an answer that was cut', async () => {
    await setUp();
    stage.linq.nextRemoval('cut');
    await removed();
    await asksForReceipt(stage.alice);
    expect(stage.alice.directMessages[0]?.text).toMatch(
      /Sent to Linq: .*\nNo clear acceptance by Linq is on record\n/,
    );
  });

  it.each([
    ['files.getUploadURLExternal', { rateLimited: 5 }],
    ['files.completeUploadExternal', { error: 'fatal_error' }],
    ['files.completeUploadExternal', 'reset'],
  ] as const)('says so when Slack does not take the file (%s)', async (method, fault) => {
    await setUp();
    await removed();
    stage.slack.next(method, fault);
    expect(await asksForReceipt(stage.alice)).toMatch(
      /Slack did not take the CSV file\. Press “Receipt…” again/,
    );
    expect(stage.alice.directMessages).toHaveLength(1);
  });

  it('is at least in the window when Slack takes no direct message', async () => {
    await setUp();
    await removed();
    stage.slack.next('chat.postMessage', { error: 'messages_tab_disabled' });
    expect(await asksForReceipt(stage.alice)).toMatch(
      /Ended: .*It could not be sent to you as a direct message/s,
    );
  });

  it('shows people as the conversation does, except to those who see everything', async () => {
    await setUp({ env: { HANDLE_DISPLAY: 'masked' } });
    await removed();
    expect(await asksForReceipt(stage.alice)).toMatch(/1\. Remove …9136 · /);
    expect(stage.slack.files[0]?.content).not.toMatch(/2499136/);
    expect(await asksForReceipt(dora)).toMatch(/1\. Remove \+12052499136 · /);
  });

  it('is sent once for one press, however often Slack delivers it', async () => {
    await setUp();
    await removed();
    await asksForReceipt(stage.alice);
    await stage.slack.redeliver();
    await stage.app.idle();
    expect(stage.alice.directMessages).toHaveLength(2);
  });

  it('tells of a request that was declined, too', async () => {
    await setUp();
    await approves(stage.alice);
    await stage.app.idle();
    await stage.passes(seconds(2));
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    await bob.presses('Decline …');
    await bob.seesModal(/Nobody is removed when you decline/);
    bob.fills({ 'Why not?': 'our customer' });
    await bob.submits();
    await stage.app.idle();
    await stage.passes(seconds(2));
    await bob.closes();
    expect(await asksForReceipt(bob)).toMatch(
      /Declined by @bob, .*\n\n1\. Remove \+12052499136 · “Launch crew” \(…0000\): Nothing was sent to Linq/,
    );
  });
});
