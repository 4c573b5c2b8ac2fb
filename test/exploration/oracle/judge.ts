import type { Played } from '../player.js';
import { gather } from './evidence.js';
import { brakesHold } from './rule-brakes.js';
import { wordsStayAtHome } from './rule-disclosure.js';
import { logsAreDiscreet } from './rule-discreet.js';
import { everythingEnds } from './rule-ends.js';
import { peopleDoNotWait } from './rule-prompt.js';
import { peopleAreReminded } from './rule-reminders.js';
import { repeatsAreJustified } from './rule-repeats.js';
import { answersAreTrue } from './rule-true-answers.js';
import { copiesAreTrue } from './rule-true-copies.js';
import { decisionsAreTrue } from './rule-true-decisions.js';
import { messagesAreTrue } from './rule-true-messages.js';
import { stopsAreTrue } from './rule-true-stops.js';
import { waitsAreKept } from './rule-waits.js';
import { findTruth } from './truth.js';
import type { Case, Rule, Violation } from './violation.js';
import { findWishes } from './wishes.js';

const RULES: readonly Rule[] = [
  messagesAreTrue,
  answersAreTrue,
  decisionsAreTrue,
  stopsAreTrue,
  copiesAreTrue,
  peopleAreReminded,
  everythingEnds,
  repeatsAreJustified,
  brakesHold,
  waitsAreKept,
  peopleDoNotWait,
  logsAreDiscreet,
  wordsStayAtHome,
];

/** Every promise that a played story broke; none when all held. */
export async function judge(played: Played): Promise<readonly Violation[]> {
  const evidence = gather(played);
  const found: Case = { ...evidence, truth: findTruth(evidence), wishes: findWishes(evidence) };
  const broken = await Promise.all(RULES.map((rule) => rule(found)));
  const unknown = evidence.unknown.map((sentence) => ({
    kind: 'a sentence that the oracle does not know',
    words: sentence,
  }));
  return [...unknown, ...broken.flat()];
}
