import type { State } from './evidence.js';
import type { Meaning } from './meanings.js';

const ENDS: readonly Meaning[] = ['declined', 'expired', 'withdrawn', 'undelivered'];

/** What these say that approvers decided, or that nobody did; null as long as it waits. */
export function decisionIn(states: readonly State[]): string | null {
  const all = states.flatMap(({ statements }) => statements);
  const end = all.findLast(({ meaning }) => ENDS.includes(meaning))?.meaning;
  if (end) return end;
  return states.some(isApproved) ? 'approved' : null;
}

const isApproved = ({ text, statements }: State) => /approved by @/iu.test(text) && !statements.some(waits);
const waits = ({ meaning }: { readonly meaning: Meaning }) => meaning === 'waits for approval';
