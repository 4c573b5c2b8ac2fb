import { afterStep, announcementFor, nextStep, takeUpAnnouncement } from '../../src/removal/announcement.js';
import { createExpiry } from '../../src/removal/expiry.js';
import type { Announceable } from '../../src/removal/ports.js';
import {
  type ApprovalPolicy,
  decided,
  needsApproval,
  type ProposalStatus,
} from '../../src/removal/proposal.js';
import { approvedRemovals } from '../../src/removal/propose.js';
import { aProposal, aRequest, aSubject, at, CHAT_ID, NOW, PAT } from '../support/build.js';
import { logDouble } from './doubles.js';

describe('A second person is needed', () => {
  it.each<[ApprovalPolicy['when'], number, boolean]>([
    ['never', 1, false],
    ['never', 100, false],
    ['bulk', 5, false],
    ['bulk', 6, true],
    ['always', 1, true],
  ])('(%s) for %d chats: %s', (when, chats, needed) => {
    expect(needsApproval({ when, bulkAbove: 5, expiresMs: 1 }, chats)).toBe(needed);
  });
});

describe('A decision', () => {
  it('says who and when, and why not', () => {
    const by = 'U0BOB';
    expect(decided(aProposal(), { kind: 'approved', by, at: at(9), chats: [], shown: '' })).toMatchObject({
      status: 'approved',
      decidedBy: by,
      decidedAt: at(9),
      declineReason: null,
    });
    expect(decided(aProposal(), { kind: 'declined', by, at: at(9), reason: 'no' })).toMatchObject({
      status: 'declined',
      decidedBy: by,
      declineReason: 'no',
    });
    expect(decided(aProposal(), { kind: 'expired', at: at(9) })).toMatchObject({
      status: 'expired',
      decidedBy: null,
      decidedAt: at(9),
    });
  });

  it('to approve makes removals that were approved then, not when they were asked for', () => {
    const chats = [{ chatId: CHAT_ID, handle: PAT, chatName: 'Launch crew' }];
    const [removal, ...others] = approvedRemovals(aRequest(), {
      kind: 'approved',
      by: 'U0BOB',
      at: at(3_600),
      chats,
      shown: '',
    });
    expect(others).toEqual([]);
    expect(removal).toMatchObject({
      status: 'approved',
      chatName: 'Launch crew',
      approvedAt: at(3_600),
      dueAt: at(3_600),
    });
  });
});

describe('The message about a proposal', () => {
  const place = { channel: 'C0SUPPORT', ts: '1.1' };
  const subject = (status: ProposalStatus): Announceable =>
    aSubject({ announcement: announcementFor(aRequest()), removals: [], proposal: aProposal({ status }) });

  /** Posts while it is pending, then follows the decision. */
  function follow(status: ProposalStatus) {
    const pending = subject('pending');
    const posted = afterStep('post', pending, { ok: true, place }, NOW);
    const news = { ...subject(status), announcement: takeUpAnnouncement({ ...posted, wanted: 2 }, at(2)) };
    const edited = afterStep(nextStep(news, at(2)), news, { ok: true, place }, at(2));
    return { posted, edited, next: nextStep({ ...news, announcement: edited }, at(4)) };
  }

  it.each(['declined', 'expired'] as const)(
    'tells the person who asked in the thread when it is %s',
    (status) => {
      const { posted, edited, next } = follow(status);
      expect(posted.shownOpen).toBe(true);
      expect(edited.place).toEqual(place);
      expect(edited.dueAt).not.toBeNull();
      expect(next).toBe('tell');
    },
  );

  it('rests while it is pending, and has no second response then', () => {
    const { next } = follow('pending');
    expect(next).toBe('rest');
    const announcement = {
      ...announcementFor(aRequest()),
      delivery: { route: 'response', hint: null } as const,
    };
    const responded = afterStep('respond', subject('pending'), { ok: true, place: null }, NOW);
    const again = { ...subject('pending'), announcement: { ...announcement, ...responded, wanted: 2 } };
    expect(
      nextStep({ ...again, announcement: { ...again.announcement, delivery: announcement.delivery } }, at(1)),
    ).toBe('rest');
  });
});

describe('The loop', () => {
  it('ends every overdue proposal once, in batches, and leaves alone what somebody else decided', async () => {
    const waiting = Array.from({ length: 45 }, (_, index) =>
      aSubject({ request: aRequest({ id: `r${index}` }), removals: [], proposal: aProposal() }),
    );
    const log = logDouble();
    const expiry = createExpiry({
      proposals: {
        overdueProposals: async (_now, limit) => waiting.slice(0, limit),
        decide: async ({ request }) => {
          waiting.splice(
            waiting.findIndex(({ request: { id } }) => id === request.id),
            1,
          );
          return request.id !== 'r7';
        },
      },
      log,
      now: () => NOW,
    });
    await expect(expiry.tick()).resolves.toBe(44);
    expect(log.lines).toHaveLength(44);
    await expect(expiry.tick()).resolves.toBe(0);
  });
});
