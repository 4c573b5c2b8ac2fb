import type { Log } from './ports.js';
import type { ProposalStore } from './proposal.js';

const AT_ONCE = 20;

/** Ends what nobody decided in time. Part of the loop. */
export function createExpiry({
  proposals,
  log,
  now,
}: {
  readonly proposals: Pick<ProposalStore, 'overdueProposals' | 'decide'>;
  readonly log: Log;
  readonly now: () => Date;
}) {
  return {
    /** Resolves with how many ended. Rejects when the store does not answer. */
    async tick(): Promise<number> {
      let ended = 0;
      for (;;) {
        const overdue = await proposals.overdueProposals(now(), AT_ONCE);
        for (const subject of overdue) {
          const isOurs = await proposals.decide(subject, { kind: 'expired', at: now() });
          if (isOurs) ended += 1;
          if (isOurs)
            log.info({ request: subject.request.id }, 'Nobody approved in time; nothing was removed');
        }
        if (overdue.length < AT_ONCE) return ended;
      }
    },
  };
}
