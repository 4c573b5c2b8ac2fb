import type { LinqFault } from '../../simulator/linq/faults.js';
import type { SlackFault } from '../../simulator/slack/faults.js';

/** What may go wrong with a call to Linq, in plain words. */
export const LINQ_TROUBLES = {
  'refuses: not found': ['refused', 2001],
  'refuses: conflict': ['refused', 2015],
  'refuses: still being created': ['refused', 2009],
  'refuses: not allowed': ['refused', 2005],
  'asks to wait 2 seconds': ['rate-limited', 2],
  'asks to wait 30 seconds': ['rate-limited', 30],
  'asks to wait 20 minutes': ['rate-limited', 1_200],
  'fails and does nothing': ['refused', 3006],
  'is unavailable': ['refused', 4004],
  'answers as a gateway does': ['status', 502],
  'answers what nobody can read': 'unreadable',
  'cuts the line before it acts': 'reset-before',
  'acts, then cuts the line': 'reset-after',
  'acts, but half of the answer is lost': 'cut',
  'never answers': 'hanging',
  'acts and never answers': 'hanging-after',
  'answers after 3 seconds': ['slow', 3_000],
  'accepts and does nothing': 'silent-noop',
  'accepts and acts after 40 seconds': ['settles-late', 40_000],
  'accepts and acts after 12 minutes': ['settles-late', 720_000],
  'accepts and acts twice': ['settles-twice', 60_000],
  'fails, and acts 10 seconds later': ['acts-later', 10_000, 3006],
  'fails, acts 20 seconds later, and cannot find it meanwhile': ['acts-later', 20_000, 3006, 2001],
  'fails, acts 20 seconds later, and sees a conflict meanwhile': ['acts-later', 20_000, 3002, 2015],
  'cuts the line, and acts 90 seconds later': ['acts-later', 90_000, 'reset'],
  'shows an empty roster': ['roster', 'empty'],
  'shows our line alone': ['roster', 'one-entry'],
  'leaves out our line': ['roster', 'without-our-line'],
  'shows a status nobody knows': ['roster', 'unknown-status'],
  'lists everyone twice': ['roster', 'twice-active'],
  'lists everyone twice, once as past': ['roster', 'twice-with-left'],
  'leaves a chat out of the list': ['page', 'leaves-out'],
} as const satisfies Record<string, LinqFault>;

export type LinqTrouble = keyof typeof LINQ_TROUBLES;

/** What may go wrong with a call to Slack, in plain words. */
export const SLACK_TROUBLES: Record<SlackTrouble, () => SlackFault> = {
  'asks to wait 5 seconds': () => ({ rateLimited: 5 }),
  'asks to wait 30 seconds': () => ({ rateLimited: 30 }),
  'has a fatal error': () => ({ error: 'fatal_error' }),
  'has an internal error': () => ({ error: 'internal_error' }),
  'does not know the bot here': () => ({ error: 'not_in_channel', of: 'conversations' }),
  'finds nothing': () => ({ error: 'not_found' }),
  'answers 503': () => ({ status: 503 }),
  'cuts the line before it acts': () => 'reset',
  'acts, then cuts the line': () => 'lost-reply',
  'answers after 3 seconds': () => ({ hold: whenAwaited(3_000) }),
  'never answers': () => 'hang',
};

export type SlackTrouble =
  | 'asks to wait 5 seconds'
  | 'asks to wait 30 seconds'
  | 'has a fatal error'
  | 'has an internal error'
  | 'does not know the bot here'
  | 'finds nothing'
  | 'answers 503'
  | 'cuts the line before it acts'
  | 'acts, then cuts the line'
  | 'answers after 3 seconds'
  | 'never answers';

/** The time begins when the call arrives, not when the story says that it will be slow. */
function whenAwaited(ms: number): Promise<void> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: a promise that begins when it is awaited has to be one by hand
    then: (resolve: () => void) => setTimeout(resolve, ms),
  } as unknown as Promise<void>;
}
