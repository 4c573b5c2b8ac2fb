import type { AccessConfig, People } from './access-config.js';
import type { Asking } from './asking.js';
import { type BrakeDeps, type Brakes, createBrakes } from './brakes.js';
import type { AccessCheck } from './check.js';
import { createRefusals, type RefusalDeps, type Refused } from './refusals.js';
import { mayRemove, questionsFor, refusedAtOnce } from './rules.js';
import { notTheirOwn } from './sentences.js';

/**
 * The only gate in front of every customer chat: asked at the command, at each submission and at each button.
 * `notDone` is what certainly did not happen, for the words of a refusal.
 */
export interface Access extends Brakes {
  /** What the lists refuse without asking anybody. Null says nothing yet: `check` does. */
  atOnce(check: AccessCheck): Refused;
  /** Whether this person may remove here now. Whatever Slack cannot answer refuses. */
  check(check: AccessCheck, notDone?: string): Promise<Refused>;
  /** Whether this person may look back from here: those who may remove, and those who see everything. */
  checkLook(check: AccessCheck): Promise<Refused>;
  /** Whether this person may approve what `requestedBy` asked for. */
  checkApprover(check: AccessCheck, requestedBy: string, notDone?: string): Promise<Refused>;
  /** Settles when every refusal is in the history. */
  idle(): Promise<void>;
}

export interface AccessDeps extends RefusalDeps, BrakeDeps {
  readonly asking: Asking;
  readonly viewers: People;
}

const NOTHING_SHOWN = 'Nothing is shown.';

export function createAccess({ rules, approvers, viewers, asking, ...deps }: AccessDeps): Access {
  const refusals = createRefusals(deps);

  async function judge(check: AccessCheck, by: AccessConfig, notDone?: string): Promise<Refused> {
    const { by: userId, channelId } = check;
    const refusal =
      refusedAtOnce(userId, channelId, by) ?? mayRemove(...(await facts(userId, channelId, by)), by);
    return refusal && refusals.refuse(check, refusal, by, notDone);
  }

  /** All questions at once: their answers take as long as the slowest. */
  async function facts(userId: string, channelId: string | null, by: AccessConfig) {
    const asked = questionsFor(userId, channelId, by);
    const [person, isInGroup, conversation] = await Promise.all([
      asking.person(userId),
      asked.group ? asking.isInGroup(userId, by.allowed.groups) : null,
      asked.conversation && channelId !== null ? asking.conversation(channelId) : null,
    ]);
    return [
      { id: userId, facts: person, isInGroup },
      { id: channelId, facts: conversation },
    ] as const;
  }

  const isAnyoneNamed = approvers.users.length + approvers.groups.length > 0;

  return {
    ...createBrakes({ rules, approvers, asking }, refusals),
    atOnce(check) {
      const refusal = refusedAtOnce(check.by, check.channelId, rules);
      return refusal && refusals.refuse(check, refusal, rules);
    },
    check: (check, notDone) => judge(check, rules, notDone),
    checkLook: (check) =>
      judge(check, { ...rules, allowed: alsoViewers(rules.allowed, viewers) }, NOTHING_SHOWN),
    async checkApprover(check, requestedBy, notDone) {
      const isOwn = check.by === requestedBy;
      if (!isOwn && isAnyoneNamed) return judge(check, { ...rules, allowed: approvers }, notDone);
      const sentence = notTheirOwn(approvers, requestedBy, notDone);
      return refusals.refuseWith(check, isOwn ? 'own-request' : 'no-approvers', sentence);
    },
    idle: refusals.idle,
  };
}

/** Lists that name nobody let everybody in, and adding to them would keep people out. */
function alsoViewers({ users, groups }: People, viewers: People): People {
  if (users.length + groups.length === 0) return { users, groups };
  return { users: [...users, ...viewers.users], groups: [...groups, ...viewers.groups] };
}
