import type { History } from '../../removal/history.js';
import type { Log } from '../../removal/ports.js';
import type { AccessConfig } from './access-config.js';
import type { AccessCheck } from './check.js';
import type { Refusal } from './rules.js';
import { refusalSentence } from './sentences.js';

/** Null: go on. Otherwise by which rule not, and what the person reads instead, in mrkdwn. */
export type Refused = { readonly rule: Rule; readonly sentence: string } | null;

type Rule = Refusal['rule'] | 'own-request' | 'asker' | 'no-approvers' | 'not-asker' | 'limit';

export interface RefusalDeps {
  readonly history: Pick<History, 'record'>;
  readonly log: Log;
  readonly now: () => Date;
}

/** Refusals, each of which is kept in the history and the log. */
export interface Refusals {
  /** In the words of the rule. `notDone` is what certainly did not happen. */
  refuse(check: AccessCheck, refusal: Refusal, rules: AccessConfig, notDone?: string): Refused;
  /** In words of its own. */
  refuseWith(check: AccessCheck, rule: Rule, sentence: string): Refused;
  /** Settles when every refusal is in the history. */
  idle(): Promise<void>;
}

export function createRefusals({ history, log, now }: RefusalDeps): Refusals {
  const recording = new Set<Promise<void>>();

  /** The person does not wait for it: a slow store must not keep a refusal from them. */
  function note(check: AccessCheck, reason: string): void {
    log.warn({ user: check.by, channel: check.channelId, reason }, 'A person was refused');
    const done = history
      .record([entryOf(check, reason, now())])
      .catch((error: unknown) => log.error({ err: error }, 'A refusal could not be recorded'))
      .finally(() => recording.delete(done));
    recording.add(done);
  }

  return {
    refuse(check, refusal, rules, notDone) {
      note(check, reasonOf(refusal));
      if (refusal.rule === 'cannot-tell')
        log.warn({ ...refusal.why, about: refusal.about }, 'Slack could not tell');
      return { rule: refusal.rule, sentence: refusalSentence(refusal, check.by, rules, notDone) };
    },
    refuseWith(check, rule, sentence) {
      note(check, rule);
      return { rule, sentence };
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

function entryOf({ by, ...about }: AccessCheck, reason: string, at: Date) {
  return {
    ...about,
    at,
    kind: 'access-refused',
    requestedBy: by,
    reason,
    changeId: null,
    decidedBy: null,
    chatName: null,
    note: null,
    shown: null,
    traceId: null,
  } as const;
}
