/**
 * Windows by their title: those whose words are judged, and those that only show what may be asked for. A title that
 * is missing here is treated like a sentence that nobody knows.
 */
const WINDOWS: Readonly<Record<string, 'judged' | 'asks'>> = {
  Approved: 'judged',
  'Waiting for approval': 'judged',
  Recorded: 'judged',
  Withdrawn: 'judged',
  'Withdraw request': 'asks',
  'Not recorded': 'judged',
  'Something went wrong': 'judged',
  'Not allowed': 'judged',
  Declined: 'judged',
  'Already decided': 'judged',
  Expired: 'judged',
  'Not delivered': 'judged',
  'Not found': 'judged',
  'Nothing to retry': 'judged',
  'Add back': 'asks',
  'Remove participant': 'asks',
  'Review removal': 'asks',
  'Review adding back': 'asks',
  'Choose a member': 'asks',
  'Choose a chat': 'asks',
  'Who is meant?': 'asks',
  'Chats not read': 'asks',
  'Cannot be removed': 'asks',
  Decline: 'asks',
  History: 'asks',
  Request: 'asks',
  Receipt: 'asks',
};

/** Titles of windows that ask as well as answer; this tells the answers from the rest. */
const ANSWERS = /^(This is recorded|This could not be|There is nobody|This request is no longer)/u;

/** The words of a window that say what happened; null when it only asks. */
export function wordsOfWindow(
  text: string,
): { readonly words: string } | { readonly unknown: string } | null {
  const [title = '', ...lines] = text.split('\n');
  const kind = WINDOWS[title];
  if (kind === undefined) return { unknown: `a window called “${title}”` };
  if (kind === 'asks' && !ANSWERS.test(lines[0] ?? '')) return null;
  return { words: lines.filter((line) => !BUTTONS.includes(line)).join('\n') };
}

const BUTTONS = ['Close', 'Cancel', 'Go back', 'Decide later'];
