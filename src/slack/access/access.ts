import type { Direction } from '../../removal/request.js';
import type { AccessConfig, People } from './access-config.js';
import type { Asking } from './asking.js';
import { type BrakeDeps, type Brakes, createBrakes } from './brakes.js';
import type { AccessCheck } from './check.js';
import { createRefusals, type RefusalDeps, type Refused } from './refusals.js';
import { mayRemove, questionsFor, refusedAtOnce, type Verdict } from './rules.js';
import { askerSentence, earlierApproverSentence, notTheirOwn } from './sentences.js';

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
  /**
   * Which of these people may not approve any more, asked when another approves; or why it cannot be told. `check` is
   * about that other one.
   */
  lapsedApprovers(check: AccessCheck, userIds: readonly string[], notDone: string): Promise<Lapsed>;
  /**
   * Whether the person who asked still may: asked when another person approves, for `check` is about that one. An
   * approver may ask for people to be added back.
   */
  checkAsker(
    check: AccessCheck,
    requestedBy: string,
    direction: Direction,
    notDone: string,
  ): Promise<Refused>;
  /** Who this is, the same for every spelling of the ID; the ID itself where Slack does not say now. */
  personBehind(userId: string): Promise<string>;
  /** Whether this person may end a pause: the same people as may begin one, and every check counts. */
  checkResume(check: AccessCheck): Promise<Refused>;
  /** A person has had as many removed alone as one may in an hour: kept like every refusal. */
  noteBeyondLimit(check: AccessCheck, sentence: string): void;
  /** Settles when every refusal is in the history. */
  idle(): Promise<void>;
}

export type Lapsed =
  | { readonly ok: true; readonly lapsed: readonly string[] }
  | { readonly ok: false; readonly sentence: string };

export interface AccessDeps extends RefusalDeps, BrakeDeps {
  readonly asking: Asking;
  readonly viewers: People;
}

const NOTHING_SHOWN = 'Nothing is shown.';
const NOTHING_RESUMED = 'Nothing was resumed.';

export function createAccess({ rules, approvers, viewers, asking, ...deps }: AccessDeps): Access {
  const refusals = createRefusals(deps);

  async function judge(check: AccessCheck, by: AccessConfig, notDone?: string): Promise<Refused> {
    const refusal = await refusalOf(check.by, check.channelId, by);
    return refusal && refusals.refuse(check, refusal, by, notDone);
  }

  async function refusalOf(userId: string, channelId: string | null, by: AccessConfig): Promise<Verdict> {
    return refusedAtOnce(userId, channelId, by) ?? mayRemove(...(await facts(userId, channelId, by)), by);
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

  async function personBehind(userId: string): Promise<string> {
    const answer = await asking.person(userId);
    return answer.ok ? answer.value.person : userId;
  }

  async function isSamePerson(a: string, b: string): Promise<boolean> {
    if (a === b) return true;
    const [one, other] = await Promise.all([a, b].map(personBehind));
    return one === other;
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
      judge(check, { ...rules, allowed: withOthers(rules.allowed, viewers) }, NOTHING_SHOWN),
    async checkApprover(check, requestedBy, notDone) {
      const isOwn = await isSamePerson(check.by, requestedBy);
      if (!isOwn && isAnyoneNamed) return judge(check, { ...rules, allowed: approvers }, notDone);
      const sentence = notTheirOwn(approvers, requestedBy, notDone);
      return refusals.refuseWith(check, isOwn ? 'own-request' : 'no-approvers', sentence);
    },
    async lapsedApprovers(check, userIds, notDone) {
      const by = { ...rules, allowed: approvers };
      const lapsed: string[] = [];
      for (const userId of userIds) {
        const refusal = await refusalOf(userId, check.channelId, by);
        if (refusal?.rule === 'cannot-tell')
          return { ok: false, sentence: earlierApproverSentence(refusal, userId, notDone) };
        if (refusal) lapsed.push(userId);
      }
      return { ok: true, lapsed };
    },
    async checkAsker(check, requestedBy, direction, notDone) {
      const allowed = direction === 'add' ? withOthers(rules.allowed, approvers) : rules.allowed;
      const refusal = await refusalOf(requestedBy, check.channelId, { ...rules, allowed });
      if (!refusal) return null;
      return refusals.refuseWith(check, 'asker', askerSentence(refusal, requestedBy, direction, notDone));
    },
    personBehind,
    checkResume: (check) =>
      judge(check, isAnyoneNamed ? { ...rules, allowed: approvers } : rules, NOTHING_RESUMED),
    noteBeyondLimit: (check, sentence) => void refusals.refuseWith(check, 'limit', sentence),
    idle: refusals.idle,
  };
}

/** Lists that name nobody let everybody in, and adding to them would keep people out. */
function withOthers({ users, groups }: People, others: People): People {
  if (users.length + groups.length === 0) return { users, groups };
  return { users: [...users, ...others.users], groups: [...groups, ...others.groups] };
}
