import type { SlackFault } from '../../simulator/slack/faults.js';
import type { TriggerRefusal } from '../../simulator/slack/triggers.js';
import { seconds } from '../support/clock.js';
import { BOTH, CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

/** Something that stays shut until it is opened. */
function gate() {
  let open = () => {};
  const held = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { held, open };
}

describe.each(MODES)('a slow Linq, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('leaves a waiting window after a command, which fills by itself', async () => {
    const { alice, linq } = stage;
    const { held, open } = gate();
    linq.nextRead(['slow', held]);
    expect(await alice.runs(`/linq-remove ${BOTH}`)).toMatchObject({ outcome: 'acknowledged' });
    const { view } = await alice.seesModal(/Asking Linq …/);
    expect(view.submit).toBeUndefined();
    open();
    await alice.seesModal(/Review removal/);
  });

  it('turns the request into a waiting window before Slack gives up, and fills it', async () => {
    const { alice, linq } = stage;
    const { held, open } = gate();
    await alice.runs('/linq-remove');
    await alice.seesModal(/Remove participant/);
    alice.fills({ Chat: CHAT_ID, Handle: PAT });
    linq.nextRead(['slow', held]);
    expect(await alice.submits()).toMatchObject({ outcome: 'acknowledged', errors: null });
    expect(alice.modalText()).toMatch(/Asking Linq …/);
    open();
    await alice.seesModal(/Review removal/);
    await alice.submits();
    await alice.sees(/Removal queued/);
  });

  it('is no matter once the person has closed the window', async () => {
    const { alice, linq, ledger } = stage;
    const { held, open } = gate();
    linq.nextRead(['slow', held]);
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Asking Linq …/);
    await ledger.until(() => ledger.count('GET /v3/chats/{id}') > 0, 'the look-up to be under way');
    await alice.closes();
    open();
    await stage.app.idle();
    expect([alice.modal, alice.ephemerals, linq.deletes]).toEqual([null, [], []]);
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
  });
});

describe('a trigger that Slack does not take', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  const spellings: TriggerRefusal[] = [
    'expired_trigger_id',
    'trigger_expired',
    'invalid_arguments',
    'exchanged_trigger_id',
    'trigger_exchanged',
    'invalid_trigger_id',
  ];

  it.each(spellings)('(%s) asks to run the command again, as it was typed', async (spelling) => {
    const { alice, slack } = stage;
    for (const text of ['', ` ${BOTH}`, ' (205) 249-9136']) {
      slack.expireNextTrigger(spelling);
      expect(await alice.runs(`/linq-remove${text}`)).toMatchObject({ outcome: 'acknowledged' });
      const answer = await alice.sees(`please run it again: \`/linq-remove${text}\``);
      expect(answer.ephemeralFor).toBe(alice.id);
      expect(alice.modal).toBeNull();
    }
  });
});

describe.each(MODES)('trouble with windows, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('is said under the command when Slack does not open one', async () => {
    stage.slack.next('views.open', { error: 'internal_error' });
    expect(await stage.alice.runs('/linq-remove')).toMatchObject({ outcome: 'acknowledged' });
    const { ephemeralFor } = await stage.alice.sees(
      /Something went wrong on our side\. Nothing was removed by this step\. Please run \/linq-remove again\./,
    );
    expect(ephemeralFor).toBe(stage.alice.id);
  });

  it('is said under the command when a window cannot be filled', async () => {
    for (let time = 0; time < 3; time++) stage.slack.next('views.update', { status: 500 });
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.sees(/Something went wrong on our side\. Nothing was removed by this step/);
    expect(stage.linq.deletes).toHaveLength(0);
  });

  it('is said under the command when the way back is lost', async () => {
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
    for (let time = 0; time < 2; time++) stage.slack.next('views.update', { error: 'internal_error' });
    await stage.alice.presses('Change chat or person');
    await stage.alice.sees(/Something went wrong on our side/);
    expect(stage.alice.modalText()).toMatch(/Review removal/);
  });
});

describe('short trouble with filling a window', () => {
  it.each<[SlackFault]>([[{ rateLimited: 1 }], [{ status: 500 }], ['reset'], ['lost-reply']])(
    '(%j) is waited out',
    async (fault) => {
      stage = await setStage();
      stage.slack.next('views.update', fault);
      await stage.alice.runs(`/linq-remove ${BOTH}`);
      await stage.passes(seconds(1));
      await stage.alice.seesModal(/Review removal/);
    },
  );

  it.each(['fatal_error', 'internal_error'])(
    '(%s, as Slack says now and then) is tried again',
    async (error) => {
      stage = await setStage();
      stage.slack.next('views.update', { error });
      await stage.alice.runs(`/linq-remove ${BOTH}`);
      await stage.alice.seesModal(/Review removal/);
    },
  );
});
