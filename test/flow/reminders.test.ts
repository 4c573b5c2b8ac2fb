import { type ApprovalStage, setApprovals } from '../support/approvers.js';
import { hours, minutes, seconds } from '../support/clock.js';
import { BOTH, ENGINES, type StageOptions } from '../support/stage.js';

let scene: ApprovalStage;
afterEach(() => scene.stage.stop());

const deletes = () => scene.stage.linq.deletes;
const replies = (id: string) => scene.stage.slack.messagesIn(id).filter(({ thread_ts }) => thread_ts);

/** Everything that is due by edits that wait for each other. */
async function settles(): Promise<void> {
  for (const _step of [1, 2, 3]) await scene.stage.passes(seconds(1));
  await scene.stage.app.idle();
}

describe('a request that waits', () => {
  const setUp = async (options: StageOptions = {}) => {
    scene = await setApprovals(options);
  };

  it.each(ENGINES)(
    'is called to mind at half of its time and 30 minutes before its end (%s)',
    async (engine) => {
      await setUp({ engine });
      const { stage, bob, carol, dave } = scene;
      await scene.asks();
      await stage.passes(hours(4) - minutes(1));
      await settles();
      expect(replies(stage.support.id)).toEqual([]);
      await stage.passes(minutes(1));
      await settles();
      expect(replies(stage.support.id).map(({ shown }) => shown)).toEqual([
        expect.stringMatching(
          /^@bob, .*S0LEADS.* this still waits for approval\. It ends by itself .* press Review/,
        ),
      ]);
      for (const person of [bob, carol, dave])
        expect(person.directMessages.map(({ shown }) => shown)).toEqual([
          expect.stringMatching(/Waiting for approval[\s\S]*Review/),
        ]);
      await stage.restarts();
      await stage.passes(hours(3) + minutes(30));
      await settles();
      expect(replies(stage.support.id)).toHaveLength(2);
      expect(bob.directMessages.map(({ shown }) => shown)).toEqual([
        expect.stringMatching(/Waiting for approval/),
        expect.stringMatching(/^@bob this still waits for approval/),
      ]);
      await bob.presses('Review');
      await bob.seesModal(/Review removal/);
      await bob.submits();
      await settles();
      expect(carol.directMessages[0]?.shown).toMatch(/^\*Approved\*[\s\S]*Approved by @bob/);
      expect(deletes()).toHaveLength(1);
    },
  );

  it('does not bother who has approved already', async () => {
    await setUp({ env: { APPROVALS_NEEDED: '2' } });
    await scene.asks();
    await scene.approves(scene.bob);
    await scene.stage.passes(hours(4));
    await settles();
    expect(scene.bob.directMessages).toEqual([]);
    expect(scene.carol.directMessages).toHaveLength(1);
    expect(replies(scene.stage.support.id)[0]?.shown).toMatch(
      /this still waits for approval\. Approved by @bob\. One more approval is needed\./,
    );
  });

  it('tells the asker directly when it expires, beside the thread', async () => {
    await setUp({ env: { APPROVAL_EXPIRES_HOURS: '1' } });
    const { stage } = scene;
    await scene.asks();
    await stage.passes(hours(1));
    await settles();
    expect(stage.alice.directMessages.map(({ shown }) => shown)).toEqual([
      expect.stringMatching(/^@alice Nobody approved this in time.*\n?[\s\S]*Nothing was removed/),
    ]);
    expect(replies(stage.support.id).at(-1)?.shown).toMatch(/^@alice Nobody approved this in time/);
  });
});

describe('a good ending', () => {
  it('is told to the asker with a mention when it took longer than two minutes, and not before', async () => {
    scene = await setApprovals({ env: { APPROVAL: 'never' } });
    const { stage } = scene;
    const removes = async () => {
      await stage.alice.runs(`/linq-remove ${BOTH}`);
      await stage.alice.seesModal(/Review removal/);
      await stage.alice.submits();
      await stage.alice.sees(/Removal queued/);
      await stage.app.idle();
    };
    await removes();
    await stage.passes(minutes(3));
    stage.linq.settles();
    await stage.passes(minutes(1));
    await settles();
    expect(replies(stage.support.id).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^<@U0ALICE> This is done: Removed: \+12052499136 is no longer in “Launch crew”/),
    ]);
  });
});
