import type { Proposal, ProposalStatus } from '../../../src/removal/proposal.js';
import type { HandleDisplay } from '../../../src/slack/blocks/text.js';
import { statusMessage } from '../../../src/slack/message/message.js';
import { lateEnding } from '../../../src/slack/message/thread-replies.js';
import { expectFitMessage, HOSTILE, seen } from '../slack-eyes.js';
import { aProposal, aRequest, aState, aWanted, NOW, PAT, SAM } from './states.js';

const proposed = (facts: Partial<Proposal> = {}, request = aRequest()) =>
  aState({ request, changes: [], proposal: aProposal(facts) });
const STATUSES: readonly ProposalStatus[] = ['pending', 'approved', 'declined', 'expired', 'withdrawn'];
const message = (state: ReturnType<typeof proposed>, display: HandleDisplay = 'full') =>
  statusMessage(state, display, NOW);
const late = (state: ReturnType<typeof proposed>, display: HandleDisplay = 'full') =>
  lateEnding(state.status, state, display);
const inChats = (count: number, chatName = (index: number) => `Crew ${index}`) =>
  Array.from({ length: count }, (_, index) =>
    aWanted({ chatId: `chat-${1000 + index}`, chatName: chatName(index) }),
  );

describe('The message', () => {
  it.each<[ProposalStatus, RegExp]>([
    ['pending', /^Waiting for approval: Remove \+12052499136 from “Launch crew” \(…0000\)\? <@U0ALICE> asks/],
    ['declined', /^Declined: Nothing was removed\..* Declined by <@U0BOB>\. Why: not him/],
    ['expired', /^Expired: Nothing was removed\..* Nobody approved this in time\./],
  ])('says how it stands (%s), who asked and who decided', (status, words) => {
    const declineReason = status === 'declined' ? 'not him' : null;
    const decidedBy = status === 'declined' ? 'U0BOB' : null;
    const { text } = message(proposed({ status, decidedBy, declineReason }));
    expect(text).toMatch(words);
    expect(text).toMatch(/Asked for by <@U0ALICE>\.$/m);
  });

  it('says how many have to approve, who has, and what does not count any more', () => {
    const approvers = ['U0BOB', 'U0CAROL', 'U0DAVE'];
    const bob = { by: 'U0BOB', person: 'U0BOB', at: NOW, fingerprint: 'a' };
    const none = message(proposed({ approvers, needed: 2 })).text;
    expect(none).toMatch(/nothing is removed before 2 of <@U0BOB>, <@U0CAROL>, <@U0DAVE> approve it\./);
    expect(none).toMatch(/2 more approvals are needed\. It ends by itself/);
    const one = message(proposed({ approvers, needed: 2, approvals: [bob] })).text;
    expect(one).toMatch(/Approved by <@U0BOB>\. One more approval is needed\./);
    const lost = message(proposed({ approvers, needed: 2, outdated: ['U0BOB'] })).text;
    expect(lost).toMatch(
      /The chats changed after <@U0BOB> approved this, so that does not count any more\. 2 more approvals are needed/,
    );
  });

  it('says who withdrew it, and why where that was said', () => {
    const withdrawn = { status: 'withdrawn', decidedBy: 'U0ALICE' } as const;
    expect(message(proposed(withdrawn)).text).toMatch(
      /^Withdrawn: Nothing was removed\..* Withdrawn by <@U0ALICE>, who had asked for it\.\nAsked/,
    );
    expect(message(proposed({ ...withdrawn, declineReason: 'wrong Pat' })).text).toMatch(/Why: wrong Pat$/m);
  });

  it('can be reviewed while it is pending, and only then', () => {
    const buttons = (status: ProposalStatus) =>
      JSON.stringify(message(proposed({ status })).blocks).includes('"review_proposal"');
    expect(STATUSES.filter(buttons)).toEqual(['pending']);
  });

  it('lists the chats, thirty at most', () => {
    const { blocks } = message(proposed({ wanted: inChats(31) }));
    expect(seen(blocks)).toMatch(/from 31 chats/);
    expect(seen(blocks)).toMatch(/“Crew 29” \(…1029\)\nand 1 more, which the review lists/);
  });

  it('points to no review once there is none', () => {
    const wanted = inChats(31);
    for (const status of ['declined', 'withdrawn', 'expired', 'undelivered'] as const)
      expect(seen(message(proposed({ status, wanted })).blocks)).toMatch(/\nand 1 more\n/);
  });

  it('lists them by person where there are several', () => {
    const wanted = [...inChats(2), aWanted({ handle: SAM })];
    const told = message(proposed({ wanted }));
    expect(told.text).toMatch(/^Waiting for approval: Remove 2 people from 3 chats\?/);
    expect(seen(told.blocks)).toMatch(
      /\+12052499136\n• “Crew 0” .*\n• “Crew 1” .*\n\+442079460958\n• “Launch crew”/,
    );
  });

  it.each(['masked', 'hidden'] as const)(
    'shows the person, the chats and both reasons %s where handles are',
    (display) => {
      const declineReason = `dial ${PAT}`;
      const wanted = [aWanted({ chatName: `Me, ${PAT}` })];
      const request = aRequest({ note: `beg ${PAT}` });
      for (const status of STATUSES) {
        const state = proposed({ status, wanted, declineReason, decidedBy: 'U0BOB' }, request);
        for (const told of [message(state, display), late(state, display)]) {
          const words = JSON.stringify(told);
          expect(words).not.toContain('2052499136');
          if (display === 'hidden') expect(words).not.toMatch(/9136|dial|beg /);
        }
      }
    },
  );

  it('tells the asker in the thread, mentioning them', () => {
    const declined = proposed({ status: 'declined', decidedBy: 'U0BOB', declineReason: 'not him' });
    expect(late(declined).text).toMatch(
      /^<@U0ALICE> Declined by <@U0BOB>\. Nothing was removed\. .* Why: not him$/,
    );
    expect(late(declined, 'hidden').text).toMatch(
      /Why: not shown in a conversation that another organisation reads\.$/,
    );
  });

  it.each(HOSTILE)('fits and stays harmless whatever stands in names and reasons: %j', (words) => {
    const chats = inChats(100, () => words).map((wanted) => ({ ...wanted, handle: words }));
    for (const status of STATUSES) {
      for (const wanted of [chats, chats.slice(0, 1), [...chats, aWanted({ handle: `${words}2` })]]) {
        const state = proposed(
          { status, wanted, declineReason: words, decidedBy: 'U0BOB' },
          aRequest({ note: words }),
        );
        expectFitMessage(message(state));
        if (status !== 'pending') expectFitMessage(late(state));
      }
    }
  });
});
