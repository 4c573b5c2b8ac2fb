import type { OverLimit } from '../../removal/limit.js';
import { plain, section } from '../blocks/blocks.js';
import type { Answer } from '../guard/answer-in-time.js';

const MINUTE_MS = 60_000;

/** Without approvers: what happened, and from when on it is possible. In plain text. */
export function tooManyAlone(over: OverLimit, now: Date): string {
  return `${wordsOf(over)} Nothing was removed by this step. ${whatNow(over, now)}`;
}

/** With approvers: the same window as for every request that waits, and why this one does. */
export function becauseOfLimit(answer: Answer, over: OverLimit): Answer {
  if (!('view' in answer)) return answer;
  const { view } = answer;
  const why = section(plain(`${wordsOf(over)} Beyond that a removal needs somebody else's approval.`));
  return { view: { ...view, blocks: [why, ...view.blocks] } };
}

function wordsOf({ rule, limit, already }: OverLimit): string {
  const done = already === 1 ? '1 removal was' : `${already} removals were`;
  if (rule === 'bulkAbove')
    return `Up to ${limit} removals within an hour need nobody else (APPROVAL_BULK_ABOVE), and you asked for ${already} in the last one.`;
  return `One person may have ${limit} people removed within an hour (REMOVALS_PER_HOUR), and ${done} recorded for you in the last one.`;
}

function whatNow({ freeAt, limit }: OverLimit, now: Date): string {
  if (!freeAt) return `Choose ${limit} at most, or ask the app's owner.`;
  const minutes = Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / MINUTE_MS));
  return `Please press the button again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or ask somebody else.`;
}
