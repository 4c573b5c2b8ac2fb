import { type Change, STATUSES } from '../../src/removal/change.js';
import type { Hint, Route } from '../../src/removal/delivery.js';
import { outcomeOf } from '../../src/removal/outcome.js';
import { endedUndone, type Proposal } from '../../src/removal/proposal.js';
import { REASONS, type ReasonName } from '../../src/removal/reasons.js';
import type { RequestState } from '../../src/removal/state.js';
import type { Subject, Unanswered } from '../../src/slack/access/rules.js';
import { notTheirOwn, onlyAskerStops, refusalSentence } from '../../src/slack/access/sentences.js';
import type { HandleDisplay } from '../../src/slack/blocks/text.js';
import { endedModal } from '../../src/slack/decision/open-proposal.js';
import { createFindApprovers } from '../../src/slack/decision/reach.js';
import { createProgress, type Recordable } from '../../src/slack/guard/progress.js';
import { HISTORY_WORDS, titleOf } from '../../src/slack/history/history-view.js';
import { addedBackMessage } from '../../src/slack/message/added-back.js';
import type { Message } from '../../src/slack/message/body.js';
import { MESSAGES, responseBody } from '../../src/slack/message/step-messages.js';
import { approvedBeforeModal, approvedModal, recordedModal } from '../../src/slack/review/recorded-modal.js';
import { seen } from '../slack/slack-eyes.js';
import {
  aChange,
  aDelivery,
  aProposal,
  aRequest,
  aState,
  at,
  aWanted,
  CHAT_ID,
  PAT,
} from '../support/build.js';
import { read } from './oracle/reading.js';

/* Everything that people can read about what happened has a meaning, so that no story finds words nobody can judge. */

const OTHER = '550e8400-e29b-41d4-a716-44665544a004';
const DISPLAYS: readonly HandleDisplay[] = ['full', 'masked', 'hidden'];
const REASON_NAMES = Object.keys(REASONS) as ReasonName[];

const unknownIn = (text: string): readonly string[] =>
  read(text, [CHAT_ID, OTHER]).flatMap((each) => (each.meaning === 'unknown' ? [each.sentence] : []));

const unknownInAll = (texts: readonly string[]) => [...new Set(texts.flatMap(unknownIn))];
const shown = ({ blocks }: Pick<Message, 'blocks'>) => seen(blocks);

/** The last words of a message that tell a moment are drawn as Slack falls back to, in UTC. */
const NOW = at(5);

/** Every way in which a change can stand, whether or not the life cycle leads there. */
function changes(): readonly Change[] {
  const one = { trace: 'a'.repeat(32) };
  return (['remove', 'add'] as const).flatMap((direction) =>
    STATUSES.flatMap((status) =>
      [null, ...REASON_NAMES].flatMap((reason) =>
        [0, 1].map((attempts) => {
          const traceId = attempts > 0 ? one.trace : null;
          const facts = {
            wasSeen: attempts > 0,
            mayStillAct: attempts > 0,
            notBefore: at(60),
            troubleSince: at(2),
          };
          const settled = {
            settledAt: at(90),
            sentAt: at(1),
            leftVoluntarily: attempts > 0,
            linqSays: 'No. Not now.',
          };
          return aChange({ direction, status, reason, attempts, traceId, ...facts, ...settled });
        }),
      ),
    ),
  );
}

/** A refusal has its reason; and of all that read the same, one is enough. */
function tellable(): readonly Change[] {
  const words = { person: PAT, chat: '“Launch crew” (…0000)', traceId: null };
  const bySentence = new Map<string, Change>();
  for (const change of changes()) {
    if (change.status === 'refused' && change.reason === null) continue;
    bySentence.set(JSON.stringify(outcomeOf(change, words)), change);
  }
  return [...bySentence.values()];
}

const STEPS = ['post', 'list', 'tell'] as const;

const isTellable = ({ changes, proposal }: RequestState) =>
  changes.length > 0 || (proposal !== null && endedUndone(proposal));

/** All that the steps of a delivery say of this. */
function told(state: RequestState, display: HandleDisplay): readonly string[] {
  const hints: readonly Hint[] = [null, 'invite', 'closed', 'admin', 'deleted'];
  const routes: readonly Route[] = ['channel', 'response', 'person'];
  const deliveries = routes.flatMap((route) =>
    hints.map((hint) => aDelivery({ route, hint, toldBad: state.changes.length })),
  );
  // A list names changes; the thread is told of them, or of a request that ended without any.
  const has = { post: true, list: state.changes.length > 0, tell: isTellable(state) };
  return deliveries.flatMap((delivery) => [
    ...STEPS.filter((step) => has[step]).map((step) => shown(MESSAGES[step](delivery, state, display, NOW))),
    ...[true, false].map((commandHadText) => {
      const request = { ...state.request, commandHadText };
      const shows = { inConversation: display, toAsker: display };
      return seen(responseBody(delivery, { ...state, request }, shows, NOW).blocks ?? []);
    }),
  ]);
}

describe.each(DISPLAYS)('with handles %s', (display) => {
  it('knows how each change can stand, alone and among others', () => {
    const all = tellable();
    const states = all.flatMap((change) => [
      aState({ changes: [change] }),
      aState({ changes: [change, aChange({ ...change, id: 'request-1:2', chatId: OTHER })] }),
    ]);
    const texts = states.map((state) => shown(MESSAGES.post(aDelivery(), state, display, NOW)));
    expect(unknownInAll(texts)).toEqual([]);
  });

  it('knows what is said around that, wherever it is told', () => {
    const bad = aChange({ status: 'refused', reason: 'conflict', attempts: 1, sentAt: at(1) });
    const requests = [aRequest(), aRequest({ approvedBy: ['U0BOB', 'U0CAROL'], stoppedBy: 'U0BOB' })];
    const proposals: readonly (Proposal | null)[] = [
      null,
      ...(['pending', 'approved', 'declined', 'expired', 'withdrawn', 'undelivered'] as const).map((status) =>
        aProposal({
          status,
          decidedBy: 'U0BOB',
          declineReason: 'Not this one',
          approvers: ['U0BOB', 'U0CAROL'],
        }),
      ),
      aProposal({ wanted: [aWanted(), aWanted({ chatId: OTHER })] }),
      ...(['pending', 'declined', 'expired', 'withdrawn', 'undelivered'] as const).map((status) =>
        aProposal({
          status,
          decidedBy: 'U0BOB',
          declineReason: 'Not this one',
          approvers: ['U0BOB', 'U0CAROL'],
          wanted: [aWanted({ direction: 'add' })],
        }),
      ),
    ];
    const many = Array.from({ length: 40 }, (_, index) => aChange({ ...bad, id: `request-1:${index}` }));
    const states = requests.flatMap((request) => [
      ...proposals.map((proposal) =>
        aState({ request, proposal, changes: proposal && proposal.status !== 'approved' ? [] : [bad] }),
      ),
      aState({ request, changes: many }),
      aState({ request, changes: [aChange({ status: 'done', wasSeen: true }), bad] }),
      aState({ request, changes: [bad], addBacks: [aChange({ direction: 'add', status: 'done' })] }),
    ]);
    expect(unknownInAll(states.flatMap((state) => told(state, display)))).toEqual([]);
  });

  it('knows the notice that a person was added back', () => {
    const notice = aDelivery({ kind: 'added-back', changeId: 'request-1:1', eventAt: at(9) });
    expect(unknownIn(shown(addedBackMessage(notice, aState(), display)))).toEqual([]);
  });
});

it('knows what a person is answered who approved, decided or pressed', () => {
  const standings = [
    'approved',
    'stopped',
    'pending',
    'declined',
    'expired',
    'undelivered',
    'withdrawn',
    'unknown',
  ] as const;
  const modals = [
    approvedModal('goes-on'),
    approvedModal('unknown'),
    approvedModal({ by: 'U0BOB', since: at(0), reason: null }),
    approvedBeforeModal(),
    ...standings.map((standing) =>
      recordedModal([{ standing, wanted: [aWanted(), aWanted({ direction: 'add' })] }]),
    ),
    ...(['approved', 'declined', 'expired', 'withdrawn', 'undelivered'] as const).flatMap((status) =>
      [null, 'U0BOB'].flatMap((decidedBy) =>
        (['remove', 'add'] as const).map((direction) =>
          endedModal(aProposal({ status, decidedBy, wanted: [aWanted({ direction })] })),
        ),
      ),
    ),
  ];
  expect(unknownInAll(modals.map((modal) => seen(modal.blocks)))).toEqual([]);
});

it('knows what a person reads when something fails on our side, however far it had come', async () => {
  const kinds: readonly Recordable[] = [
    'approval',
    'request',
    'decision',
    'withdrawal',
    'addition',
    'stop',
    'pause',
    'resume',
  ];
  const sentences = await Promise.all(
    kinds.map(async (kind) => {
      const progress = createProgress();
      progress.isFor(kind);
      const before = progress.sentence();
      const fails = progress.recording(() => Promise.reject(new Error('disk full')));
      await fails.catch(() => {});
      const perhaps = progress.sentence();
      progress.foundRecorded();
      return [before, perhaps, progress.sentence()];
    }),
  );
  expect(unknownInAll(sentences.flat())).toEqual([]);
});

it('knows every refusal', () => {
  const rules = {
    allowed: { users: ['U0BOB'], groups: [] },
    channels: ['C0SUPPORT'],
    allowGuests: false,
    allowExternalChannels: false,
  };
  const unanswered: readonly Unanswered[] = [
    { kind: 'missing-scope', scope: 'users:read' },
    { kind: 'unseen' },
    { kind: 'no-groups' },
    { kind: 'unknown-group', group: 'S0SUPPORT' },
    { kind: 'busy' },
    { kind: 'no-answer', code: 'fatal_error' },
  ];
  const subjects: readonly Subject[] = ['person', 'conversation', 'group'];
  const refusals = [
    ...(['conversation', 'person', 'deactivated', 'guest', 'outsider', 'external-conversation'] as const).map(
      (rule) => ({
        rule,
      }),
    ),
    ...subjects.flatMap((about) => unanswered.map((why) => ({ rule: 'cannot-tell' as const, about, why }))),
  ];
  const notDone = [
    'Nothing was removed.',
    'Nothing was decided.',
    'Nothing was declined.',
    'Nothing was stopped.',
    'Nobody is added.',
    'Nothing more was recorded.',
  ];
  const texts = refusals.flatMap((refusal) =>
    notDone.map((words) => refusalSentence(refusal, 'U0ALICE', rules as never, words)),
  );
  const others = [
    onlyAskerStops('U0ALICE'),
    notTheirOwn({ users: ['U0BOB'], groups: [] }, 'U0ALICE'),
    notTheirOwn({ users: [], groups: [] }, 'U0ALICE'),
  ];
  const drawn = [...texts, ...others].map((text) => text.replace(/<@(\w+)>/gu, '@$1'));
  expect(unknownInAll(drawn)).toEqual([]);
});

it('knows why nobody can be asked to approve', async () => {
  const unread = { ok: false, why: { kind: 'busy' } } as const;
  const asking = {
    person: () => Promise.resolve(unread),
    membersOf: () => Promise.resolve(unread),
    conversation: () => Promise.resolve(unread),
    membersIn: () => Promise.resolve(unread),
  };
  const facts = { isDeactivated: true, isOutsider: false, isGuest: false };
  const gone = (person: string) => Promise.resolve({ ok: true, value: { person, ...facts } });
  const named = (users: readonly string[], groups: readonly string[] = [], needed = 1) =>
    ({ approvers: { users, groups }, needed, channel: null }) as never;
  const rules = { allowGuests: false };
  const log = { warn: () => {} } as never;
  const finders = [
    createFindApprovers({ approval: named(['U0ALICE']), rules, asking, log }),
    createFindApprovers({ approval: named(['U0BOB'], [], 2), rules, asking, log }),
    createFindApprovers({ approval: named(['U0BOB', 'U0CAROL'], [], 3), rules, asking, log }),
    createFindApprovers({ approval: named([], ['S0LEADS']), rules, asking, log }),
    createFindApprovers({
      approval: named(['U0BOB']),
      rules,
      asking: { ...asking, person: gone } as never,
      log,
    }),
  ];
  const reaches = await Promise.all(
    finders.flatMap((find) =>
      (['remove', 'add'] as const).map((direction) => find('U0ALICE', 'C0SUPPORT', direction)),
    ),
  );
  const sentences = reaches.map((reach) => (reach.ok ? '' : reach.sentence));
  expect(new Set(sentences)).toHaveProperty('size', 10);
  expect(sentences).not.toContain('');
  expect(unknownInAll(sentences)).toEqual([]);
});

it('knows the history', () => {
  const titles = [0, 1, 2].flatMap((count) =>
    [null, '+12052499136'].flatMap((about) =>
      [true, false].flatMap((isNarrow) =>
        (['removals', 'refused'] as const).map((what) =>
          titleOf({ records: Array(count), about, what, isNarrow, display: 'full' } as never),
        ),
      ),
    ),
  );
  const entries = Object.values(HISTORY_WORDS).map(
    (words) => `${words}: +12052499136 · “Launch crew” (…0000)`,
  );
  expect(unknownInAll([...titles, ...entries])).toEqual([]);
});
