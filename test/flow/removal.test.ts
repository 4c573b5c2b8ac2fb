import type { LinqFault } from '../../simulator/linq/faults.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

const READ = 'GET /v3/chats/{id}';

describe.each(MODES)('one person leaves one chat, in %s mode', (mode) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage({ mode });
  });
  afterEach(() => stage.stop());

  it('goes from the command to a message that becomes "removed"', async () => {
    const { alice, linq, slack, support, passes } = stage;
    await alice.runs('/linq-remove');
    await alice.seesModal(/Remove participant/);
    expect(alice.modalText()).toMatch(/The result will be posted in #support/);
    alice.fills({ Chat: CHAT_ID, Handle: '(205) 249-9136' });
    await alice.submits();
    const review = alice.modalText();
    expect(review).toMatch(/Remove \+1 205 249 9136 from “Launch crew” \(…0000\)\?/);
    expect(review).toMatch(/iMessage/);
    expect(review).toMatch(/6, our line included/);
    expect(review).toMatch(/5 remain/);
    expect(review).toMatch(/\+12052499136 {2}\(will be removed\)/);
    expect(linq.deletes).toHaveLength(0);

    alice.fills({ Reason: 'left the company' });
    await alice.submits();
    expect(alice.modalText()).toMatch(/Your approval is recorded/);
    const queued = await alice.sees(/Removal queued/, { in: support.id });
    expect(queued.text).toMatch(/Linq accepted the request to remove \+12052499136 from “Launch crew”/);
    expect(queued.text).toMatch(/Reason: left the company/);
    expect(linq.deletes).toMatchObject([{ chatId: CHAT_ID, handle: PAT }]);

    await passes(seconds(2));
    expect(slack.messagesIn(support.id)[0]?.text).toMatch(/Removal queued/);
    linq.settles();
    await passes(seconds(2));
    const [message, ...others] = slack.messagesIn(support.id);
    expect(others).toHaveLength(0);
    expect(message?.text).toMatch(
      /Removed: \+12052499136 is no longer in “Launch crew” \(…0000\), confirmed after 4 seconds/,
    );
  });

  it('goes straight to the review when both are typed', async () => {
    const { alice } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).toMatch(/Launch crew/);
  });

  it('reads the chat anew after the approval: what was read before it knows nothing of who came back', async () => {
    const { alice, linq, passes } = stage;
    await approves(alice);
    await alice.sees(/Removal queued/);
    linq.settles();
    await passes(seconds(2));
    await alice.sees(/^Removed: /);
    linq.adds(CHAT_ID, PAT);
    await passes(seconds(1));
    await approves(alice);
    await alice.sees(/Removal queued/);
    expect(linq.deletes).toHaveLength(2);
  });

  it.each<[string, LinqFault | undefined]>([
    ['shows it late', undefined],
    ['does not show it at all', ['status', 500]],
  ])('leaves once Linq has answered the look before it, also where Linq %s', async (_what, fault) => {
    const { alice, clock, ledger, linq, passes } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    const readings = ledger.count(READ);
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    linq.nextRead(fault ? ['slow', answered, fault] : ['slow', answered]);
    await alice.submits();
    await ledger.until(() => ledger.count(READ) > readings, 'the look before the DELETE');
    clock.advance(seconds(9));
    answer();
    await ledger.until(() => linq.deletes.length === 1, 'the DELETE');
    await passes(seconds(1));
    await alice.sees(/Removal queued/);
    expect(ledger.count(READ)).toBe(readings + 1);
  });

  it('says after half an hour that nothing proves it, and tells the person in the thread', async () => {
    const { alice, linq, slack, support, passes } = stage;
    linq.nextRemoval('never-settles');
    await approves(alice);
    await alice.sees(/Removal queued/);
    for (let minute = 0; minute < 31; minute++) await passes(minutes(1));
    const [message, reply] = slack.messagesIn(support.id);
    expect(message?.text).toMatch(/Not confirmed: .*still lists \+12052499136 as a member/);
    expect(reply?.thread_ts).toBe(message?.ts);
    expect(reply?.text).toMatch(/^<@U0ALICE>/);
    expect(linq.deletes).toHaveLength(1);
  });
});
