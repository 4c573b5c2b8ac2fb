import type { Request } from '../../removal/request.js';
import type { AccessConfig, People } from './access-config.js';
import type { Asking } from './asking.js';
import type { AccessCheck } from './check.js';
import type { Refusals, Refused } from './refusals.js';
import type { Asked } from './rules.js';
import { notTheirOwn, onlyAskerStops } from './sentences.js';

/**
 * Who may keep a removal from happening. A brake must work when the checks that guard a removal cannot be made: who
 * pressed stands under Slack's signature, and the lists name people by the same IDs. Only a group has to be asked
 * about, and there the last answer counts where Slack has none now.
 */
export interface Brakes {
  /** Whether this person may stop that request. */
  checkStop(check: AccessCheck, request: Pick<Request, 'requestedBy' | 'approvedBy'>): Promise<Refused>;
  /** Whether this person may decline what `requestedBy` asked for. */
  checkDecline(check: AccessCheck, requestedBy: string): Promise<Refused>;
  /** The same, without a word in the history: whether to offer it. */
  mayDecline(check: AccessCheck, requestedBy: string): Promise<boolean>;
}

export interface BrakeDeps {
  readonly rules: AccessConfig;
  readonly approvers: People;
  readonly asking: Pick<Asking, 'isOrWasInGroup'>;
}

const NOTHING_STOPPED = 'Nothing was stopped.';
const NOTHING_DECLINED = 'Nothing was declined.';

export function createBrakes({ rules, approvers, asking }: BrakeDeps, refusals: Refusals): Brakes {
  async function isApprover(userId: string): Promise<Asked<boolean>> {
    if (approvers.users.includes(userId)) return { ok: true, value: true };
    if (approvers.groups.length === 0) return { ok: true, value: false };
    return asking.isOrWasInGroup(userId, approvers.groups);
  }

  function cannotTell(check: AccessCheck, { why }: Asked<boolean> & { ok: false }, notDone: string): Refused {
    return refusals.refuse(check, { rule: 'cannot-tell', about: 'group', why }, rules, notDone);
  }

  return {
    async checkStop(check, { requestedBy, approvedBy }) {
      if (check.by === requestedBy || approvedBy.includes(check.by)) return null;
      const answer = await isApprover(check.by);
      if (!answer.ok) return cannotTell(check, answer, NOTHING_STOPPED);
      return answer.value ? null : refusals.refuseWith(check, 'not-asker', onlyAskerStops(requestedBy));
    },

    async checkDecline(check, requestedBy) {
      if (check.by === requestedBy) {
        const sentence = notTheirOwn(approvers, requestedBy, NOTHING_DECLINED);
        return refusals.refuseWith(check, 'own-request', sentence);
      }
      const answer = await isApprover(check.by);
      if (!answer.ok) return cannotTell(check, answer, NOTHING_DECLINED);
      if (answer.value) return null;
      return refusals.refuse(check, { rule: 'person' }, { ...rules, allowed: approvers }, NOTHING_DECLINED);
    },

    async mayDecline(check, requestedBy) {
      if (check.by === requestedBy) return false;
      const answer = await isApprover(check.by);
      return answer.ok && answer.value;
    },
  };
}
