import type { LinqFault } from '../../simulator/linq/faults.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, CHAT_ID, MODES, onlyMessage, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

const read = () => onlyMessage(stage).shown;
const sent = () => stage.linq.deletes.length;
const READ = 'GET /v3/chats/{id}';
const REMOVAL = 'DELETE /v3/chats/{id}/participants';

async function approved() {
  await approves(stage.alice);
  await stage.alice.sees(/Asked for by/);
}

describe('a removal that Linq puts off', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it('is sent again when Linq said to come back', async () => {
    stage.linq.nextRemoval(['rate-limited', 60]);
    await approved();
    expect(read()).toMatch(/Trying again at 10:01:00 UTC\./);
    await stage.passes(seconds(59));
    expect(sent()).toBe(1);
    await stage.passes(seconds(1));
    expect(sent()).toBe(2);
    expect(read()).toMatch(/Removal queued/);
    expect(read()).not.toMatch(/Linq said|Trying again/);
  });

  it('is tried for as long as its time lasts, and then nobody was removed', async () => {
    await stage.stop();
    stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '1' } });
    for (let attempt = 1; attempt <= 9; attempt++) stage.linq.nextRemoval(['rate-limited', 10]);
    await approved();
    for (let passed = 10; passed <= 50; passed += 10) {
      expect(read()).toContain(`Trying again at 10:00:${passed} UTC.`);
      await stage.passes(seconds(10));
    }
    await stage.passes(seconds(10));
    expect(read()).toContain(
      'Linq put us off until the time for this was over. Nobody was removed. Wait a few minutes, then run /linq-remove again.',
    );
    await stage.passes(minutes(10));
    expect(sent()).toBe(6);
  });

  it('ends as refused, with the time, when Linq asks for more time than it has', async () => {
    stage.linq.nextRemoval(['rate-limited', 1_801]);
    await approved();
    expect(read()).toContain(
      'Linq asked us to stay away for longer than the app waits. Nobody was removed. Run /linq-remove again after that time.',
    );
    expect(read()).toContain('Try again after 2026-06-01 10:30 UTC.');
    await stage.passes(minutes(31));
    expect(sent()).toBe(1);
  });

  it('is looked for in the member list meanwhile, because Linq may have queued it', async () => {
    for (let attempt = 1; attempt <= 5; attempt++) stage.linq.nextRemoval(['refused', 3006]);
    await approved();
    for (const wait of [2, 4, 8, 16]) await stage.passes(seconds(wait));
    expect(sent()).toBe(5);
    expect(read()).toMatch(
      /Trying again soon.*\nLinq had an internal error\. It is not known yet whether the removal went through\./,
    );
    stage.linq.leaves(CHAT_ID, PAT);
    await stage.passes(minutes(1));
    expect(read()).toMatch(/is no longer in “Launch crew”/);
    expect(sent()).toBe(5);
  });

  it('is not confirmed when the member list shows nothing until its time is over', async () => {
    await stage.stop();
    stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '2' } });
    for (let attempt = 1; attempt <= 9; attempt++) stage.linq.nextRemoval(['refused', 3006]);
    await approved();
    for (let step = 0; step < 16; step++) await stage.passes(seconds(10));
    const [message, reply] = stage.slack.messagesIn(stage.support.id);
    expect(message?.shown).toMatch(
      /Not confirmed.*\nLinq never clearly accepted this, and .* still lists \+12052499136 as a member\. The removal is not confirmed\./,
    );
    expect(message?.shown).not.toMatch(/Linq said|Nobody was removed/);
    expect(reply?.text).toMatch(/^<@U0ALICE> Not confirmed/);
    const before = sent();
    await stage.passes(minutes(30));
    expect(sent()).toBe(before);
  });
});

describe.each(MODES)('a removal without a usable answer, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('says after 4 seconds that Linq is being asked, and follows what becomes of it', async () => {
    const { alice, app, clock, linq, ledger } = stage;
    linq.nextRemoval('hanging');
    await approves(alice);
    await ledger.until(() => sent() === 1, 'the DELETE');
    clock.advance(seconds(3));
    void app.tick();
    clock.advance(seconds(1));
    void app.tick();
    await alice.sees(/Asking Linq.*\nLinq has not yet answered the request to remove \+12052499136/);
    linq.unplug();
    linq.plug();
    await stage.passes(seconds(1));
    expect(read()).toMatch(/No answer yet, checking/);
    await stage.passes(seconds(30));
    expect(sent()).toBe(2);
    expect(read()).toMatch(/Removal queued/);
    expect(onlyMessage(stage).edited).toBe(2);
  });

  it.each<LinqFault & string>(['reset-before', 'unreadable'])(
    'is sent again half a minute later when Linq did not act (%s)',
    async (fault) => {
      stage.linq.nextRemoval(fault);
      await approved();
      expect(read()).toContain('Contact with Linq was lost before it gave an answer we could read.');
      for (const wait of [2, 2, 4, 7]) await stage.passes(seconds(wait));
      expect(sent()).toBe(1);
      await stage.passes(seconds(15));
      expect(sent()).toBe(2);
      stage.linq.settles();
      await stage.passes(seconds(2));
      expect(read()).toMatch(
        /Removed.*\n\+12052499136 is no longer in “Launch crew” \(…0000\), confirmed after/,
      );
    },
  );

  it.each<LinqFault & string>(['reset-after', 'cut', 'empty', 'broken'])(
    'is proven without a second DELETE when Linq acted and its answer was lost (%s)',
    async (fault) => {
      stage.linq.nextRemoval(fault);
      await approved();
      expect(read()).toMatch(/No answer yet, checking/);
      stage.linq.settles();
      await stage.passes(seconds(2));
      expect(read()).toMatch(/^\*Removed\*/);
      await stage.passes(minutes(31));
      expect(sent()).toBe(1);
    },
  );
});

describe('Linq out of reach', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it.each<[LinqFault, string]>([
    ['unreadable', 'Linq gave no usable answer.'],
    ['reset-before', 'Linq gave no usable answer.'],
    ['empty', 'Linq gave no usable answer.'],
    [['status', 502], 'Linq gave no usable answer.'],
    [['refused', 3006], 'Linq gave no usable answer.'],
    [['rate-limited', 3], 'Linq is busy and asked us to slow down.'],
  ])('during the look-up (%j) leaves the review unchecked, and it can be approved', async (fault, why) => {
    const { alice, linq } = stage;
    linq.nextRead(fault);
    await alice.runs(`/linq-remove ${CHAT_ID} ${PAT}`);
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).toContain(`The chat could not be checked: ${why} You can still approve.`);
    await alice.submits();
    // Asked to wait, the app asks Linq nothing meanwhile, not even to remove.
    if (fault[0] === 'rate-limited') {
      await stage.passes(seconds(2));
      expect(sent()).toBe(0);
      await stage.passes(seconds(1));
    }
    await alice.sees(/Removal queued/);
    expect(sent()).toBe(1);
  });

  it('from the look-up to the DELETE costs nothing but time', async () => {
    const { alice, linq, ledger } = stage;
    linq.unplug();
    await approves(alice);
    await alice.sees(/No answer yet, checking/);
    expect(ledger.count(READ)).toBe(0);
    linq.plug();
    await stage.passes(seconds(30));
    expect(sent()).toBe(1);
    expect(read()).toMatch(
      /Removal queued.*\nLinq accepted the request to remove \+12052499136 from “Launch crew”/,
    );
  });

  it('for the whole window ends without proof, and without a claim', async () => {
    const { linq } = stage;
    await approved();
    linq.unplug();
    for (let minute = 0; minute < 31; minute++) await stage.passes(minutes(1));
    const [message, reply] = stage.slack.messagesIn(stage.support.id);
    expect(message?.shown).toMatch(/could not be read, so there is no proof either way/);
    expect(reply?.text).toMatch(/^<@U0ALICE> Not confirmed/);
    expect(stage.ledger.count(REMOVAL)).toBe(1);
  });

  it('and really silent is given up after ten seconds', async () => {
    stage.linq.nextRemoval('hanging');
    await approves(stage.alice);
    const unanswered = () =>
      /No answer yet, checking/.test(stage.slack.messagesIn(stage.support.id)[0]?.text ?? '');
    await stage.ledger.until(unanswered, 'the app to give up on Linq', seconds(12));
    expect(sent()).toBe(1);
  });
});
