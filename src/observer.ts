import { Counter, Histogram, type Registry } from 'prom-client';
import { isFinal } from './removal/change.js';
import type { Observer, Transition } from './removal/ports.js';

const ANSWER_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 300];
const PROOF_BUCKETS = [1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

/**
 * Counts what happens to removals, and apart from them to additions (Add back), from each written transition and
 * whichever path led to it. Labels are closed sets: no handle, no id of a person, chat or request.
 */
export function createObserver(registers: Registry[], now: () => Date): Observer {
  const { removals, additions, answer, proof, retries, provenLate, fallbacks } = metricsIn(registers);

  function countEnd({ before, after }: Transition): void {
    if (!isFinal(after.status)) return;
    if (before && isFinal(before.status)) {
      if (after.status === 'done' && before.status !== 'done') provenLate.inc({ direction: after.direction });
      return;
    }
    if (after.direction === 'add') additions.inc({ status: after.status === 'done' ? 'back' : after.status });
    else removals.inc({ status: after.status === 'done' ? 'removed' : after.status });
  }

  /** Of removals alone: Add back would blur how long people wait for one. */
  function time({ before, after }: Transition): void {
    if (after.direction === 'add') return;
    const isSending = after.status === 'sending';
    const wasSending = before?.status === 'sending';
    const sinceApproval = (now().getTime() - after.approvedAt.getTime()) / 1_000;
    if (wasSending && !isSending && before.attempts === 1) answer.observe(sinceApproval);
    if (isSending && !wasSending && after.attempts > 1) retries.inc();
    if (after.status === 'done' && before?.status !== 'done') proof.observe(sinceApproval);
  }

  return {
    transition(transition) {
      countEnd(transition);
      time(transition);
    },
    rerouted: (route) => fallbacks.inc({ route }),
  };
}

function metricsIn(registers: Registry[]) {
  return {
    removals: new Counter({
      name: 'linq_remove_removals_total',
      help: 'Removals that reached a final status.',
      labelNames: ['status'],
      registers,
    }),
    additions: new Counter({
      name: 'linq_remove_additions_total',
      help: 'Additions (Add back) that reached a final status.',
      labelNames: ['status'],
      registers,
    }),
    provenLate: new Counter({
      name: 'linq_remove_proven_late_total',
      help: 'Changes proven after they had ended otherwise; the message was corrected.',
      labelNames: ['direction'],
      registers,
    }),
    answer: new Histogram({
      name: 'linq_remove_answer_seconds',
      help: "From approval to Linq's first answer about a removal.",
      buckets: ANSWER_BUCKETS,
      registers,
    }),
    proof: new Histogram({
      name: 'linq_remove_proof_seconds',
      help: 'From approval to the proof that somebody is out.',
      buckets: PROOF_BUCKETS,
      registers,
    }),
    retries: new Counter({
      name: 'linq_remove_retries_total',
      help: 'Removals that Linq put off and that are sent again later, and unanswered ones sent again.',
      registers,
    }),
    fallbacks: new Counter({
      name: 'linq_remove_posting_fallbacks_total',
      help: 'Outcomes that could not be told in the channel, by the way taken instead.',
      labelNames: ['route'],
      registers,
    }),
  };
}
