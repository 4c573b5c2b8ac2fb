import type { Chat } from '../../../src/removal/chat.js';
import type { Proposal } from '../../../src/removal/proposal.js';
import { type Review, reviewChats, reviewPerson } from '../../../src/removal/review.js';
import { refusedModal } from '../../../src/slack/blocks/notice-modals.js';
import { decisionModal as modalFor } from '../../../src/slack/decision/decision-modal.js';
import {
  declineModal,
  REASON_INPUT,
  readDecision,
  readDecline,
  withDecline,
} from '../../../src/slack/decision/decline-modal.js';
import { approvable, hashOfReview } from '../../../src/slack/decision/proposal-review.js';
import {
  aChat,
  aProposal,
  aRequest,
  aState,
  aWanted,
  fails,
  membersOf,
  PAT,
  shows,
} from '../../support/build.js';
import { expectFit, HOSTILE, seen } from '../slack-eyes.js';

const BOB = 'U0BOB';
const decisionModal = (state: ReturnType<typeof subject>, review: Review, hasChanged = false) =>
  modalFor(state, review, BOB, hasChanged);
const subject = (changes: Partial<Proposal> = {}, note: string | null = null) => {
  const proposal = aProposal(changes);
  return { ...aState({ request: aRequest({ note }), changes: [] }), proposal };
};
const named = (count: number, name = 'Crew') =>
  Array.from({ length: count }, (_, index) => ({ id: `chat-${1000 + index}`, name: `${name} ${index}` }));
const asked = (chats: readonly { id: string; name: string }[]) => ({
  wanted: chats.map(({ id, name }) => aWanted({ chatId: id, chatName: name })),
});
const several = (chats: readonly Partial<Chat>[]): Review =>
  reviewChats(PAT, { ok: true, chats: chats.map(aChat), hasMore: false });
const unchecked = reviewPerson(PAT, { ok: false, failure: fails().failure });
const possible = reviewPerson(PAT, shows(aChat()));

describe('The window of an approver', () => {
  it('shows what the asker saw, who asks and why', () => {
    const view = decisionModal(subject({}, 'left the company'), possible);
    expectFit(view);
    expect(seen(view.blocks)).toMatch(/U0ALICE asks for your approval/);
    expect(seen(view.blocks)).toMatch(/Reason: left the company/);
    expect(seen(view.blocks)).toMatch(/Remove \+1 205 249 9136 from “Launch crew”/);
    expect(view.submit?.text).toBe('Remove');
    expect(readDecision({ private_metadata: view.private_metadata ?? '' })).toEqual({
      requestId: 'request-1',
      fingerprint: hashOfReview(possible),
      direction: 'remove',
    });
  });

  it.each([1, 2, 100])('shows %d of several chats', (count) => {
    const chats = named(count);
    const view = decisionModal(
      subject(asked([...chats, { id: 'chat-gone', name: 'Gone crew' }])),
      several(chats),
    );
    expectFit(view);
    for (const { name } of chats) expect(seen(view.blocks)).toContain(`“${name}”`);
    expect(seen(view.blocks)).toMatch(/does not list .* in these any more\n• “Gone crew”/);
  });

  it('says why it is not possible any more, and can still be declined', () => {
    const view = decisionModal(subject(), reviewPerson(PAT, shows(aChat({ members: membersOf(3) }))));
    expectFit(view);
    expect(view.submit).toBeUndefined();
    expect(JSON.stringify(view.blocks)).toContain('Decline …');
  });

  it('approves one chat that cannot be checked, as without an approver, but no list that cannot be shown', () => {
    const asAsked = aWanted({ wasSeen: false });
    expect(approvable(unchecked, aProposal({ wanted: [asAsked] }))).toEqual([asAsked]);
    expect(decisionModal(subject(), unchecked).submit).toBeDefined();
    const many = subject(asked(named(2)));
    expect(approvable(unchecked, many.proposal)).toEqual([]);
    expect(decisionModal(many, unchecked).submit).toBeUndefined();
    expectFit(decisionModal(many, unchecked));
  });

  it('approves of several chats those alone that it shows as possible', () => {
    const review = several([{ id: 'a' }, { id: 'b', members: membersOf(3) }, { id: 'c' }]);
    expect(approvable(review, aProposal()).map(({ chatId }) => chatId)).toEqual(['a', 'c']);
  });

  it.each(HOSTILE)('fits and stays harmless whatever stands in names: %j', (words) => {
    const chats = named(100, words);
    expectFit(decisionModal(subject(asked(chats), words), several(chats), true));
    expectFit(
      decisionModal(
        subject({ wanted: [aWanted({ handle: words })] }, words),
        reviewPerson(PAT, shows(aChat({ name: words }))),
      ),
    );
  });
});

describe('The window of an approver who may not approve now', () => {
  it('still leads to declining, and shows nothing of the request', () => {
    const view = withDecline(refusedModal('It cannot be told who you are.'), 'request-1', 'remove');
    expectFit(view);
    expect(seen(view.blocks)).toMatch(
      /It cannot be told who you are\.\nYou can still decline this request\.\nDecline …/,
    );
    expect(readDecision({ private_metadata: view.private_metadata ?? '' }).requestId).toBe('request-1');
    expect(view.submit).toBeUndefined();
  });
});

describe('The window that asks why not', () => {
  it('comes back with the reason, cut to what it may be', () => {
    const view = declineModal({ requestId: 'request-1', fingerprint: '', direction: 'remove' });
    expectFit(view);
    const value = ` ${'x'.repeat(400)} `;
    const state = { values: { [REASON_INPUT]: { [REASON_INPUT]: { value } } } };
    expect(readDecline({ private_metadata: view.private_metadata ?? '', state })).toEqual({
      requestId: 'request-1',
      reason: 'x'.repeat(300),
    });
  });

  it('is not read when it is not ours', () => {
    expect(() => readDecline({ private_metadata: '{}', state: { values: {} } })).toThrow();
    expect(() => readDecision({ private_metadata: '{"requestId":""}' })).toThrow();
  });
});

describe('The window of one of several approvers', () => {
  const fingerprint = hashOfReview(possible);
  const carol = { by: 'U0CAROL', person: 'U0CAROL', at: new Date(0), fingerprint };

  it('says who has approved the same, and its button only approves until it is the last one', () => {
    const first = decisionModal(subject({ needed: 2 }), possible);
    expect(first.submit?.text).toBe('Approve');
    expect(seen(first.blocks)).toMatch(/2 different people have to approve this\./);
    const last = decisionModal(subject({ needed: 2, approvals: [carol] }), possible);
    expect(last.submit?.text).toBe('Remove');
    expect(seen(last.blocks)).toMatch(/Approved by @U0CAROL\. One more approval is needed\./);
  });

  it('says that what the others approved is not what it shows', () => {
    const view = decisionModal(subject({ needed: 2, approvals: [{ ...carol, fingerprint: 'x' }] }), possible);
    expect(view.submit?.text).toBe('Approve');
    expect(seen(view.blocks)).toMatch(/is not what @U0CAROL approved.*only your approval counts/);
  });

  it('has nothing to approve for who has approved it, and can still be declined', () => {
    const bob = { ...carol, by: BOB, person: BOB };
    const view = decisionModal(subject({ needed: 2, approvals: [bob] }), possible);
    expect(view.submit).toBeUndefined();
    expect(seen(view.blocks)).toMatch(/You have approved this\. One more approval is needed\..*Decline/s);
  });

  it('does not take an approval of what Linq cannot show, where others approved what it showed', () => {
    const proposal = aProposal({ needed: 2, approvals: [carol] });
    expect(approvable(unchecked, proposal)).toEqual([]);
    expect(approvable(unchecked, aProposal({ needed: 2 }))).toHaveLength(1);
  });
});
