import { activeMembers, type Chat } from './chat.js';
import type { Choice, Obstacle, Review } from './review.js';

/**
 * Everything that a review rests on, as one text: two readings with the same text show a person the same chats, the
 * same person and the same members. The order in which Linq lists them does not count.
 */
export function essenceOf(review: Review): string {
  return JSON.stringify(partsOf(review));
}

function partsOf(review: Review): unknown {
  switch (review.kind) {
    case 'possible':
      return [review.kind, choiceParts(review)];
    case 'chats':
      return [
        review.kind,
        sorted(review.choices.map(choiceParts)),
        sorted(review.obstacles.map(obstacleParts)),
      ];
    case 'members':
      return [review.kind, chatParts(review.chat)];
    case 'impossible':
      return [review.kind, review.reason, review.chat && chatParts(review.chat)];
    case 'unchecked':
      return [review.kind];
  }
}

function choiceParts({ chat, person }: Choice): unknown {
  return [chatParts(chat), person.handle];
}

function obstacleParts({ chat, reason }: Obstacle): unknown {
  return [chatParts(chat), reason];
}

function chatParts(chat: Chat): unknown {
  const { id, name, isGroup, service } = chat;
  return [id, name, isGroup, service, sorted(activeMembers(chat).map(({ handle, isUs }) => [handle, isUs]))];
}

function sorted(parts: readonly unknown[]): string[] {
  return parts.map((part) => JSON.stringify(part)).sort();
}
