import type { Request } from '../../removal/request.js';
import type { AccessConfig, People } from './access-config.js';
import type { Asking } from './asking.js';
import type { AccessCheck } from './check.js';
import type { Refusals, Refused } from './refusals.js';
import { type Asked, mayEverybody } from './rules.js';
import { notTheirOwn, onlyAskerStops } from './sentences.js';

/**
 * Who may keep removals from happening. A brake must work when the checks that guard a removal cannot be made: who
 * pressed stands under Slack's signature, and the lists name people by the same IDs. Only a group has to be asked
 * about, and there the last answer counts where Slack has none now.
 */
export interface Brakes {
  /**
   * Asks who is in the groups of approvers, so that there is a last answer when Slack has none at the first press. The
   * groups of those who may use the app are asked about with every command. Never rejects.
   */
  learnGroups(): Promise<void>;
  /** Whether this person may stop that request. */
  checkStop(check: AccessCheck, request: Pick<Request, 'requestedBy' | 'approvedBy'>): Promise<Refused>;
  /** Whether this person may decline what `requestedBy` asked for. */
  checkDecline(check: AccessCheck, requestedBy: string): Promise<Refused>;
  /** The same, without a word in the history: whether to offer it. */
  mayDecline(check: AccessCheck, requestedBy: string): Promise<boolean>;
  /** Whether this person asked for it: by their ID alone, or by another spelling of it where Slack tells. */
  isAsker(userId: string, requestedBy: string): Promise<boolean>;
  /** Whether this person may pause sending: an approver, or where none is named everybody who may use the app. */
  checkPause(check: AccessCheck): Promise<Refused>;
}

export interface BrakeDeps {
  readonly rules: AccessConfig;
  readonly approvers: People;
  readonly asking: Pick<Asking, 'isOrWasInGroup' | 'membersOf' | 'person'>;
}

const NOTHING_STOPPED = 'Nothing was stopped.';
const NOTHING_DECLINED = 'Nothing was declined.';
const NOTHING_PAUSED = 'Nothing was paused.';

export function createBrakes({ rules, approvers, asking }: BrakeDeps, refusals: Refusals): Brakes {
  const isApprover = (userId: string) => isAmong(userId, approvers);

  async function isAmong(userId: string, { users, groups }: People): Promise<Asked<boolean>> {
    if (users.includes(userId)) return { ok: true, value: true };
    const answer =
      groups.length === 0
        ? ({ ok: true, value: false } as const)
        : await asking.isOrWasInGroup(userId, groups);
    if (answer.ok && answer.value) return answer;
    return users.includes(await personBehind(userId)) ? { ok: true, value: true } : answer;
  }

  /** Asked only where the ID itself is not enough: a person may have two (see `rules.ts`). */
  async function personBehind(userId: string): Promise<string> {
    const answer = await asking.person(userId);
    return answer.ok ? answer.value.person : userId;
  }

  async function isOneOf(userId: string, people: readonly string[]): Promise<boolean> {
    if (people.includes(userId)) return true;
    const [person, ...others] = await Promise.all([userId, ...people].map(personBehind));
    return person !== undefined && others.includes(person);
  }

  function cannotTell(check: AccessCheck, { why }: Asked<boolean> & { ok: false }, notDone: string): Refused {
    return refusals.refuse(check, { rule: 'cannot-tell', about: 'group', why }, rules, notDone);
  }

  return {
    async learnGroups() {
      await Promise.all(approvers.groups.map(asking.membersOf));
    },

    async checkStop(check, { requestedBy, approvedBy }) {
      if (check.by === requestedBy || approvedBy.includes(check.by)) return null;
      const answer = await isApprover(check.by);
      if (answer.ok && answer.value) return null;
      if (await isOneOf(check.by, [requestedBy, ...approvedBy])) return null;
      if (!answer.ok) return cannotTell(check, answer, NOTHING_STOPPED);
      return refusals.refuseWith(check, 'not-asker', onlyAskerStops(requestedBy));
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

    isAsker: (userId, requestedBy) => isOneOf(userId, [requestedBy]),

    async checkPause(check) {
      const named = [approvers, rules.allowed].find(({ users, groups }) => users.length + groups.length > 0);
      if (!named) {
        const refusal = mayEverybody(await asking.person(check.by), rules);
        return refusal && refusals.refuse(check, refusal, rules, NOTHING_PAUSED);
      }
      const answer = await isAmong(check.by, named);
      if (!answer.ok) return cannotTell(check, answer, NOTHING_PAUSED);
      if (answer.value) return null;
      return refusals.refuse(check, { rule: 'person' }, { ...rules, allowed: named }, NOTHING_PAUSED);
    },
  };
}
