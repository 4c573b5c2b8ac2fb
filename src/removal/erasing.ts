/** Stands in the place of a handle that may no longer be kept: a change always has one. */
export const CLEARED_HANDLE = '(cleared)';

/** A person whose handle, name and reasons are to go from the store. */
export interface ErasedPerson {
  /** Whether a handle, as Linq listed it or as it was typed, is theirs. */
  isHandle(handle: string): boolean;
  /** Whether a text (a chat's name, a reason, what a review showed) names them. */
  isNamedIn(text: string): boolean;
}

/** A request about the person that goes on: what it still needs is left. */
export interface LeftRequest {
  readonly id: string;
  readonly requestedBy: string;
  readonly createdAt: Date;
  /** `approval`: others have not decided. `under-way`: Linq is asked, or proof is looked for. `untold`: its end is not told yet. */
  readonly why: 'approval' | 'under-way' | 'untold';
}

/** What was erased, or would be: how many rows of each kind, those that only named the person in a text included. */
export interface Erased {
  readonly requests: number;
  readonly changes: number;
  readonly entries: number;
  readonly proposals: number;
  readonly events: number;
  /** Lines for the audit channel that were not told yet. */
  readonly lines: number;
  readonly left: readonly LeftRequest[];
  /** The database has overwritten what stood there; false when it does so later. */
  readonly isClean: boolean;
  /** Messages in Slack about what was erased; nothing changes them. */
  readonly messages: readonly { readonly channel: string; readonly ts: string }[];
}
