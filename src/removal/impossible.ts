import { type Chat, findMember, leavesTooFew, ourLineLeft } from './chat.js';
import type { ReasonName } from './reasons.js';
import type { Direction } from './request.js';

/**
 * Why Linq cannot do this under any reading of its documents; null when Linq should decide. For a removal the person is
 * taken to be an active member.
 */
export function whyImpossible(chat: Chat, handle: string, direction: Direction): ReasonName | null {
  if (!chat.isGroup) return 'direct-chat';
  if (ourLineLeft(chat)) return 'our-line-left';
  if (direction === 'add') return leavesTooFew(chat, []) ? 'too-few' : null;
  if (findMember(chat, handle)?.isUs) return 'our-own-line';
  return leavesTooFew(chat, [handle]) ? 'too-few' : null;
}
