import type { Change, Proof } from '../../removal/change.js';
import type { HistoryRecord } from '../../removal/history.js';

/** When what happened to a change; null: it did not, or is not known any more. */
export interface Milestones {
  readonly approved: Date;
  /** The last call. */
  readonly sent: Date | null;
  readonly accepted: Date | null;
  readonly ended: Date | null;
  readonly proof: Proof | null;
}

export const PROOF_WORDS: Record<Proof, string> = {
  roster: 'the member list',
  event: 'Linq’s event',
};

/** The times stand with the change and in the history, which has each status once. */
export function milestonesOf(change: Change, records: readonly HistoryRecord[]): Milestones {
  const { id, approvedAt, sentAt, settledAt, provenBy } = change;
  const accepted = records.find(
    ({ changeId, kind }) => changeId === id && (kind === 'queued' || kind === 'add-queued'),
  );
  return {
    approved: approvedAt,
    sent: sentAt,
    accepted: accepted?.at ?? null,
    ended: settledAt,
    proof: provenBy,
  };
}
