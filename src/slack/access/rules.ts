import type { AccessConfig } from './access-config.js';

/** What Slack said when it was asked, or why there is no answer to go by. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Unanswered };

export type Unanswered =
  | { readonly kind: 'missing-scope'; readonly scope: string }
  /** The app is not in the conversation, so Slack does not tell it anything about it. */
  | { readonly kind: 'unseen' }
  /** The workspace's plan has no user groups. */
  | { readonly kind: 'no-groups' }
  | { readonly kind: 'unknown-group'; readonly group: string }
  /** Slack asked us to slow down. */
  | { readonly kind: 'busy' }
  /** Anything else: Slack's error, or null when none came. */
  | { readonly kind: 'no-answer'; readonly code: string | null };

export interface PersonFacts {
  /** The same for every ID under which Slack knows this person (Enterprise Grid has several). */
  readonly person: string;
  readonly isDeactivated: boolean;
  readonly isGuest: boolean;
  /** Belongs to another workspace or organisation: seen in a shared conversation. */
  readonly isOutsider: boolean;
}

export interface ConversationFacts {
  /** Another organisation takes part, or has been invited to. */
  readonly isExternal: boolean;
  /** The app is in it, and it is not archived. */
  readonly takesPosts: boolean;
}

export interface Who {
  readonly id: string;
  readonly facts: Asked<PersonFacts>;
  /** Null where the rules do not ask that. */
  readonly isInGroup: Asked<boolean> | null;
}

export interface Where {
  /** Null: it is not chosen yet, and no rule about conversations can be asked. */
  readonly id: string | null;
  /** Null where the rules do not ask about it. */
  readonly facts: Asked<ConversationFacts> | null;
}

export type Refusal =
  | {
      readonly rule:
        | 'conversation'
        | 'person'
        | 'deactivated'
        | 'guest'
        | 'outsider'
        | 'external-conversation';
    }
  | { readonly rule: 'cannot-tell'; readonly about: Subject; readonly why: Unanswered };

export type Subject = 'person' | 'conversation' | 'group';

/** Null: allowed. */
export type Verdict = Refusal | null;

/** What Slack has to be asked beside who the person is. */
export interface Questions {
  readonly conversation: boolean;
  readonly group: boolean;
}

/**
 * Who the person is counts whatever the rules say: people of another workspace or organisation can press buttons in
 * every conversation that is shared with them, and some of those do not count as external.
 */
export function questionsFor(userId: string, channelId: string | null, rules: AccessConfig): Questions {
  const { allowed, allowExternalChannels } = rules;
  return {
    conversation: !allowExternalChannels && channelId !== null,
    group: allowed.groups.length > 0 && !allowed.users.includes(userId),
  };
}

/** What the lists alone refuse, without asking anybody. Null: nothing yet. */
export function refusedAtOnce(userId: string, channelId: string | null, rules: AccessConfig): Verdict {
  const { allowed, channels } = rules;
  if (channelId !== null && channels.length > 0 && !channels.includes(channelId))
    return { rule: 'conversation' };
  const onlyUsers = allowed.users.length > 0 && allowed.groups.length === 0;
  const isNamed = allowed.users.includes(userId) || mayBeSpelledOtherwise([userId, ...allowed.users]);
  return onlyUsers && !isNamed ? { rule: 'person' } : null;
}

/**
 * In an Enterprise organisation a person has an ID for all of it (`W…`, or `U…`), and perhaps another one from before
 * their workspace joined; lists and payloads may have either. Where none begins with W, Slack need not be asked.
 */
function mayBeSpelledOtherwise(ids: readonly string[]): boolean {
  return ids.some((id) => id.startsWith('W'));
}

/** Whether this person may remove here. What Slack could not answer, and what was not asked though it counts, refuses. */
export function mayRemove(who: Who, where: Where, rules: AccessConfig): Verdict {
  const asked = questionsFor(who.id, where.id, rules);
  return (
    refusedAtOnce(who.id, where.id, rules) ??
    (asked.conversation ? judgeConversation(where) : null) ??
    judgePerson(who, rules) ??
    (isNamed(who, rules) ? null : asked.group ? judgeGroup(who) : { rule: 'person' })
  );
}

/** For a brake that everybody has: what Slack knows about a person still counts, and what it cannot tell does not. */
export function mayEverybody(person: Asked<PersonFacts>, rules: AccessConfig): Verdict {
  return person.ok ? judgeFacts(person.value, rules) : null;
}

function judgeConversation({ facts }: Where): Verdict {
  if (!facts?.ok) return cannotTell('conversation', facts);
  return facts.value.isExternal ? { rule: 'external-conversation' } : null;
}

function judgePerson({ facts }: Who, rules: AccessConfig): Verdict {
  return facts.ok ? judgeFacts(facts.value, rules) : cannotTell('person', facts);
}

function judgeFacts(
  { isDeactivated, isOutsider, isGuest }: PersonFacts,
  { allowGuests }: AccessConfig,
): Verdict {
  if (isDeactivated) return { rule: 'deactivated' };
  if (isOutsider) return { rule: 'outsider' };
  return isGuest && !allowGuests ? { rule: 'guest' } : null;
}

/** By either spelling of the ID; where no list names anybody, everybody is. */
function isNamed({ id, facts }: Who, { allowed: { users, groups } }: AccessConfig): boolean {
  if (users.length + groups.length === 0 || users.includes(id)) return true;
  return facts.ok && users.includes(facts.value.person);
}

function judgeGroup({ isInGroup }: Who): Verdict {
  if (!isInGroup?.ok) return cannotTell('group', isInGroup);
  return isInGroup.value ? null : { rule: 'person' };
}

function cannotTell(about: Subject, asked: { readonly why: Unanswered } | null): Refusal {
  return { rule: 'cannot-tell', about, why: asked?.why ?? { kind: 'no-answer', code: null } };
}
