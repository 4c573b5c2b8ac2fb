import type { AccessConfig, People } from '../../config.js';
import type { History } from '../../removal/history.js';
import type { Log } from '../../removal/ports.js';
import type { Asking } from './asking.js';
import { mayRemove, questionsFor, type Refusal, refusedAtOnce } from './rules.js';
import { mentions, refusalSentence } from './sentences.js';

/** Somebody is about to do something: who, where it was or will be told, and about what as far as it is known. */
export interface Attempt {
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
  atOnce(attempt: Attempt): Refused;
  /** Whether this person may remove here now. Whatever Slack cannot answer refuses. */
  check(attempt: Attempt): Promise<Refused>;
  /** Whether this person may decide what `requestedBy` asked for. */
  checkApprover(attempt: Attempt, requestedBy: string): Promise<Refused>;
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
  function record(attempt: Attempt, reason: string): void {
    const { by, ...about } = attempt;
    log.warn({ user: by, channel: attempt.channelId, reason }, 'Somebody was refused');
    const entry = { ...about, at: now(), kind: 'access-refused', requestedBy: by, reason } as const;
    const nothing = {
      removalId: null,
      decidedBy: null,
      chatName: null,
      note: null,
      shown: null,
      traceId: null,
    };
    const done = history
      .record({ ...entry, ...nothing })
      .catch((error: unknown) => log.error({ err: error }, 'A refusal could not be recorded'))
      .finally(() => recording.delete(done));
    recording.add(done);
  }

  function refuse(attempt: Attempt, refusal: Refusal, by: AccessConfig): Refused {
    record(attempt, reasonOf(refusal));
    if (refusal.rule === 'cannot-tell')
      log.warn({ ...refusal.why, about: refusal.about }, 'Slack could not tell');
    return { sentence: refusalSentence(refusal, attempt.by, by) };
  }

  async function judge(attempt: Attempt, by: AccessConfig): Promise<Refused> {
    const { by: userId, channelId } = attempt;
    const refusal =
      refusedAtOnce(userId, channelId, by) ?? mayRemove(...(await facts(userId, channelId, by)), by);
    return refusal && refuse(attempt, refusal, by);
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

  return {
    atOnce(attempt) {
      const refusal = refusedAtOnce(attempt.by, attempt.channelId, rules);
      return refusal && refuse(attempt, refusal, rules);
    },
    check: (attempt) => judge(attempt, rules),
    async checkApprover(attempt, requestedBy) {
      if (attempt.by === requestedBy || isEmpty(approvers)) {
        record(attempt, attempt.by === requestedBy ? 'own-request' : 'no-approvers');
        return { sentence: notYours(approvers, requestedBy) };
      }
      return judge(attempt, { ...rules, allowed: approvers });
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

function isEmpty({ users, groups }: People): boolean {
  return users.length + groups.length === 0;
}

function notYours(approvers: People, requestedBy: string): string {
  const others = mentions(approvers, requestedBy);
  return others
    ? `Somebody else has to decide this: nobody approves their own request. Nothing was removed. Please ask ${others}.`
    : "Nobody is named who may approve this. Nothing was removed. Please tell the app's owner: APPROVERS names them.";
}
