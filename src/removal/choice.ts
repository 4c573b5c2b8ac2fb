import type { LinqFailure } from './answer.js';
import {
  type Chat,
  FEWEST_REMAINING,
  findMember,
  isOurLineUnknown,
  type Member,
  remainingWithout,
} from './chat.js';
import { whyImpossible } from './impossible.js';
import { type ReasonName, reasonFor } from './reasons.js';

/** Said before approval; refuses nothing. */
export type Warning =
  | 'sms'
  | 'rcs'
  | 'unknown-service'
  | 'exactly-three'
  | 'perhaps-too-few'
  | 'own-line-unknown';

/** A chat from which removing is possible, as far as can be known before Linq decides. */
export interface Choice {
  readonly chat: Chat;
  readonly person: Member;
  /** Active members afterwards, our line included. */
  readonly remaining: number;
  readonly warnings: readonly Warning[];
}

/** A chat from which it is not, and why. */
export interface Obstacle {
  readonly chat: Chat;
  readonly reason: ReasonName;
}

/** Whether one person can be removed from one chat. */
export function judge(chat: Chat, handle: string): Choice | Obstacle {
  const person = findMember(chat, handle);
  const reason = whyNot(chat, person);
  if (reason || !person) return { chat, reason: reason ?? 'not-a-member' };
  const remaining = remainingWithout(chat, [person.handle]);
  return { chat, person, remaining, warnings: warningsFor(chat, remaining) };
}

function whyNot(chat: Chat, person: Member | undefined): ReasonName | null {
  if (!chat.isGroup) return 'direct-chat';
  if (!person) return 'not-a-member';
  if (!person.active && !person.isUs) return 'already-left';
  return whyImpossible(chat, person.handle, 'remove');
}

export function warningsFor(chat: Chat, remaining: number): Warning[] {
  const warnings: Warning[] = [];
  if (chat.service === 'SMS') warnings.push('sms');
  if (chat.service === 'RCS') warnings.push('rcs');
  if (chat.service === null) warnings.push('unknown-service');
  if (!isOurLineUnknown(chat)) {
    if (remaining === FEWEST_REMAINING) warnings.push('exactly-three');
  } else {
    // With our line, which Linq may have left out, or without it.
    if ([remaining, remaining + 1].includes(FEWEST_REMAINING)) warnings.push('perhaps-too-few');
    warnings.push('own-line-unknown');
  }
  return warnings;
}

/** Why a look-up has nothing to show. */
export function whyUnseen(failure: LinqFailure): ReasonName {
  const reason = reasonFor(failure);
  return reason === 'not-found' ? 'unknown-chat' : reason;
}
