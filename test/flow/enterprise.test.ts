import { requestMessage } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, MODES, type Mode, type Stage, setStage } from '../support/stage.js';

/* Enterprise Grid: a person has an ID in the whole organisation, and perhaps another one in a workspace. */

const TEAMS = ['T0WORKSPACE', 'T0OTHER'];

let stage: Stage;
afterEach(() => stage.stop());

async function set(env: Record<string, string>, mode: Mode = 'socket'): Promise<void> {
  stage = await setStage({ mode, env });
  for (const name of ['alice', 'bob']) {
    stage.support.members.add(stage.slack.person(name).id);
    belongs(`U0${name.toUpperCase()}`, { enterprise: { id: `W0${name.toUpperCase()}`, teams: TEAMS } });
  }
}

function belongs(id: string, changes: object): void {
  const user = stage.slack.users.get(id);
  if (!user) throw new Error(`${id} is not there`);
  Object.assign(user, changes);
}

async function asks(): Promise<void> {
  await stage.alice.runs(`/linq-remove ${BOTH}`);
  await stage.alice.seesModal(/Review removal/);
  await stage.alice.submits();
  await stage.alice.sees(/Waiting for approval/);
  await stage.app.idle();
}

describe.each(MODES)('A list that names people by the ID of their organisation, in %s mode', (mode) => {
  it('lets them in, and nobody else', async () => {
    await set({ ALLOWED_USERS: 'W0ALICE' }, mode);
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    const bob = stage.slack.person('bob');
    await bob.runs(`/linq-remove ${BOTH}`);
    await bob.sees(/You are not among the people who may do this/);
  });
});

it('The asker does not approve their own request under another ID', async () => {
  await set({ APPROVAL: 'always', APPROVERS: 'W0ALICE,W0BOB' });
  await asks();
  await stage.alice.presses('Review');
  await stage.alice.seesModal(/nobody approves their own request/);
  const bob = stage.slack.person('bob');
  await bob.presses('Review');
  await bob.seesModal(/Review removal/);
  await bob.submits();
  await bob.seesModal(/Your approval is recorded/);
});

it('The asker withdraws under the ID that they have in another workspace', async () => {
  await set({ APPROVAL: 'always', APPROVERS: 'U0CAROL' });
  stage.support.members.add(stage.slack.person('carol').id);
  belongs('U0BOB', { enterprise: { id: 'W0ALICE', teams: TEAMS } });
  await asks();
  const alsoAlice = stage.slack.person('bob');
  await alsoAlice.presses('Withdraw…');
  await alsoAlice.seesModal(/Withdraw request/);
  await alsoAlice.submits();
  await alsoAlice.seesModal(/Your request is withdrawn/);
  await stage.passes(seconds(1));
  expect(requestMessage(stage).text).toMatch(/^Withdrawn/);
});

it('An approver named by the other ID stops, declines and pauses', async () => {
  await set({ APPROVERS: 'W0BOB' });
  const bob = stage.slack.person('bob');
  stage.linq.nextRemoval(['rate-limited', 300]);
  await approves(stage.alice);
  await stage.alice.sees(/Trying again soon/);
  await bob.presses('Stop');
  await stage.passes(seconds(1));
  expect(requestMessage(stage).text).toMatch(/Not removed: This was stopped/);
  await bob.runs('/linq-remove pause');
  await bob.sees(/has paused this app/);
});

it('A group is asked for in the workspace that has it, with an org-wide installation', async () => {
  await set({ ALLOWED_USERGROUPS: 'S0OPS' });
  stage.slack.installOrgWide({ teams: TEAMS, groupsIn: 'T0OTHER' });
  stage.slack.usergroups.set('S0OPS', new Set(['W0ALICE']));
  // Their own workspace is another one of the organisation.
  belongs('U0ALICE', { teamId: 'T0OTHER' });
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  stage.clock.advance(minutes(2));
  const bob = stage.slack.person('bob');
  await bob.runs(`/linq-remove ${BOTH}`);
  await bob.sees(/You are not among the people who may do this/);
  // Found once, the workspace is remembered.
  expect(stage.ledger.count('usergroups.users.list')).toBe(3);
});

it('A person of another organisation stays out of an org-wide installation', async () => {
  await set({ ALLOW_GUESTS: 'true' });
  stage.slack.installOrgWide({ teams: TEAMS, groupsIn: 'T0OTHER' });
  belongs('U0ALICE', { teamId: 'T0FOREIGN', enterprise: undefined });
  await stage.alice.runs(`/linq-remove ${BOTH}`);
  await stage.alice.sees(/Only members of this workspace may do this/);
});

it('A submission whose team is null is recorded all the same', async () => {
  await set({});
  stage.slack.installOrgWide({ teams: TEAMS, groupsIn: 'T0OTHER' });
  await stage.alice.runs(`/linq-remove ${BOTH}`);
  await stage.alice.seesModal(/Review removal/);
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.alice.runs(`/linq-remove ${BOTH.replace('+12052499136', '+12025550143')}`);
  await stage.alice.seesModal(/Review removal/);
  stage.slack.cutNextDelivery();
  await stage.alice.submits();
  await stage.app.idle();
  await stage.slack.deliverAltered((payload) => ({
    ...payload,
    team: null,
    enterprise: { id: 'E0ORGANISATION' },
  }));
  await stage.app.idle();
  await stage.passes(seconds(10));
  expect(stage.linq.deletes.length).toBe(2);
});
