import type { Change } from '../../src/removal/change.js';
import {
  approveProposal,
  declineProposal,
  dropOutdated,
  stopRequest,
  withdrawProposal,
} from '../../src/removal/decide.js';
import {
  type ApprovalPolicy,
  endedUndone,
  isPending,
  needsApproval,
  proposalFor,
} from '../../src/removal/proposal.js';
import { expireProposal } from '../../src/removal/reminding.js';
import { fingerprintOf } from '../../src/removal/request.js';
import { addBackEnds, canBeAddedBack, hasEnded } from '../../src/removal/state.js';
import {
  aChange,
  aDelivery,
  aProposal,
  aRequest,
  aState,
  at,
  aWanted,
  aYes,
  CHAT_ID,
  NOW,
} from '../support/build.js';

describe('A second person is needed', () => {
  it.each<[ApprovalPolicy['when'], number, boolean]>([
    ['never', 1, false],
    ['never', 100, false],
    ['bulk', 5, false],
    ['bulk', 6, true],
    ['always', 1, true],
  ])('(%s) for %d changes: %s', (when, changes, needed) => {
    expect(needsApproval({ when, bulkAbove: 5, needed: 1, expiresMs: 1 }, changes)).toBe(needed);
  });

  it('until the time of the policy is over', () => {
    const asked = { approvers: ['U0BOB'], people: ['U0BOB'], askedIn: 'C0SUPPORT' };
    const policy = { when: 'always', bulkAbove: 0, needed: 1, expiresMs: 60_000 } as const;
    expect(proposalFor(aRequest(), [aWanted()], asked, policy)).toEqual(
      aProposal({ expiresAt: at(60), remindAt: at(30) }),
    );
  });
});

describe('A proposal', () => {
  const state = (changes = {}) => aState({ changes: [], proposal: aProposal(changes) });
  const decision = aYes('U0BOB', { at: at(3_600), shown: 'Remove pat?' });

  it('that is approved makes changes that were approved then, not when they were asked for', () => {
    const update = approveProposal(state(), decision);
    expect(update).toMatchObject({
      request: { approvedBy: ['U0BOB'] },
      proposal: { status: 'approved', decidedBy: 'U0BOB', decidedAt: at(3_600), declineReason: null },
      shown: 'Remove pat?',
      news: true,
    });
    expect(update?.changes).toEqual([
      aChange({ wasSeen: true, approvedAt: at(3_600), dueAt: at(3_600), id: 'request-1:1' }),
    ]);
  });

  it('takes as many different people as are needed, in the order of their approvals', () => {
    const one = approveProposal(state({ needed: 3 }), aYes('U0BOB'))?.proposal;
    const two = approveProposal(state(one), aYes('U0CAROL'))?.proposal;
    const three = approveProposal(state(two), aYes('U0DAVE'));
    expect([one, two].map((proposal) => proposal?.status)).toEqual(['pending', 'pending']);
    expect(two).toMatchObject({ decidedBy: null, approvals: [{ by: 'U0BOB' }, { by: 'U0CAROL' }] });
    expect(three).toMatchObject({
      request: { approvedBy: ['U0BOB', 'U0CAROL', 'U0DAVE'] },
      proposal: { status: 'approved', decidedBy: 'U0DAVE' },
      changes: [{ chatId: CHAT_ID }],
    });
  });

  it('counts nobody twice, however their ID is spelled', () => {
    const one = approveProposal(state({ needed: 2 }), aYes('U0BOB', { person: 'W0BOB' }))?.proposal;
    expect(approveProposal(state(one), aYes('W0BOB'))).toBeNull();
    expect(approveProposal(state(one), aYes('U0BOB', { person: 'W0BOB' }))).toBeNull();
  });

  it('counts only approvals of the same: of what changed they are taken back, and it is kept whose', () => {
    const one = approveProposal(state({ needed: 2 }), aYes('U0BOB'))?.proposal;
    const other = approveProposal(state(one), aYes('U0CAROL', { fingerprint: 'another member' }));
    expect(other?.changes).toBeUndefined();
    expect(other?.proposal).toMatchObject({ approvals: [{ by: 'U0CAROL' }], outdated: ['U0BOB'] });
    const again = approveProposal(state(other?.proposal), aYes('U0BOB', { fingerprint: 'another member' }));
    expect(again?.request?.approvedBy).toEqual(['U0CAROL', 'U0BOB']);
    expect(dropOutdated(state(one), 'another member', at(70))).toMatchObject({
      proposal: { approvals: [], outdated: ['U0BOB'] },
      news: true,
    });
    expect(dropOutdated(state(one), 'pat in six', at(70))).toBeNull();
  });

  it('is withdrawn by the asker alone, and only before it is decided', () => {
    expect(withdrawProposal(state(), 'U0ALICE', null, at(9))).toEqual({
      proposal: aProposal({ status: 'withdrawn', decidedBy: 'U0ALICE', decidedAt: at(9) }),
      news: true,
    });
    expect(withdrawProposal(state(), 'U0BOB', null, at(9))).toBeNull();
    expect(withdrawProposal(state({ status: 'approved' }), 'U0ALICE', null, at(9))).toBeNull();
    expect(withdrawProposal(state(), 'U0ALICE', null, aProposal().expiresAt)).toBeNull();
  });

  it('that is declined says who, when and why, and sends nothing', () => {
    expect(declineProposal(state(), 'U0BOB', 'no', at(9))).toEqual({
      proposal: aProposal({ status: 'declined', decidedBy: 'U0BOB', decidedAt: at(9), declineReason: 'no' }),
      news: true,
    });
  });

  it('expires when its time is over, not before, and is then decided by nobody', () => {
    const over = aProposal().expiresAt;
    const before = new Date(over.getTime() - 1);
    expect(expireProposal(state(), before)).toBeNull();
    expect(expireProposal(state(), over)).toEqual({
      proposal: aProposal({ status: 'expired', decidedAt: over }),
      deliveries: [aDelivery({ id: 'request-1:expiry', kind: 'expiry', dueAt: over })],
      news: true,
    });
    expect(approveProposal(state(), { ...decision, at: over })).toBeNull();
    expect(declineProposal(state(), 'U0BOB', 'no', over)).toBeNull();
    expect(approveProposal(state(), { ...decision, at: before })).not.toBeNull();
  });

  it.each(['approved', 'declined', 'expired'] as const)('that is %s is not decided again', (status) => {
    expect(approveProposal(state({ status }), decision)).toBeNull();
    expect(declineProposal(state({ status }), 'U0BOB', 'no', at(9))).toBeNull();
    expect(expireProposal(state({ status }), at(99_999))).toBeNull();
  });

  it('that is not there cannot be decided', () => {
    expect(approveProposal(aState(), decision)).toBeNull();
    expect(declineProposal(aState(), 'U0BOB', 'no', at(9))).toBeNull();
    expect(expireProposal(aState(), at(99_999))).toBeNull();
  });

  it('is pending, or ended undone, or neither', () => {
    const of = (status: 'pending' | 'approved' | 'declined' | 'expired') => aProposal({ status });
    expect([of('pending'), of('approved'), of('declined'), of('expired'), null].map(isPending)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([of('pending'), of('approved'), of('declined'), of('expired'), null].map(endedUndone)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('Stop', () => {
  it('keeps everything that has not left from being sent, in one update', () => {
    const changes = [aChange(), aChange({ status: 'sending' }), aChange({ status: 'done' })];
    const update = stopRequest(aState({ changes }), 'U0ALICE', at(9));
    expect(update).toMatchObject({ request: { stoppedBy: 'U0ALICE' }, news: true });
    expect(update?.changes).toMatchObject([
      { status: 'refused', reason: 'stopped' },
      { status: 'sending', stopped: true },
      { status: 'done', stopped: false },
    ]);
  });

  it.each<[string, Parameters<typeof aState>[0]]>([
    ['it was pressed before', { request: aRequest({ stoppedBy: 'U0BOB' }), changes: [aChange()] }],
    ['everything has left', { changes: [aChange({ status: 'queued' }), aChange({ status: 'done' })] }],
    ['nothing was approved', { changes: [] }],
  ])('changes nothing where %s', (_, state) => {
    expect(stopRequest(aState(state), 'U0ALICE', at(9))).toBeNull();
  });
});

describe('What was submitted', () => {
  it('is the same in any order, in any case, with anything twice', () => {
    const [a, b] = [aWanted({ chatId: 'A' }), aWanted({ handle: 'Pat@Example.com' })];
    const again = aWanted({ handle: 'pat@example.COM', wasSeen: false, chatName: null });
    expect(fingerprintOf([a, b])).toBe(fingerprintOf([again, aWanted({ chatId: 'a' }), a]));
  });

  it.each([{ chatId: 'B' }, { handle: '+12025550143' }, { direction: 'add' as const }])(
    'is something else with %j',
    (other) => {
      expect(fingerprintOf([aWanted(other)])).not.toBe(fingerprintOf([aWanted()]));
    },
  );
});

describe('A request', () => {
  const queued = aChange({ status: 'queued' });
  const done = (changes: Partial<Change> = {}) =>
    aChange({ status: 'done', wasSeen: true, settledAt: NOW, ...changes });

  it('has ended when nothing is open: neither a decision nor a change', () => {
    expect(hasEnded(aState({ changes: [queued, done()] }))).toBe(false);
    expect(hasEnded(aState({ changes: [done()] }))).toBe(true);
    expect(hasEnded(aState({ changes: [], proposal: aProposal() }))).toBe(false);
    expect(hasEnded(aState({ changes: [], proposal: aProposal({ status: 'expired' }) }))).toBe(true);
  });

  it('can be undone for a day after proof', () => {
    const state = aState({ changes: [done()] });
    expect(canBeAddedBack(state, at(86_399))).toEqual(state.changes);
    expect(canBeAddedBack(state, at(86_400))).toEqual([]);
    expect(addBackEnds(state.changes)).toEqual(at(86_400));
    expect(addBackEnds([done(), done({ settledAt: at(60) }), queued])).toEqual(at(86_460));
    expect(addBackEnds([queued])).toBeNull();
  });

  it.each<[string, Partial<Change>]>([
    ['left voluntarily', { leftVoluntarily: true }],
    ['were never seen in the chat', { wasSeen: false }],
    ['were added back', { direction: 'add' }],
  ])('cannot be undone for people who %s', (_, changes) => {
    expect(canBeAddedBack(aState({ changes: [done(changes)] }), at(1))).toEqual([]);
  });

  it('cannot be undone twice, unless the first time went wrong', () => {
    const changes = [done()];
    const addBack = (status: Change['status'], undoes = changes[0]?.id) =>
      aChange({ direction: 'add', status, undoes });
    expect(canBeAddedBack(aState({ changes, addBacks: [addBack('queued')] }), at(1))).toEqual([]);
    expect(canBeAddedBack(aState({ changes, addBacks: [addBack('done')] }), at(1))).toEqual([]);
    expect(canBeAddedBack(aState({ changes, addBacks: [addBack('refused')] }), at(1))).toEqual(changes);
    expect(canBeAddedBack(aState({ changes, addBacks: [addBack('queued', 'another')] }), at(1))).toEqual(
      changes,
    );
  });
});
