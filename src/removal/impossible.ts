import {
  activeMembers,
  type Chat,
  FEWEST_REMAINING,
  findMember,
  ourLineLeft,
  remainingWithout,
} from './chat.js';
import type { ReasonName } from './reasons.js';
import type { Direction } from './request.js';

/**
 * Why Linq cannot do this under any reading of its documents; null when Linq should decide. For a removal the person is
 * taken to be an active member.
 */
export function whyImpossible(chat: Chat, handle: string, direction: Direction): ReasonName | null {
  if (!chat.isGroup) return 'direct-chat';
  if (ourLineLeft(chat)) return 'our-line-left';
  if (direction === 'add') return activeMembers(chat).length < FEWEST_REMAINING ? 'too-few' : null;
  if (findMember(chat, handle)?.isUs) return 'our-own-line';
  return remainingWithout(chat, [handle]) < FEWEST_REMAINING ? 'too-few' : null;
}
