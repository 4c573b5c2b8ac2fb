import { STATUSES, type Status } from '../../../src/removal/change.js';
import { REASONS, type ReasonName } from '../../../src/removal/reasons.js';
import type { RequestState } from '../../../src/removal/state.js';
import { cut, type HandleDisplay } from '../../../src/slack/blocks/text.js';
import type { Message } from '../../../src/slack/message/body.js';
import { copyMessage, statusMessage } from '../../../src/slack/message/message.js';
import { lateEnding, listMessage } from '../../../src/slack/message/thread-replies.js';
import { aWanted } from '../../support/build.js';
import { expectFitMessage, HOSTILE, seen } from '../slack-eyes.js';
import {
  about,
  aChange,
  aDelivery,
  aProposal,
  aRequest,
  aState,
  at,
  type ChangeFacts,
  many,
  NOW,
  PAT,
  SAM,
  times,
} from './states.js';

const message = (state: RequestState, display: HandleDisplay = 'full') => statusMessage(state, display, NOW);
const copy = (state: RequestState, display: HandleDisplay = 'full') => copyMessage(state, display, NOW);
const late = (state: RequestState, display: HandleDisplay = 'full') =>
  lateEnding(state.status, state, display);
/** Everything that is ever told about a request. */
const EVERY_WAY: readonly ((state: RequestState, display: HandleDisplay) => Message)[] = [
  message,
  copy,
  late,
  listMessage,
];

const DISPLAYS: readonly HandleDisplay[] = ['full', 'masked', 'hidden'];

/** Every status with what goes with it, both directions. */
const STATES: readonly ChangeFacts[] = (['remove', 'add'] as const).flatMap((direction) => [
  ...STATUSES.map((status) => ({ status, direction })),
  ...(Object.keys(REASONS) as ReasonName[]).flatMap((reason) =>
    (['waiting', 'unsure', 'refused', 'unconfirmed', 'gone'] as const).map((status) => ({
      status,
      reason,
      direction,
    })),
  ),
]);

/** A few of them, each status among them, where every one would only take time. */
const SOME_STATES = STATES.filter((_state, index) => index < STATUSES.length || index % 40 === 0);

it('says of what nobody could approve any more that it is not removed, for as long as it stands', () => {
  const gone = aWanted({ chatId: '550e8400-e29b-41d4-a716-44665544a004', chatName: 'Billing' });
  const proposal = aProposal({ status: 'approved', decidedBy: 'U0BOB', wanted: [aWanted(), gone] });
  const { text, blocks } = message(aState({ proposal, changes: [aChange({ status: 'queued' })] }));
  const words =
    '• “Billing” (…a004): Not removed. This was not possible any more when it was approved. Nobody was removed.';
  expect(text).toContain(words);
  expect(seen(blocks)).toContain(words);
  expect(message(aState({ proposal: aProposal({ status: 'approved' }) })).text).not.toMatch(/not possible/);
});

it('does not call finished well what was only possible in part, and counts the rest', () => {
  const gone = aWanted({ chatId: '550e8400-e29b-41d4-a716-44665544a004', chatName: 'Billing' });
  const proposal = aProposal({ status: 'approved', decidedBy: 'U0BOB', wanted: [aWanted(), gone] });
  const state = aState({ proposal, changes: [aChange({ status: 'done', wasSeen: true })] });
  const { text, blocks } = message(state);
  expect(text).toMatch(
    /^Asked to remove \+12052499136 from 2 chats: 1 of 2 removed, 1 not possible any more\./,
  );
  expect(seen(blocks)).toMatch(/Finished.*:warning:/s);
  expect(seen(blocks)).toMatch(/“Launch crew” \(…0000\): Removed/);
  const told = lateEnding(aDelivery(), state, 'full').text;
  expect(told).toMatch(/“Billing” \(…a004\): Not removed\. This was not possible any more/);
  expect(told).not.toMatch(/This is done/);
  const list = listMessage(state, 'full');
  expect(list.text).toMatch(/^All 2 chats: 1 of 2 removed, 1 not possible any more\./);
  expect(seen(list.blocks)).toMatch(/“Billing” \(…a004\): Not removed\. This was not possible any more/);
});

it('names people in the thread where one of two in the same chat was left out', () => {
  const other = aWanted({ handle: SAM });
  const proposal = aProposal({ status: 'approved', decidedBy: 'U0BOB', wanted: [aWanted(), other] });
  const state = aState({ proposal, changes: [aChange({ status: 'refused', reason: 'conflict' })] });
  const lines = lateEnding(aDelivery(), state, 'full').text.split('\n');
  expect(lines[0]).toContain(`• ${PAT}: Not removed`);
  expect(lines[1]).toContain(`• ${SAM}: Not removed`);
});

it('says of an addition that nobody could approve any more that nobody was added', () => {
  const wanted = aWanted({ direction: 'add' });
  const gone = { ...wanted, chatId: '550e8400-e29b-41d4-a716-44665544a004', chatName: 'Billing' };
  const proposal = aProposal({ status: 'approved', decidedBy: 'U0BOB', wanted: [wanted, gone] });
  const { text } = message(aState({ proposal, changes: [aChange({ status: 'done', direction: 'add' })] }));
  expect(text).toMatch(
    /Not added back\. This was not possible any more when it was approved\. Nobody was added/,
  );
  expect(text).not.toMatch(/[Nn]ot removed|Nobody was removed/);
});

describe('the message about one chat', () => {
  it.each<[Status, RegExp]>([
    ['approved', /^Asking Linq: .* remove \+12052499136 from “Launch crew” \(…0000\)/],
    ['sending', /^Asking Linq: /],
    ['waiting', /^Trying again soon: /],
    ['unsure', /^No answer yet, checking: /],
    ['queued', /^Removal queued: Linq accepted .* It is not done yet/],
    ['done', /^Removed: \+12052499136 is no longer in “Launch crew” \(…0000\), confirmed after/],
    ['gone', /^Already gone: \+12052499136 was not a member of “Launch crew” \(…0000\) any more/],
    ['refused', /^Not removed: /],
    ['unconfirmed', /^Not confirmed: /],
  ])('carries the whole outcome in its text and in its blocks: %s', (status, words) => {
    const told = message(about({ status }));
    expect(told.text).toMatch(words);
    expectSameInBlocks(told);
  });

  it.each<[Status, RegExp]>([
    ['approved', /^Adding back: Linq is being asked to add \+12052499136 back to “Launch crew”/],
    ['queued', /^Adding back queued: Linq accepted/],
    ['done', /^Back: \+12052499136 is in “Launch crew” \(…0000\) again\./],
    ['gone', /^Already back: “Launch crew” \(…0000\) listed \+12052499136 as a member already/],
    ['refused', /^Not added back: /],
    ['unconfirmed', /^Not confirmed: .* It is not confirmed that anybody was added\./],
  ])('speaks of an addition in its own words: %s', (status, words) => {
    const told = message(about({ status, direction: 'add' }));
    expect(told.text).toMatch(words);
    expect(told.text).toMatch(/\nAsked for by <@U0ALICE>\.$/);
    expectSameInBlocks(told);
  });

  function expectSameInBlocks(told: Message): void {
    const [headline = '', sentence = ''] = told.text.split('\n')[0]?.split(/: (.*)/u) ?? [];
    expect(seen(told.blocks)).toContain(headline);
    expect(seen(told.blocks)).toContain(sentence);
    expectFitMessage(told);
  }

  it('fits whatever the status and the reason', () => {
    for (const state of STATES) {
      expectFitMessage(message(about({ ...state, traceId: '9f1c', linqSays: 'No.' })));
      expectFitMessage(copy(about({ ...state, traceId: '9f1c', linqSays: 'No.' })));
    }
  });

  it('names who asked, who approved, the reason they gave, the trace and who stopped it', () => {
    const request = aRequest({
      note: 'left the company',
      stoppedBy: 'U0BOB',
      approvedBy: ['U0CARA', 'U0DAN'],
    });
    const { text, blocks } = message(about({ status: 'queued', traceId: '9f1c' }, request));
    expect(text).toMatch(
      /Asked for by <@U0ALICE>\. Approved by <@U0CARA>, <@U0DAN>\. Stopped by <@U0BOB>\. Reason: left the company$/,
    );
    expect(seen(blocks)).toMatch(/Reason: left the company\n/);
    expect(seen(blocks)).toMatch(
      /Asked for by @U0ALICE {2}· {2}approved by @U0CARA, @U0DAN {2}· {2}stopped by @U0BOB {2}· {2}Linq trace 9f1c/,
    );
  });

  it('says when it is tried again, in the reader’s own zone', () => {
    const told = message(about({ status: 'waiting', reason: 'rate-limited', notBefore: at(30) }));
    expect(told.text).toMatch(/Trying again at <!date\^1780308030\^[^|]*\|[^>]*10:00:30 UTC>\./);
    expect(seen(told.blocks)).toMatch(/Trying again at .*10:00:30 UTC\./);
  });

  it('quotes Linq where that helps', () => {
    const state = about({ status: 'refused', reason: 'conflict', linqSays: 'Operation conflicts' });
    expect(message(state).text).toMatch(/Linq said: “Operation conflicts”/);
    expect(seen(message(state).blocks)).toMatch(/Linq said: “Operation conflicts”/);
  });

  it('begins each sentence as one, also where a chat has no name', () => {
    expect(message(about({ status: 'unconfirmed', reason: 'still-listed', chatName: null })).text).toMatch(
      /^Not confirmed: The chat …0000 still lists \+12052499136/,
    );
  });

  it('always reads the same for the same state', () => {
    expect(message(about({ status: 'queued' }))).toEqual(message(about({ status: 'queued' })));
  });
});

describe('handles', () => {
  const request = aRequest({ note: `Take ${PAT} out, also pat@example.com` });
  const spilling: ChangeFacts = {
    chatName: '+1 205‑249‑9136, (205) 249-9136, pat@example.com',
    linqSays: `Invalid handle ${PAT} (pat@example.com)`,
    traceId: '9f1c',
    notBefore: at(9),
  };

  it.each(['masked', 'hidden'] as const)(
    'that are %s are so wherever they may stand: person, chat name, reason, Linq’s words',
    (display) => {
      for (const state of STATES) {
        const one = about({ ...state, ...spilling }, request);
        const several = aState({ request, changes: [...one.changes, aChange({ handle: SAM })] });
        for (const told of [one, several]) {
          for (const build of EVERY_WAY) {
            const words = JSON.stringify(build(told, display));
            expect(words).not.toMatch(/249|794609|pat@/u);
            if (display === 'hidden') expect(words).not.toMatch(/9136|0958|example\.com/u);
          }
        }
      }
    },
  );

  it('that are masked still tell people apart', () => {
    const { text } = message(about({ status: 'queued', ...spilling }, request), 'masked');
    expect(text).toMatch(/remove …9136 from “…9136, \(?…9136, p…@example\.com”/);
    expect(text).toMatch(/Reason: Take …9136 out, also p…@example\.com$/);
  });

  it('that are hidden leave sentences that can be read', () => {
    const text = (facts: ChangeFacts) => message(about(facts, request), 'hidden').text;
    expect(text({ status: 'queued', ...spilling })).toMatch(
      /^Removal queued: Linq accepted the request to remove this person from the chat …0000\./,
    );
    expect(text({ status: 'done' })).toMatch(/^Removed: This person is no longer in “Launch crew” \(…0000\)/);
    expect(text({ status: 'queued', ...spilling })).toMatch(/\nAsked for by <@U0ALICE>\.$/);
    const several = many({ status: 'done' }, { handle: SAM, status: 'done' });
    expect(seen(message(several, 'hidden').blocks)).toMatch(
      /Person 1\n• .*: Removed\nPerson 2\n• .*: Removed/,
    );
  });
});

describe('hostile words', () => {
  it.each(HOSTILE.map((words) => [words.slice(0, 30), words]))('%j stay words', (_start, words) => {
    const request = aRequest({ note: words });
    const facts = { chatName: words, linqSays: words, traceId: cut(words, 128), notBefore: NOW };
    for (const [index, state] of SOME_STATES.entries()) {
      const one = about({ ...state, ...facts, handle: `${words.slice(0, 60)}@example.com` }, request);
      for (const build of EVERY_WAY) expectFitMessage(build(one, DISPLAYS[index % 3] ?? 'full'));
    }
    const several = aState({ request, changes: times(12, aChange({ status: 'refused', ...facts })) });
    for (const display of DISPLAYS) for (const build of EVERY_WAY) expectFitMessage(build(several, display));
  });

  it('cannot forge a mention through an id either', () => {
    const request = aRequest({
      requestedBy: 'U1> <!channel>',
      stoppedBy: '<!here>',
      approvedBy: ['<!everyone>'],
    });
    for (const build of EVERY_WAY) {
      const { text, blocks } = build(about({ status: 'queued' }, request), 'full');
      expect(text).not.toMatch(/<!(?!date)/);
      expect(JSON.stringify(blocks)).not.toMatch(/<!(?!date)/);
    }
  });
});

describe('the message about many chats', () => {
  it('says how far it is and names each chat', () => {
    const told = message(many({ status: 'done', chatName: 'One' }, { status: 'queued', chatName: 'Two' }));
    expect(told.text).toMatch(/^Removing \+12052499136 from 2 chats: 1 of 2 queued, 1 removed\./);
    expect(seen(told.blocks)).toMatch(/• “One” \(…1000\): Removed\n• “Two” \(…1001\): Removal queued/);
    expectFitMessage(told);
  });

  it('says of each that ended badly why, in the text too', () => {
    const told = message(
      many({ status: 'done' }, { status: 'refused', reason: 'too-few', chatName: 'Small' }),
    );
    const line = /• “Small” \(…1001\): Not removed\. Fewer than 3 people would remain/;
    expect(told.text).toMatch(/^Asked to remove/);
    expect(told.text).toMatch(line);
    expect(seen(told.blocks)).toMatch(line);
  });

  it('speaks of additions as such', () => {
    const add = { direction: 'add', status: 'done' } as const;
    expect(message(many(add, { ...add, status: 'queued' })).text).toMatch(
      /^Adding \+12052499136 back to 2 chats: 1 of 2 queued, 1 back\./,
    );
    expect(message(many(add, add)).text).toMatch(
      /^Asked to add \+12052499136 back to 2 chats: 2 of 2 back\./,
    );
  });

  it.each([2, 30, 31, 100])(
    'fits with %d chats, also if all of them end badly with the longest words',
    (count) => {
      for (const status of STATUSES) {
        for (const chatName of ['x'.repeat(3_000), '&'.repeat(80), '👨‍👩‍👧‍👦'.repeat(20)]) {
          const facts = { status, chatName, reason: 'still-listed', traceId: 'ab'.repeat(64) } as const;
          for (const build of EVERY_WAY) expectFitMessage(build(many(...times(count, facts)), 'full'));
        }
      }
    },
  );

  it('names of more than 30 only those that need attention, and points to the thread', () => {
    const ended: readonly ChangeFacts[] = [
      ...times(39, { status: 'done', chatName: 'Fine' } as const),
      { status: 'unconfirmed', reason: 'still-listed', chatName: 'Odd' },
    ];
    const shown = seen(message(many(...ended)).blocks);
    expect(shown).not.toMatch(/Fine/);
    expect(shown).toMatch(/“Odd” .*still lists[\s\S]*The whole list follows in the thread\./);
    const list = seen(listMessage(many(...ended), 'full').blocks);
    expect(list.match(/Fine/g)).toHaveLength(39);
    expect(list).toMatch(/All 40 chats/);
  });

  it('lists all of a hundred chats with the longest names', () => {
    const facts = { status: 'refused', reason: 'still-listed', chatName: 'x'.repeat(90) } as const;
    expect(seen(listMessage(many(...times(100, facts)), 'full').blocks).match(/• /g)).toHaveLength(100);
  });
});

describe('the message about several people', () => {
  const crew = (facts: ChangeFacts) => ({ chatId: 'chat-1000', chatName: 'Crew', ...facts });

  it('groups the chats by person, in the order of the review', () => {
    const state = many(
      { handle: PAT, chatName: 'One', status: 'done' },
      { handle: SAM, chatName: 'Two', status: 'queued' },
      { handle: PAT, chatName: 'Three', status: 'refused', reason: 'too-few' },
    );
    const told = message(state);
    expect(told.text).toMatch(
      /^Removing 2 people from 3 chats: 1 of 3 queued, 1 removed, 1 refused\.\n\+12052499136\n• “Three”/,
    );
    expect(seen(told.blocks)).toMatch(
      /\+12052499136\n• “One” .*: Removed\n• “Three” .*: Not removed\..*\n\+442079460958\n• “Two” .*: Removal queued/,
    );
    expectFitMessage(told);
  });

  it('names the chat where it is one', () => {
    const state = many(crew({ handle: PAT, status: 'done' }), crew({ handle: SAM, status: 'done' }));
    expect(message(state).text).toMatch(/^Asked to remove 2 people from “Crew” \(…1000\): 2 of 2 removed\./);
  });

  it('takes an email in another case for the same person', () => {
    const state = many({ handle: 'Pat@example.com' }, { handle: 'pat@EXAMPLE.com' });
    expect(message(state).text).toMatch(/^Removing Pat@example\.com from 2 chats/);
  });

  it('lists them by person in the thread', () => {
    const state = many(
      ...times(20, { status: 'done' } as const),
      ...times(20, { handle: SAM, status: 'done' } as const),
    );
    const list = seen(listMessage(state, 'full').blocks);
    expect(list).toMatch(/^All 40, by person\n\+12052499136\n• /);
    expect(list.match(/^\+/gmu)).toHaveLength(2);
  });
});

describe('the late ending in the thread', () => {
  it('mentions who asked and speaks only of what ended badly', () => {
    const state = many(
      { status: 'done', chatName: 'Fine' },
      { status: 'unconfirmed', reason: 'still-listed', chatName: 'Odd' },
    );
    expect(late(state).text).toMatch(
      /^<@U0ALICE> • “Odd” \(…1001\): Not confirmed\. “Odd” \(…1001\) still lists/,
    );
    expect(late(state).text).not.toMatch(/Fine/);
    expect(seen(late(state).blocks)).toMatch(
      /@U0ALICE this did not end as asked\.\n• “Odd” \(…1001\): Not confirmed\./,
    );
  });

  it('is corrected by what was proven afterwards, and by nothing else', () => {
    const state = many(
      { status: 'done', chatName: 'Early', settledAt: at(10) },
      { status: 'done', chatName: 'Late', settledAt: at(7_200) },
      { status: 'refused', reason: 'conflict', chatName: 'Still bad', settledAt: at(9) },
    );
    const told = lateEnding({ ...state.status, toldBad: 2, toldAt: at(60) }, state, 'full');
    expect(told.text).toMatch(
      /^<@U0ALICE> This turned out otherwise: • “Late” \(…1001\): Removed\. \+12052499136 is no longer in “Late” \(…1001\), confirmed after 2 hours\.$/,
    );
    expect(seen(told.blocks)).toMatch(/@U0ALICE this turned out otherwise\.\n• “Late” \(…1001\): Removed\. /);
    expectFitMessage(told);
  });

  it('of an addition is corrected in its own words', () => {
    const state = about({ status: 'done', direction: 'add', settledAt: at(7_200) });
    const told = lateEnding({ ...state.status, toldBad: 1 }, state, 'full');
    expect(told.text).toMatch(/^<@U0ALICE> This turned out otherwise: Back: /);
  });
});

describe('a copy that cannot be edited', () => {
  const UNCHANGING =
    'This copy does not change; a second one here, or a direct message to <@U0ALICE>, tells how it ends.';

  it.each<[string, RequestState, RegExp]>([
    [
      'queued',
      about({ status: 'queued' }),
      /^As of <!date\^1780308000\^[^>]*>: removal queued: Linq accepted/,
    ],
    ['being sent', about({ status: 'sending' }), /^As of <[^>]*>: asking Linq: /],
    [
      'several',
      many({ status: 'queued' }, { status: 'done' }),
      /^As of <[^>]*>: removing \+12052499136 from 2/,
    ],
    [
      'waiting for approval',
      aState({ changes: [], proposal: aProposal() }),
      /^As of <[^>]*>: waiting for approval: Remove \+12052499136/,
    ],
  ])('names its moment while it is open: %s', (_what, state, words) => {
    const told = copy(state);
    expect(told.text).toMatch(words);
    expect(told.text.endsWith(`\n${UNCHANGING}`)).toBe(true);
    expect(seen(told.blocks)).toMatch(/^\*As of .*10:00:00 UTC: [a-z]/);
    expect(seen(told.blocks)).toContain(UNCHANGING.replace('<@U0ALICE>', '@U0ALICE'));
    expectFitMessage(told);
  });

  it('names it too where late proof may still come', () => {
    const told = copy(about({ status: 'unconfirmed', reason: 'still-listed' }));
    expect(told.text).toMatch(/^As of <[^>]*>: not confirmed: .*\nThis copy does not change\.$/su);
  });

  it('promises nothing of itself but what its last words say, whatever the status and the reason', () => {
    for (const state of STATES) {
      const told = copy(about(state));
      const words = `${told.text} ${seen(told.blocks)}`.replaceAll('a second one here', '');
      expect(words).not.toMatch(/\bhere\b/u);
    }
    expect(copy(about({ status: 'queued' })).text).toMatch(/It is not done yet\.\n/);
    expect(copy(about({ status: 'sending' })).text).toMatch(/from “Launch crew” \(…0000\)\.\n/);
  });

  it.each<Status>(['done', 'gone', 'refused'])('says an end as it is: %s', (status) => {
    const state = about({ status });
    const { text, blocks } = message(state);
    expect(copy(state)).toEqual({ text, blocks: blocks.filter(({ type }) => type !== 'actions') });
  });

  it('names every chat, for it has no thread that could', () => {
    const told = copy(many(...times(40, { status: 'queued', chatName: 'x'.repeat(90) } as const)));
    expect(seen(told.blocks).match(/• /g)).toHaveLength(40);
    expect(seen(told.blocks)).not.toMatch(/thread/);
  });

  it('has no button but the one that takes the request back', () => {
    expect(buttonsOf(copy(about({ status: 'approved' })))).toEqual([]);
    expect(buttonsOf(copy(about({ status: 'unconfirmed', reason: 'still-listed' })))).toEqual([]);
    expect(buttonsOf(copy(aState({ changes: [], proposal: aProposal() })))).toEqual(['Review', 'Withdraw…']);
    const status = aDelivery({ route: 'response' });
    expect(buttonsOf(copy(aState({ changes: [], proposal: aProposal(), status })))).toEqual(['Withdraw…']);
  });
});

const buttonsOf = ({ blocks }: Message) =>
  blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.map((element) => ('text' in element ? element.text : null)?.text)
      : [],
  );

describe('the buttons', () => {
  it.each<[Status, ReasonName | null, readonly string[]]>([
    ['approved', null, ['Stop']],
    ['waiting', 'rate-limited', ['Stop']],
    ['unsure', 'no-answer', ['Stop']],
    ['sending', null, ['Stop']],
    ['queued', null, []],
    ['gone', null, ['Receipt…']],
    ['refused', 'too-few', ['Receipt…']],
    ['refused', 'conflict', ['Retry', 'Receipt…']],
    ['unconfirmed', 'still-listed', ['Retry', 'Receipt…']],
  ])('for %s (%s) are %j', (status, reason, buttons) => {
    expect(buttonsOf(message(about({ status, reason })))).toEqual(buttons);
  });

  it.each<[Status, readonly string[]]>([
    ['approved', ['Stop']],
    ['waiting', ['Stop']],
    ['sending', ['Stop']],
    ['queued', []],
    ['done', ['Receipt…']],
    ['refused', ['Receipt…']],
    ['unconfirmed', ['Receipt…']],
  ])('for an addition that is %s are %j', (status, buttons) => {
    const state = about({ direction: 'add', status, settledAt: NOW });
    expect(buttonsOf(message(state))).toEqual(buttons);
  });

  it('offer Retry only when every chat has ended, and Stop only once', () => {
    const refused = { status: 'refused', reason: 'conflict' } as const;
    expect(buttonsOf(message(many(refused, { status: 'queued' })))).toEqual([]);
    expect(buttonsOf(message(many(refused, { status: 'done' })))).toEqual(['Retry', 'Receipt…']);
    const stopped = { ...many({ status: 'waiting' }, refused), request: aRequest({ stoppedBy: 'U0BOB' }) };
    expect(buttonsOf(message(stopped))).toEqual([]);
    expect(buttonsOf(message(about({ status: 'unsure', stopped: true })))).toEqual([]);
  });

  it('offer Add back for a day after proof, while no addition is under way', () => {
    const removed = about({ status: 'done', settledAt: NOW });
    const offered = (state: RequestState, hours: number) =>
      buttonsOf(statusMessage(state, 'full', at(hours * 3_600)));
    expect(offered(removed, 23)).toEqual(['Add back…', 'Receipt…']);
    expect(offered(removed, 24)).toEqual(['Receipt…']);
    const addition = aChange({ direction: 'add', undoes: 'request-1:1', status: 'queued' });
    expect(offered({ ...removed, addBacks: [addition] }, 1)).toEqual(['Receipt…']);
  });

  it('carry the request and words for screen readers', () => {
    const told = message(about({ status: 'approved' }));
    expect(JSON.stringify(told.blocks)).toMatch(/"value":"request-1".*"accessibility_label":"Stop: /);
  });
});
