import type { Person } from '../../simulator/slack/person.js';
import type { Channel } from '../../simulator/slack/world.js';
import type { HistoryRecord } from '../../src/removal/history.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

/** Somebody else who is in #support. */
function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

/** What the history says about refusals. */
async function refusals(): Promise<readonly HistoryRecord[]> {
  await stage.app.idle();
  const db = await openDatabase(stage.databaseUrl);
  const records = await createHistory(db).page({ since: null, until: null, after: null, limit: 100 });
  await db.destroy();
  return records.filter(({ kind }) => kind === 'access-refused');
}

/** Everything that this person was told, in windows and below the conversation. */
const heard = (person: Person) =>
  [person.modalText(), ...person.ephemerals.map(({ shown }) => shown)].join('\n');

async function isRefused(person: Person, words: RegExp, where?: { in: string }): Promise<void> {
  await person.runs(`/linq-remove ${BOTH}`, where);
  await person.sees(words);
  await stage.app.idle();
  expect(person.modalText()).not.toMatch(/Launch crew|Review removal/);
  expect(stage.linq.deletes).toEqual([]);
}

describe.each(MODES)('the lists, in %s mode', (mode) => {
  it('let those in who are on them, and refuse everybody else at once, naming who can help', async () => {
    stage = await setStage({ mode, env: { ALLOWED_USERS: 'U0ALICE' } });
    const bob = comes('bob');
    await bob.runs(`/linq-remove ${BOTH}`);
    const [told] = bob.ephemerals;
    expect(told?.text).toBe(
      'You are not among the people who may do this. Nothing was removed. Please ask <@U0ALICE>.',
    );
    expect(stage.ledger.count('views.open')).toBe(0);
    expect(stage.ledger.count('users.info')).toBe(0);
    expect(await refusals()).toMatchObject([
      { requestedBy: bob.id, reason: 'person', channelId: stage.support.id, chatId: CHAT_ID, handle: PAT },
    ]);
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
  });

  it('refuse in conversations that are not on them', async () => {
    stage = await setStage({ mode, env: { ALLOWED_CHANNELS: 'C0SUPPORT' } });
    const random = stage.slack.addChannel({ name: 'random', kind: 'public', members: ['alice'] });
    await isRefused(stage.alice, /may not be used in this conversation.* Use it in #support/, {
      in: random.id,
    });
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
  });

  it('let members of a group in, until they are taken out of it', async () => {
    stage = await setStage({ mode, env: { ALLOWED_USERGROUPS: 'S0OPS,S0MORE', ALLOWED_USERS: 'U0CAROL' } });
    const { alice, slack, linq, ledger, clock } = stage;
    const ops = new Set([alice.id]);
    slack.usergroups.set('S0OPS', ops).set('S0MORE', new Set());
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    expect(ledger.count('usergroups.users.list')).toBe(2);
    ops.delete(alice.id);
    clock.advance(minutes(1));
    await alice.submits();
    expect(alice.modalText()).toMatch(/You are not among the people who may do this/);
    await stage.app.idle();
    expect(linq.deletes).toEqual([]);
    expect(await refusals()).toMatchObject([{ requestedBy: alice.id, reason: 'person' }]);
  });
});

describe('a group', () => {
  beforeEach(async () => {
    stage = await setStage({ env: { ALLOWED_USERGROUPS: 'S0OPS' } });
    stage.slack.usergroups.set('S0OPS', new Set(['U0ALICE']));
  });

  it('is asked about at most once a minute', async () => {
    const { alice, ledger, clock } = stage;
    for (let command = 0; command < 5; command++) {
      await alice.runs(`/linq-remove ${BOTH}`);
      await alice.seesModal(/Review removal/);
      clock.advance(seconds(11));
    }
    await approves(alice);
    expect(ledger.count('usergroups.users.list')).toBe(1);
    clock.advance(seconds(5));
    await approves(alice);
    expect(ledger.count('usergroups.users.list')).toBe(2);
  });

  it.each([
    ['plan_upgrade_required', /this workspace's plan has no user groups/],
    ['no_such_subteam', /Slack knows no user group `S0OPS`/],
    ['fatal_error', /Slack gave no answer \(`fatal_error`\)/],
  ])('that cannot be read (%s) lets nobody in', async (error, words) => {
    stage.slack.next('usergroups.users.list', { error });
    await isRefused(stage.alice, words);
    expect(await refusals()).toMatchObject([{ reason: expect.stringMatching(/^cannot-tell:group:/) }]);
  });

  it('lets nobody in while Slack is busy, and everybody again after that', async () => {
    stage.slack.next('usergroups.users.list', { rateLimited: 30 });
    await isRefused(stage.alice, /Slack is busy.*try again in a minute/);
    await stage.passes(seconds(30));
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
  });

  it('lets somebody in who is in another one that can be read', async () => {
    await stage.stop();
    stage = await setStage({ env: { ALLOWED_USERGROUPS: 'S0GONE,S0OPS' } });
    stage.slack.usergroups.set('S0OPS', new Set(['U0ALICE']));
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
  });
});

describe('a person', () => {
  const user = () => {
    const found = stage.slack.users.get('U0ALICE');
    if (!found) throw new Error('alice is not there');
    return found;
  };

  it.each(['isRestricted', 'isUltraRestricted'] as const)('who is a guest (%s) is refused', async (flag) => {
    stage = await setStage();
    user()[flag] = true;
    await isRefused(stage.alice, /Guests of this workspace may not do this.*the app's owner/);
  });

  it.each(['isRestricted', 'isUltraRestricted'] as const)(
    'who is a guest (%s) may where guests are allowed',
    async (flag) => {
      stage = await setStage({ env: { ALLOW_GUESTS: 'true' } });
      user()[flag] = true;
      await approves(stage.alice);
      await stage.alice.sees(/Removal queued/);
    },
  );

  const OUTSIDERS: readonly [string, object][] = [
    ['a stranger', { isStranger: true }],
    ['of another workspace', { teamId: 'T0OTHER' }],
  ];

  it.each(OUTSIDERS)(
    'who is %s is refused even where guests and shared conversations are allowed',
    async (_who, changes) => {
      stage = await setStage({ env: { ALLOW_GUESTS: 'true', ALLOW_EXTERNAL_CHANNELS: 'true' } });
      Object.assign(user(), changes);
      await isRefused(
        stage.alice,
        /Only members of this workspace may do this, and you belong to another one\./,
      );
    },
  );

  it.each(OUTSIDERS)(
    'who is %s is refused where guests are allowed, in a conversation shared within the organisation',
    async (_who, changes) => {
      stage = await setStage({ env: { ALLOW_GUESTS: 'true', ALLOWED_USERS: 'U0ALICE' } });
      stage.support.shared = 'within';
      Object.assign(user(), changes);
      await isRefused(stage.alice, /Only members of this workspace may do this/);
    },
  );

  it('waits for Slack behind the window, however long Slack takes', async () => {
    stage = await setStage();
    let answer = () => {};
    const hold = new Promise<void>((resolve) => {
      answer = resolve;
    });
    stage.slack.next('users.info', { hold });
    const command = await stage.alice.runs(`/linq-remove ${BOTH}`);
    expect(command.outcome).toBe('acknowledged');
    await stage.alice.seesModal(/Asking/);
    await stage.ledger.until(() => stage.ledger.count('users.info') === 1, 'the question');
    expect(stage.alice.modalText()).not.toMatch(/Launch crew/);
    answer();
    await stage.alice.seesModal(/Review removal/);
  });

  it('who approves waits behind a loading view where Slack takes longer than the acknowledgement may', async () => {
    stage = await setStage();
    const { alice, clock, linq, slack } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    clock.advance(minutes(1));
    let answer = () => {};
    const hold = new Promise<void>((resolve) => {
      answer = resolve;
    });
    slack.next('users.info', { hold });
    const { outcome } = await alice.submits();
    expect(outcome).toBe('acknowledged');
    expect(alice.modalText()).toMatch(/Recording …/);
    expect(linq.deletes).toEqual([]);
    answer();
    await alice.seesModal(/Your approval is recorded/);
    await alice.sees(/Removal queued/);
  });

  it('who closes that view before it is recorded has removed nobody', async () => {
    stage = await setStage();
    const { alice, app, clock, linq, slack } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    clock.advance(minutes(1));
    let answer = () => {};
    const hold = new Promise<void>((resolve) => {
      answer = resolve;
    });
    slack.next('users.info', { hold });
    await alice.submits();
    await alice.cancels();
    answer();
    await app.idle();
    expect(linq.deletes).toEqual([]);
  });

  it('is refused when Slack does not answer in time', async () => {
    stage = await setStage();
    stage.slack.next('users.info', 'reset');
    await isRefused(stage.alice, /whether you are a member or a guest.* Slack gave no answer/);
  });

  it('who opened the form sees it replaced by the refusal', async () => {
    stage = await setStage();
    user().isRestricted = true;
    await stage.alice.runs('/linq-remove');
    await stage.alice.seesModal(/Guests of this workspace/);
    await stage.alice.sees(/Guests of this workspace/);
  });
});

describe('a conversation', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it.each(['external', 'pending'] as const)('that is shared (%s) is refused', async (shared) => {
    stage.support.shared = shared;
    await isRefused(stage.alice, /is shared with another organisation/);
  });

  it('that is shared within one organisation is like any other', async () => {
    stage.support.shared = 'within';
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
  });

  it.each(['private', 'mpim', 'im'] as const)(
    '(%s) that the app cannot see is refused, with the way out',
    async (kind) => {
      const talk = stage.slack.addChannel({ name: 'talk', kind, members: ['alice', 'bob'], bot: false });
      await isRefused(stage.alice, /the app is not in it\..*Invite it with .*\/invite @linq-remove/, {
        in: talk.id,
      });
      expect(
        stage.slack.messagesIn(talk.id).every(({ ephemeralFor }) => ephemeralFor === stage.alice.id),
      ).toBe(true);
    },
  );

  it.each<[string, () => Channel]>([
    ['a private channel with the app', () => channel('private')],
    ['a group message with the app', () => channel('mpim')],
    ['a public channel without it', () => channel('public', false)],
    ['a direct message with the app', () => channel('im')],
  ])('is fine: %s', async (_what, open) => {
    await approves(stage.alice, `/linq-remove ${BOTH}`, { in: open().id });
    await stage.ledger.until(() => stage.linq.deletes.length === 1, 'the removal');
  });

  function channel(kind: Channel['kind'], bot = true): Channel {
    return stage.slack.addChannel({ name: `with-${kind}`, kind, members: ['alice'], bot });
  }

  it('cannot be told about without the scope, which the refusal names', async () => {
    stage.slack.scopes.delete('channels:read');
    await isRefused(
      stage.alice,
      /the scope `channels:read`.*added as in manifest\.yml, and the app reinstalled/,
    );
  });

  it('cannot be told about the person without the scope, which the refusal names', async () => {
    stage.slack.scopes.delete('users:read');
    await isRefused(stage.alice, /the scope `users:read`/);
  });
});

describe.each(MODES)('somebody who may not, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode, env: { ALLOWED_USERS: 'U0ALICE' } });
  });

  it('gets nothing by sending what somebody else was about to', async () => {
    const { alice, slack, linq } = stage;
    const mallory = comes('mallory');
    await alice.runs('/linq-remove');
    await alice.seesModal(/Remove participant/);
    alice.fills({ Chat: CHAT_ID, Handle: PAT });
    await alice.submits();
    const asMallory = (payload: object) => ({ ...payload, user: { id: mallory.id, team_id: 'T0WORKSPACE' } });
    const review = await slack.deliverAltered(asMallory);
    expect(JSON.stringify(review.body)).toMatch(/Not allowed/);
    expect(JSON.stringify(review.body)).not.toMatch(/Launch crew/);

    await alice.closes();
    await approves(alice);
    const again = await slack.deliverAltered((payload) => ({
      ...asMallory(payload),
      view: { ...Object(payload.view), id: 'V0FORGED' },
    }));
    expect(JSON.stringify(again.body)).toMatch(/Not allowed/);
    await alice.sees(/Removal queued/);
    await stage.app.idle();
    expect(linq.deletes).toHaveLength(1);
    expect(await refusals()).toHaveLength(2);
  });

  it('gets nothing by pressing Stop or Retry, or by asking for the history', async () => {
    const { alice, linq, passes } = stage;
    const mallory = comes('mallory');
    linq.nextRemoval(['rate-limited', 60]);
    await approves(alice);
    await alice.sees(/Trying again soon/);
    await mallory.presses('Stop');
    await mallory.sees(/Only @alice, or somebody who may approve removals, can stop this/);
    await alice.presses('Stop');
    await passes(seconds(2));
    await alice.sees(/Not removed/);
    await mallory.presses('Retry');
    await mallory.seesModal(/You are not among the people/);
    await mallory.runs('/linq-remove history');
    await stage.app.idle();
    expect(heard(mallory)).not.toContain(PAT);
    expect(await refusals()).toHaveLength(3);
    expect(linq.deletes).toHaveLength(1);
  });

  it('may read the help', async () => {
    const mallory = comes('mallory');
    await mallory.runs('/linq-remove help');
    await mallory.sees(/takes a person out of a Linq group chat/);
  });
});
