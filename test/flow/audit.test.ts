import { pino } from 'pino';
import type { Person } from '../../simulator/slack/person.js';
import type { Channel } from '../../simulator/slack/world.js';
import { minutes, seconds } from '../support/clock.js';
import {
  approves,
  BOTH,
  ENGINES,
  MODES,
  PAT,
  type Stage,
  type StageOptions,
  setStage,
} from '../support/stage.js';

const ENV = {
  AUDIT_CHANNEL: 'C0AUDIT',
  ALLOW_EVERYONE: '',
  ALLOWED_USERS: 'U0ALICE,U0BOB',
  APPROVAL: 'always',
  APPROVERS: 'U0BOB',
};

let stage: Stage;
let audit: Channel;
let bob: Person;
let mallory: Person;
afterEach(() => stage.stop());

async function setUp(
  options: StageOptions = {},
  { invited = true, shared = 'no' as Channel['shared'] } = {},
): Promise<void> {
  stage = await setStage({
    ...options,
    env: { ...ENV, ...options.env },
    before(slack) {
      audit = slack.addChannel({ name: 'audit', kind: 'private', members: ['dora'], bot: invited });
      audit.shared = shared;
      options.before?.(slack);
    },
  });
  [bob, mallory] = [comes('bob'), comes('mallory')];
}

function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

/** The lines of the audit channel without their times, in the order of telling. */
const lines = () =>
  stage.slack
    .messagesIn(audit.id)
    .flatMap(({ text }) => text.split('\n').map((line) => line.replace(/^<!date[^>]*> {2}/, '')));

async function asks(): Promise<void> {
  await approves(stage.alice);
  await stage.app.idle();
  await stage.passes(seconds(2));
}

async function decides(submit: () => Promise<unknown>): Promise<void> {
  await bob.presses('Review');
  await bob.seesModal(/Review removal/);
  await submit();
  await stage.app.idle();
  await stage.passes(seconds(2));
}

const ABOUT = 'remove …9136 · “Launch crew” \\(…0000\\)';

describe.each(MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine }))))(
  'The audit channel, in $mode mode on $engine',
  (options) => {
    it('is told of the start, refusals, questions, decisions and Stop, in order and masked', async () => {
      await setUp(options);
      await stage.passes(seconds(2));
      await mallory.runs(`/linq-remove ${BOTH}`);
      await stage.app.idle();
      await asks();
      await decides(async () => {
        await bob.presses('Decline …');
        await bob.seesModal(/Nobody is removed when you decline/);
        bob.fills({ 'Why not?': `<!channel> ${PAT} stays` });
        await bob.submits();
      });
      await asks();
      stage.linq.nextRemoval(['rate-limited', 60]);
      await decides(() => bob.submits());
      await stage.alice.sees(/Trying again soon/);
      await stage.alice.presses('Stop');
      await stage.app.idle();
      await stage.passes(seconds(2));
      await stage.passes(seconds(2));
      const told = lines();
      expect(told[0]).toMatch(
        /^linq-remove started\. In (Socket|HTTP) Mode, .*APPROVAL=always.*AUDIT_CHANNEL=C0AUDIT; everything else/i,
      );
      expect(told.slice(1)).toEqual(
        [
          '<@U0MALLORY> was refused by the rule “person” in <#C0SUPPORT>: …9136 · the chat …0000.',
          `<@U0ALICE> asked for approval in <#C0SUPPORT>: ${ABOUT}.`,
          `<@U0BOB> declined what <@U0ALICE> asked for: ${ABOUT}. Reason: &lt;!channel&gt; …9136 stays`,
          `<@U0ALICE> asked for approval in <#C0SUPPORT>: ${ABOUT}.`,
          `<@U0BOB> approved what <@U0ALICE> asked for: ${ABOUT}.`,
          `<@U0ALICE> stopped what <@U0ALICE> asked for: ${ABOUT}.`,
        ].map((line) => line.replaceAll('\\', '')),
      );
    });
  },
);

describe('The audit channel', () => {
  it('hears after a restart what was not told before it, and of the new start', async () => {
    await setUp();
    await stage.passes(seconds(2));
    await mallory.runs(`/linq-remove ${BOTH}`);
    await stage.app.idle();
    await stage.restarts();
    await stage.passes(seconds(2));
    await stage.passes(seconds(2));
    expect(lines().map((line) => line.slice(0, 20))).toEqual([
      'linq-remove started.',
      '<@U0MALLORY> was ref',
      'linq-remove started.',
    ]);
  });

  it('waits as long as Slack asks, and then hears all of it in one message', async () => {
    await setUp({ before: (slack) => slack.next('chat.postMessage', { rateLimited: 30 }) });
    await stage.passes(seconds(2));
    for (let attempt = 0; attempt < 25; attempt++) await mallory.runs(`/linq-remove ${BOTH}`);
    await stage.app.idle();
    await stage.passes(seconds(20));
    expect(lines()).toEqual([]);
    await stage.passes(seconds(15));
    expect(stage.slack.messagesIn(audit.id)).toHaveLength(1);
    await stage.passes(seconds(2));
    expect(stage.slack.messagesIn(audit.id)).toHaveLength(2);
    expect(lines()).toHaveLength(26);
    expect(stage.slack.earlyCalls).toEqual([]);
  });

  it('is told what it missed once the app is invited, and removals go on meanwhile', async () => {
    const logged: string[] = [];
    await setUp({ env: { APPROVAL: 'never' }, onLog: (message) => logged.push(message) }, { invited: false });
    await stage.passes(seconds(2));
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    expect(lines()).toEqual([]);
    await stage.passes(minutes(6));
    expect(logged.filter((message) => /^AUDIT_CHANNEL could not be told/.test(message))).toHaveLength(1);
    audit.members.add(stage.slack.botUserId);
    await stage.passes(minutes(6));
    await stage.passes(seconds(2));
    expect(lines()).toEqual([
      expect.stringMatching(/^linq-remove started/),
      '<@U0ALICE> decided alone in <#C0SUPPORT>: remove …9136 · “Launch crew” (…0000).',
    ]);
  });

  it('may hear a line twice when Slack does not say whether it arrived, and no more', async () => {
    await setUp({
      before(slack) {
        slack.next('chat.postMessage', 'lost-reply');
        slack.next('chat.postMessage', 'lost-reply');
      },
    });
    for (let tick = 0; tick < 6; tick++) await stage.passes(seconds(6));
    expect(lines()).toHaveLength(2);
  });

  it('names nobody where another organisation reads along', async () => {
    await setUp({ env: { APPROVAL: 'never' } }, { shared: 'external' });
    await approves(stage.alice);
    await stage.app.idle();
    await stage.passes(seconds(2));
    await stage.passes(seconds(2));
    expect(lines().at(-1)).toBe(
      '<@U0ALICE> decided alone in <#C0SUPPORT>: remove this person · “Launch crew” (…0000).',
    );
  });

  it('keeps nothing in the store once it was told, and nothing at all where there is none', async () => {
    await setUp({ env: { AUDIT_CHANNEL: '' } });
    await mallory.runs(`/linq-remove ${BOTH}`);
    await stage.app.idle();
    const { default: Sqlite } = await import('libsql');
    const db = new Sqlite(stage.databaseUrl.replace('file:', ''));
    expect(db.prepare('select * from audit_outbox').all()).toEqual([]);
    db.close();
  });
});

describe('The log', () => {
  it('has the same facts as lines that a collector can tell apart, handles masked', async () => {
    const { logFacts } = await import('../../src/slack/audit/audit-log.js');
    await setUp();
    const written: Record<string, unknown>[] = [];
    const log = pino({ base: null }, { write: (line: string) => written.push(JSON.parse(line)) });
    const about = [{ chatId: 'chat-1', chatName: 'Crew', handle: PAT }];
    logFacts(log, [
      {
        at: stage.clock.now(),
        kind: 'stopped',
        by: 'U0BOB',
        askedBy: 'U0ALICE',
        channelId: 'C0SUPPORT',
        requestId: 'request-1',
        direction: 'remove',
        about,
        detail: null,
      },
    ]);
    expect(written).toEqual([
      expect.objectContaining({
        audit: true,
        what: 'stopped',
        at: '2026-06-01T10:00:00.000Z',
        by: 'U0BOB',
        askedBy: 'U0ALICE',
        channel: 'C0SUPPORT',
        request: 'request-1',
        direction: 'remove',
        about: [{ chatId: 'chat-1', handle: '…9136' }],
        msg: 'Audit: stopped',
      }),
    ]);
  });
});

it('tells of each of several approvals, of a withdrawal, and of a pause with its reason', async () => {
  await setUp({ env: { APPROVERS: 'U0BOB,U0CAROL', APPROVALS_NEEDED: '2', ALLOWED_USERS: 'U0ALICE' } });
  await asks();
  await decides(() => bob.submits());
  await stage.alice.presses('Withdraw…');
  await stage.alice.seesModal(/Withdraw/);
  await stage.alice.submits();
  await bob.runs('/linq-remove pause a storm', { in: stage.support.id });
  await bob.runs('/linq-remove resume', { in: stage.support.id });
  await stage.app.idle();
  await stage.passes(seconds(2));
  await stage.passes(seconds(2));
  expect(lines().slice(2)).toEqual([
    '<@U0BOB> approved (1 of 2) what <@U0ALICE> asked for: remove …9136 · “Launch crew” (…0000).',
    '<@U0ALICE> withdrew what they had asked for: remove …9136 · “Launch crew” (…0000).',
    '<@U0BOB> paused all removals. Reason: a storm',
    '<@U0BOB> resumed all removals.',
  ]);
});
