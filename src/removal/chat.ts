export type Service = 'iMessage' | 'RCS' | 'SMS';

/** One person on a chat's roster, present or past, our own line included. */
export interface Member {
  /** Exactly as Linq writes it (E.164 or email): this string is what a removal must send back. */
  readonly handle: string;
  readonly active: boolean;
  readonly isUs: boolean;
  /** Since when; not given where Linq does not say. */
  readonly joinedAt?: Date;
  /** Linq's status is `left`: they went on their own. Which status Linq shows when is not documented. */
  readonly leftVoluntarily: boolean;
}

/** A Linq chat as it was at one plausible reading. `name` is set by anyone in the chat: untrusted. */
export interface Chat {
  readonly id: string;
  readonly name: string | null;
  readonly isGroup: boolean;
  /** A hint, never a capability: Linq describes how messages travelled so far. */
  readonly service: Service | null;
  /** Each person once. */
  readonly members: readonly Member[];
}

/** Linq: "must have 3+ participants after removal". That our own line counts is the likelier reading. */
export const FEWEST_REMAINING = 3;

/** Emails compare without case; everything else to the letter. */
export function sameHandle(a: string, b: string): boolean {
  return a.includes('@') ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/** UUIDs compare without case. */
export function sameChat(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function activeMembers(chat: Chat): readonly Member[] {
  return chat.members.filter((member) => member.active);
}

/** The roster's entry for a handle. */
export function findMember(chat: Chat, handle: string): Member | undefined {
  return chat.members.find((member) => sameHandle(member.handle, handle));
}

export function isIn(chat: Chat, handle: string): boolean {
  return findMember(chat, handle)?.active ?? false;
}

/** How many active members, our line included, stay when these go; who is not active does not count. */
export function remainingWithout(chat: Chat, handles: readonly string[]): number {
  return activeMembers(chat).filter(({ handle }) => !handles.some((gone) => sameHandle(handle, gone))).length;
}

/** How many stay at most when these go: where nobody on the roster is known as our line, Linq may have left it out. */
export function mostRemaining(chat: Chat, handles: readonly string[]): number {
  return remainingWithout(chat, handles) + (isOurLineUnknown(chat) ? 1 : 0);
}

/** For certain fewer stay than Linq allows. */
export function leavesTooFew(chat: Chat, handles: readonly string[]): boolean {
  return mostRemaining(chat, handles) < FEWEST_REMAINING;
}

/** True only when our line is on the roster and no longer active; an unknown line is not a line that left. */
export function ourLineLeft(chat: Chat): boolean {
  const ours = chat.members.filter((member) => member.isUs);
  return ours.length > 0 && ours.every((member) => !member.active);
}

/** Neither Linq's `is_me` nor our list of lines tells which member we are. */
export function isOurLineUnknown(chat: Chat): boolean {
  return !chat.members.some((member) => member.isUs);
}

/** One entry a person: the active one where a person left and was added again. */
export function onePerPerson(entries: readonly Member[]): readonly Member[] {
  const people: Member[] = [];
  for (const entry of entries) {
    const at = people.findIndex(({ handle }) => sameHandle(handle, entry.handle));
    const known = people[at];
    if (!known) people.push(entry);
    else if (entry.active && !known.active) people[at] = { ...entry, isUs: entry.isUs || known.isUs };
  }
  return people;
}
