import { type Chat, FEWEST_REMAINING, findMember, type Member, remainingAfterOne } from './chat.js';
import { whyImpossible } from './lifecycle.js';
import type { ChatAnswer, LinqClient, LinqFailure } from './ports.js';
import { consequenceOf, type ReasonName, reasonFor } from './reasons.js';

/** Said before approval; refuses nothing. */
export type Warning = 'sms' | 'rcs' | 'unknown-service' | 'exactly-three' | 'own-line-unknown';

/** What approving would do, from what Linq says now. */
export type Review =
  | {
      readonly kind: 'possible';
      readonly chat: Chat;
      readonly person: Member;
      readonly remaining: number;
      readonly warnings: readonly Warning[];
    }
  | { readonly kind: 'impossible'; readonly reason: ReasonName; readonly chat: Chat | null }
  /** Linq could not be asked: the removal may still be approved, and Linq decides. */
  | { readonly kind: 'unchecked'; readonly reason: ReasonName };

/** What a person wants to do, as far as it is known before Linq is asked. */
export interface Proposal {
  readonly chatId: string;
  readonly handle: string;
}

/** Asks Linq for the chat and says what removing this person from it would mean. Never rejects for Linq's sake. */
export async function reviewProposal(linq: LinqClient, proposal: Proposal): Promise<Review> {
  return review(proposal, await linq.readChat(proposal.chatId));
}

export function review(proposal: Proposal, seen: ChatAnswer): Review {
  if (!seen.ok) return reviewUnseen(seen.failure);
  const { chat } = seen;
  const person = findMember(chat, proposal.handle);
  const reason = whyNot(chat, person);
  if (reason || !person) return { kind: 'impossible', reason: reason ?? 'not-a-member', chat };
  return { kind: 'possible', chat, person, remaining: remainingAfterOne(chat), warnings: warningsFor(chat) };
}

/** A refusal to show the chat is an answer; anything else means that we could not check. */
function reviewUnseen(failure: LinqFailure): Review {
  const reason = reasonFor(failure);
  if (consequenceOf(reason) !== 'refuse') return { kind: 'unchecked', reason };
  return { kind: 'impossible', reason: reason === 'not-found' ? 'unknown-chat' : reason, chat: null };
}

function whyNot(chat: Chat, person: Member | undefined): ReasonName | null {
  if (!chat.isGroup) return 'direct-chat';
  if (!person) return 'not-a-member';
  if (!person.active && !person.isUs) return 'already-left';
  return whyImpossible(chat, person.handle);
}

function warningsFor(chat: Chat): Warning[] {
  const warnings: Warning[] = [];
  if (chat.service === 'SMS') warnings.push('sms');
  if (chat.service === 'RCS') warnings.push('rcs');
  if (chat.service === null) warnings.push('unknown-service');
  if (remainingAfterOne(chat) === FEWEST_REMAINING) warnings.push('exactly-three');
  if (!chat.members.some((member) => member.isUs)) warnings.push('own-line-unknown');
  return warnings;
}
