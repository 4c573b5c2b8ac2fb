import type { Submission } from '../journal.js';
import type { Evidence } from './evidence.js';
import { giveToWishes } from './told-of.js';
import type { Wish } from './wish.js';

/** The words on buttons that ask for something. */
const ASKS: Readonly<Record<string, Wish['kind']>> = {
  Remove: 'removal',
  Approve: 'removal',
  'Ask for approval': 'removal',
  'Add back': 'addition',
};
const DECISION = /asks for your approval/u;

export function isDecision({ window }: Submission): boolean {
  return window.button !== null && window.button in ASKS && DECISION.test(window.text);
}

/** Every wish of the story in order, each with its message. */
export function findWishes({ journal, told }: Evidence): readonly Wish[] {
  const wishes = new Map<string, Wish>();
  for (const submission of journal.submissions) {
    const wish = wishOf(submission);
    // Chosen in another order it is the same.
    const key =
      wish && JSON.stringify([wish.windowId, wish.pairs.map((pair) => JSON.stringify(pair)).sort()]);
    if (wish && key && !wishes.has(key)) wishes.set(key, wish);
  }
  const all = [...wishes.values()];
  giveToWishes(told, all);
  return all;
}

function wishOf(submission: Submission): Wish | null {
  const { who, at, window } = submission;
  const asked = window.button === null ? undefined : ASKS[window.button];
  const kind = asked && window.title === 'Add back' ? 'addition' : asked;
  const { pairs } = window;
  if (kind === undefined || isDecision(submission) || submission.hasMistakes) return null;
  const never = Number.POSITIVE_INFINITY;
  return pairs.length === 0
    ? null
    : {
        who,
        kind,
        at,
        pairs,
        windowId: window.id,
        isForOthers: window.button === 'Ask for approval',
        message: null,
        others: [],
        copies: [],
        lastsUntil: never,
      };
}
