import type { Proposal, ProposalStatus } from '../../../src/removal/proposal.js';
import { announcementMessage, lateEnding } from '../../../src/slack/message/message.js';
import { aProposal, aRequest, aSubject, CHAT_ID, PAT } from '../../support/build.js';
import { expectFitMessage, HOSTILE, seen } from '../slack-eyes.js';

const subject = (changes: Partial<Proposal> = {}, request = aRequest()) =>
  aSubject({ request, removals: [], proposal: aProposal(changes) });
const STATUSES: readonly ProposalStatus[] = ['pending', 'approved', 'declined', 'expired'];

describe('The message', () => {
  it.each<[ProposalStatus, RegExp]>([
    ['pending', /^Waiting for approval: Remove \+12052499136 from “Launch crew” \(…0000\)\? <@U0ALICE> asks/],
    ['declined', /^Declined: Nothing was removed\..* Declined by <@U0BOB>\. Why: not him/],
    ['expired', /^Expired: Nothing was removed\..* Nobody approved this in time\./],
  ])('says how it stands (%s), who asked and who decided', (status, words) => {
    const declineReason = status === 'declined' ? 'not him' : null;
    const decidedBy = status === 'declined' ? 'U0BOB' : null;
    const { text } = announcementMessage(subject({ status, decidedBy, declineReason }), 'full');
    expect(text).toMatch(words);
    expect(text).toMatch(/Asked for by <@U0ALICE>\.$/m);
  });

  it('can be reviewed while it is pending, and only then', () => {
    const buttons = (status: ProposalStatus) =>
      announcementMessage(subject({ status }), 'full').blocks.filter(({ type }) => type === 'actions');
    expect(STATUSES.filter((status) => buttons(status).length > 0)).toEqual(['pending']);
  });

  it('lists the chats, thirty at most', () => {
    const chats = Array.from({ length: 31 }, (_, index) => ({
      chatId: `chat-${1000 + index}`,
      chatName: `Crew ${index}`,
    }));
    const { blocks } = announcementMessage(subject({ chats }), 'full');
    expect(seen(blocks)).toMatch(/from 31 chats/);
    expect(seen(blocks)).toMatch(/“Crew 29” \(…1029\)\nand 1 more, which the review lists/);
  });

  it('masks the person, the chats and both reasons where handles are masked', () => {
    const declineReason = `call ${PAT}`;
    const chats = [{ chatId: CHAT_ID, chatName: `Me, ${PAT}` }];
    const request = aRequest({ note: `ask ${PAT}` });
    for (const status of STATUSES) {
      const about = subject({ status, chats, declineReason, decidedBy: 'U0BOB' }, request);
      for (const message of [announcementMessage(about, 'masked'), lateEnding(about, 'masked')]) {
        expect(JSON.stringify(message)).not.toContain('2052499136');
      }
    }
  });

  it.each(HOSTILE)('fits and stays harmless whatever stands in names and reasons: %j', (words) => {
    const chats = Array.from({ length: 100 }, () => ({ chatId: CHAT_ID, chatName: words }));
    for (const status of STATUSES) {
      for (const some of [chats, chats.slice(0, 1)]) {
        const about = subject(
          { status, chats: some, handle: words, declineReason: words, decidedBy: 'U0BOB' },
          aRequest({ note: words }),
        );
        expectFitMessage(announcementMessage(about, 'full'));
        if (status !== 'pending') expectFitMessage(lateEnding(about, 'full'));
      }
    }
  });
});
