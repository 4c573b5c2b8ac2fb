import { type ApprovalStage, setApprovals } from '../support/approvers.js';
import { minutes, seconds } from '../support/clock.js';
import { ENGINES, MODES, onlyMessage } from '../support/stage.js';

const EVERYWHERE = MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine })));

let scene: ApprovalStage;
afterEach(() => scene.stage.stop());

const deletes = () => scene.stage.linq.deletes;

describe.each(EVERYWHERE)('a request that is withdrawn ($mode, $engine)', (where) => {
  beforeEach(async () => {
    scene = await setApprovals({ ...where, env: { APPROVAL_EXPIRES_HOURS: '1' } });
    await scene.asks();
  });

  it('is decided by nobody any more, and says who took it back and why', async () => {
    const { stage, bob, carol } = scene;
    await scene.reviews(bob);
    await scene.withdraws('wrong Pat');
    await stage.alice.seesModal(/Your request is withdrawn\. Nothing is removed by it/);
    await scene.becomes(/Withdrawn/);
    await stage.passes(seconds(5));
    const message = onlyMessage(stage);
    expect(message.text).toMatch(/^Withdrawn: Nothing was removed.* Withdrawn by <@U0ALICE>/s);
    expect(message.text).toMatch(/Why: wrong Pat/);
    await bob.submits();
    await bob.seesModal(/alice has withdrawn this request/);
    await expect(carol.presses('Review')).rejects.toThrow('no button');
    expect(deletes()).toEqual([]);
    expect(await scene.entries('approval-withdrawn')).toMatchObject([
      { requestedBy: stage.alice.id, decidedBy: stage.alice.id, note: 'wrong Pat' },
    ]);
  });

  it('needs no answer of Slack about anybody', async () => {
    const { slack, passes, alice } = scene.stage;
    await passes(minutes(2));
    for (const method of ['users.info', 'conversations.info', 'usergroups.users.list']) {
      for (let time = 0; time < 5; time++) slack.next(method, { error: 'internal_error' });
    }
    await scene.withdraws();
    await alice.seesModal(/Your request is withdrawn/);
  });

  it('or approved at once: one of the two counts', async () => {
    const { stage, bob } = scene;
    await scene.reviews(bob);
    await stage.alice.presses('Withdraw…');
    await stage.alice.seesModal(/Withdraw request/);
    await Promise.all([stage.alice.submits(), bob.submits()]);
    await stage.app.idle();
    const [withdrawn, approved] = [
      await scene.entries('approval-withdrawn'),
      await scene.entries('approved'),
    ];
    expect(withdrawn.length + approved.length).toBe(1);
    expect(deletes()).toHaveLength(approved.length);
    await stage.alice.seesModal(approved.length > 0 ? /already approved this/ : /Your request is withdrawn/);
    await bob.seesModal(approved.length > 0 ? /approval is recorded/ : /has withdrawn this request/);
  });

  it('or expired at once: it ended before it was withdrawn', async () => {
    const { stage } = scene;
    await stage.alice.presses('Withdraw…');
    await stage.alice.seesModal(/Withdraw request/);
    stage.clock.advance(minutes(60));
    await Promise.all([stage.alice.submits(), stage.passes(0)]);
    await stage.alice.seesModal(/Nobody approved this in time, so nothing was removed/);
    await scene.becomes(/Expired/);
    expect(await scene.entries('approval-withdrawn')).toEqual([]);
  });

  it('is withdrawn once by fifty clicks', async () => {
    const { alice, app } = scene.stage;
    await alice.presses('Withdraw…');
    await alice.seesModal(/Withdraw request/);
    await Promise.all(Array.from({ length: 50 }, () => alice.submits()));
    await app.idle();
    expect(await scene.entries('approval-withdrawn')).toHaveLength(1);
    await scene.becomes(/Withdrawn/);
  });
});

describe('Withdraw', () => {
  beforeEach(async () => {
    scene = await setApprovals();
    await scene.asks();
  });

  it('is for the asker alone', async () => {
    const { bob, stage } = scene;
    await bob.presses('Withdraw…');
    await bob.sees(/Only @alice, who asked for this, can withdraw it.*press Review/);
    await scene.becomes(/Waiting for approval/);
    expect(stage.alice.modalText()).toMatch(/Waiting for approval/);
  });

  it('is too late once it is decided', async () => {
    const { stage, bob } = scene;
    await stage.alice.presses('Withdraw…');
    await stage.alice.seesModal(/Withdraw request/);
    await scene.approves(bob);
    await stage.alice.submits();
    await stage.alice.seesModal(/bob has already approved this/);
    await scene.becomes(/Removal queued/);
    expect(deletes()).toHaveLength(1);
  });
});
