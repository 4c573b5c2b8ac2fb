/** What one person decided in one window: one or more changes, told in one status message. */
export interface Request {
  readonly id: string;
  /** The submitted Slack view. What was submitted in it, and the view, are the key: the same again is the same request. */
  readonly viewId: string;
  readonly teamId: string;
  /** Where the command was typed and the message belongs. */
  readonly channelId: string;
  /** The message that a shortcut was used on, when the result belongs in its thread. */
  readonly threadTs: string | null;
  readonly requestedBy: string;
  /** The optional reason the asker gave. Untrusted text. */
  readonly note: string | null;
  /** The command's `response_url`: the way back where the bot cannot post. Good for 30 minutes and 5 uses. */
  readonly responseUrl: string | null;
  /** Whether something was typed after the command, which Slack shows beside an `in_channel` response. */
  readonly commandHadText: boolean;
  readonly createdAt: Date;
  /** The approvers, where others had to approve and did, in the order of their approvals. */
  readonly approvedBy: readonly string[];
  /** Who pressed Stop. */
  readonly stoppedBy: string | null;
  /** For Add back: the request whose changes this one undoes, and in whose thread it is told. */
  readonly undoes: string | null;
}

/** One person and one chat, as a review showed them to the person who decided. */
export interface Wanted {
  readonly chatId: string;
  /** As the review showed it; untrusted, null where it was not read. */
  readonly chatName: string | null;
  readonly handle: string;
  readonly direction: Direction;
  /** The review's reading showed the state that the change starts from: in the chat, or out of it for an addition. */
  readonly wasSeen: boolean;
  /** For an addition: the removal that it undoes. */
  readonly undoes: string | null;
}

/** Out of a chat, or back into it. */
export type Direction = 'remove' | 'add';

/** People are taken out or brought back, never both in one request. */
export function directionOf(wanted: readonly Pick<Wanted, 'direction'>[]): Direction {
  return wanted[0]?.direction ?? 'remove';
}

/** What was submitted, regardless of order and of who reads it: chats, people and directions. */
export function fingerprintOf(wanted: readonly Wanted[]): string {
  const parts = wanted.map(({ direction, chatId, handle }) =>
    `${direction} ${chatId} ${handle}`.toLowerCase(),
  );
  return [...new Set(parts)].sort().join('\n');
}
