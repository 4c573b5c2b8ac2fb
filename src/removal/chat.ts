export type Service = 'iMessage' | 'RCS' | 'SMS';

/** One entry of a chat's roster, present or past, our own line included. */
export interface Member {
  /** Exactly as Linq writes it (E.164 or email): this string is what a removal must send back. */
  readonly handle: string;
  readonly active: boolean;
  readonly isUs: boolean;
  /** Linq's status is `left`: they went on their own. Which status Linq shows when is not documented. */
  readonly leftAlone: boolean;
}

/** A Linq chat as it was at one reading. `name` is set by anyone in the chat: untrusted. */
export interface Chat {
  readonly id: string;
  readonly name: string | null;
  readonly isGroup: boolean;
  /** A hint, never a capability: Linq describes how messages travelled so far. */
  readonly service: Service | null;
  readonly members: readonly Member[];
}

/** Linq: "must have 3+ participants after removal". That our own line counts is the likelier reading. */
export const FEWEST_REMAINING = 3;

/** Emails compare without case; everything else to the letter. */
export function sameHandle(a: string, b: string): boolean {
  return a.includes('@') ? a.toLowerCase() === b.toLowerCase() : a === b;
}

export function activeMembers(chat: Chat): readonly Member[] {
  return chat.members.filter((member) => member.active);
}

/** The roster's entry for a handle; the active one where somebody left and was added again. */
export function findMember(chat: Chat, handle: string): Member | undefined {
  const entries = chat.members.filter((member) => sameHandle(member.handle, handle));
  return entries.find((member) => member.active) ?? entries[0];
}

/** How many active members, our line included, stay when one active member goes. */
export function remainingAfterOne(chat: Chat): number {
  return activeMembers(chat).length - 1;
}

/** True only when our line is on the roster and no longer active; an unknown line is not a line that left. */
export function ourLineLeft(chat: Chat): boolean {
  const ours = chat.members.filter((member) => member.isUs);
  return ours.length > 0 && ours.every((member) => !member.active);
}
