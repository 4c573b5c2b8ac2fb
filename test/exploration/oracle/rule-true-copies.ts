import { decisionIn } from './decision.js';
import type { Told } from './evidence.js';
import type { Meaning } from './meanings.js';
import { mayBeOf } from './told-of.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';

/**
 * Rule 1, for the messages that ask approvers apart from the conversation of the command: each ends with the same
 * decision as the message that tells of the request, and can be decided from as long as it says that it waits.
 */
export const copiesAreTrue: Rule = (found) =>
  found.wishes
    .flatMap(({ copies }) => copies)
    .flatMap((copy) => [...disagrees(found, copy), ...hasWrongButton(found, copy)]);

/** Of two requests for the same, either may be the one that the copy is about. */
function disagrees(found: Case, copy: Told): readonly Violation[] {
  const said = decisionIn(copy.states.slice(-1));
  if (said === null || copy.isDeleted) return [];
  const decisions = mayBeOf(copy, found.wishes).map(decisionOf);
  if (decisions.some((decision) => decision === null || decision === said)) return [];
  const words = `a copy ends with “${said}”, and the message with “${decisions.join('”, “')}”`;
  return [{ kind: 'two endings', words }];
}

/** Null where nothing that people see tells of it any more. */
function decisionOf({ message, others }: Wish): string | null {
  if (!message || message.isDeleted) return null;
  // Which of two requests for the same a later word is about, it does not say: the message itself comes first.
  return decisionIn(message.states) ?? decisionIn(others.flatMap(({ states }) => states));
}

const waits = ({ meaning }: { readonly meaning: Meaning }) => meaning === 'waits for approval';

function hasWrongButton(found: Case, { states }: Told): readonly Violation[] {
  const wrong = states.find(({ text, statements }) => /^Review$/mu.test(text) !== statements.some(waits));
  if (!wrong) return [];
  const words = `at ${clock(found, wrong.at)}: ${wrong.text.slice(0, 200)}`;
  return [{ kind: 'asked without a button, or a button without a question', words }];
}
