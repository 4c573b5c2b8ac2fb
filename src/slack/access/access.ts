import type { History } from '../../removal/history.js';
import type { Log } from '../../removal/ports.js';
import { escapeMrkdwn } from '../blocks/text.js';
import type { AccessConfig, People } from './access-config.js';
import type { Asking } from './asking.js';
import { mayRemove, questionsFor, type Refusal, refusedAtOnce } from './rules.js';
import { mentions, refusalSentence } from './sentences.js';

/** What is about to be done: by whom, where it was or will be told, and about what as far as it is known. */
export interface AccessCheck {
  readonly by: string;
  readonly teamId: string;
  readonly channelId: string;
  readonly requestId: string | null;
  readonly chatId: string | null;
  readonly handle: string | null;
}

/** Null: go on. Otherwise what the person reads instead, in mrkdwn. */
export type Refused = { readonly sentence: string } | null;

/** The only gate in front of every customer chat: asked at the command, at each submission and at each button. */
export interface Access {
  /** What the lists refuse without asking anybody. Null says nothing yet: `check` does. */
  atOnce(check: AccessCheck): Refused;
  /** Whether this person may remove here now. Whatever Slack cannot answer refuses. */
  check(check: AccessCheck): Promise<Refused>;
  /**
   * Whether this person may stop what `requestedBy` asked for. Never depends on a question that Slack may leave open: the
   * asker and approvers listed by ID are known from the payload that Slack signed, of groups the last answer counts.
   */
  checkStop(check: AccessCheck, requestedBy: string): Promise<Refused>;
  /** Whether this person may decide what `requestedBy` asked for. */
  checkApprover(check: AccessCheck, requestedBy: string): Promise<Refused>;
  /** Whether this person may decline it. A brake too: for approvers it depends on no question, as with `checkStop`. */
  checkDecline(check: AccessCheck, requestedBy: string): Promise<Refused>;
  /** Settles when every refusal is in the history. */
  idle(): Promise<void>;
}

export interface AccessDeps {
  readonly rules: AccessConfig;
  readonly approvers: People;
  readonly asking: Asking;
  readonly history: Pick<History, 'record'>;
  readonly log: Log;
  readonly now: () => Date;
}

export function createAccess({ rules, approvers, asking, history, log, now }: AccessDeps): Access {
  const recording = new Set<Promise<void>>();

  /** Nobody waits for it: a slow store must not keep a refusal from the person. */
  function record(check: AccessCheck, reason: string): void {
    const { by, ...about } = check;
    log.warn({ user: by, channel: check.channelId, reason }, 'Access was refused');
    const entry = { ...about, at: now(), kind: 'access-refused', requestedBy: by, reason } as const;
    const nothing = {
      changeId: null,
      decidedBy: null,
      chatName: null,
      note: null,
      shown: null,
      traceId: null,
    };
    const done = history
      .record([{ ...entry, ...nothing }])
      .catch((error: unknown) => log.error({ err: error }, 'A refusal could not be recorded'))
      .finally(() => recording.delete(done));
    recording.add(done);
  }

  function refuse(check: AccessCheck, refusal: Refusal, by: AccessConfig): Refused {
    record(check, reasonOf(refusal));
    if (refusal.rule === 'cannot-tell')
      log.warn({ ...refusal.why, about: refusal.about }, 'Slack could not tell');
    return { sentence: refusalSentence(refusal, check.by, by) };
  }

  async function judge(check: AccessCheck, by: AccessConfig): Promise<Refused> {
    const { by: userId, channelId } = check;
    const refusal =
      refusedAtOnce(userId, channelId, by) ?? mayRemove(...(await facts(userId, channelId, by)), by);
    return refusal && refuse(check, refusal, by);
  }

  /** All questions at once: their answers take as long as the slowest. */
  async function facts(userId: string, channelId: string, by: AccessConfig) {
    const asked = questionsFor(userId, by);
    const [person, isInGroup, conversation] = await Promise.all([
      asked.person ? asking.person(userId) : null,
      asked.group ? asking.isInGroup(userId, by.allowed.groups) : null,
      asked.conversation ? asking.conversation(channelId) : null,
    ]);
    return [
      { id: userId, facts: person, isInGroup },
      { id: channelId, facts: conversation },
    ] as const;
  }

  async function wasApprover(userId: string): Promise<boolean> {
    if (approvers.users.includes(userId)) return true;
    return approvers.groups.length > 0 && asking.wasInGroup(userId, approvers.groups);
  }

  async function checkApprover(check: AccessCheck, requestedBy: string): Promise<Refused> {
    if (check.by === requestedBy || isEmpty(approvers)) {
      record(check, check.by === requestedBy ? 'own-request' : 'no-approvers');
      return { sentence: notYours(approvers, requestedBy) };
    }
    return judge(check, { ...rules, allowed: approvers });
  }

  return {
    atOnce(check) {
      const refusal = refusedAtOnce(check.by, check.channelId, rules);
      return refusal && refuse(check, refusal, rules);
    },
    check: (check) => judge(check, rules),
    async checkStop(check, requestedBy) {
      if (check.by === requestedBy || (await wasApprover(check.by))) return null;
      record(check, 'stop');
      return { sentence: onlyTheyStop(requestedBy) };
    },
    checkApprover,
    async checkDecline(check, requestedBy) {
      if (check.by !== requestedBy && (await wasApprover(check.by))) return null;
      return checkApprover(check, requestedBy);
    },
    async idle() {
      await Promise.all(recording);
    },
  };
}

/** As the history keeps it: `guest`, or `cannot-tell:group:no-groups`. */
function reasonOf(refusal: Refusal): string {
  if (refusal.rule !== 'cannot-tell') return refusal.rule;
  return [refusal.rule, refusal.about, refusal.why.kind].join(':');
}

function onlyTheyStop(requestedBy: string): string {
  return `Only <@${escapeMrkdwn(requestedBy)}>, or somebody who may approve removals, can stop this.`;
}

function isEmpty({ users, groups }: People): boolean {
  return users.length + groups.length === 0;
}

function notYours(approvers: People, requestedBy: string): string {
  const others = mentions(approvers, requestedBy);
  return others
    ? `Somebody else has to decide this: nobody approves their own request. Nothing was removed. Please ask ${others}.`
    : "Nobody is named who may approve this. Nothing was removed. Please tell the app's owner: APPROVERS names them.";
}
