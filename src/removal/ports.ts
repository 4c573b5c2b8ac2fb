import type { Addition } from './addition.js';
import type { Announcement, Delivery, Place } from './announcement.js';
import type { Chat } from './chat.js';
import type { Proposal } from './proposal.js';
import type { Removal, Request } from './removal.js';

/** What the removal feature needs from the world. `linq`, `slack` and `store` fulfil it; nothing here knows them. */

/** Linq did not do what was asked, or did not answer: what is known about it. */
export interface LinqFailure {
  /** HTTP status; null when no answer came; a 2xx when the answer could not be read. */
  readonly status: number | null;
  readonly code: number | null;
  /** Linq's own words. Untrusted text. */
  readonly message: string | null;
  readonly traceId: string | null;
  readonly retryAfterMs: number | null;
}

export type ChatAnswer =
  | { readonly ok: true; readonly chat: Chat }
  | { readonly ok: false; readonly failure: LinqFailure };

export type RemoveAnswer =
  | { readonly ok: true; readonly traceId: string | null }
  | { readonly ok: false; readonly failure: LinqFailure };

export type ChatsAnswer =
  | {
      readonly ok: true;
      /** Newest first. Only chats that list this person, present or past. */
      readonly chats: readonly Chat[];
      /** Linq has more than were read. */
      readonly hasMore: boolean;
    }
  | { readonly ok: false; readonly failure: LinqFailure };

/** Linq's calls. They never reject for anything Linq or the network may do. */
export interface LinqClient {
  readChat(chatId: string): Promise<ChatAnswer>;
  /** All chats of a person, up to 10 pages of 100. `signal` abandons the look-up; the answer is then a failure. */
  chatsOf(handle: string, signal?: AbortSignal): Promise<ChatsAnswer>;
  removeParticipant(chatId: string, handle: string): Promise<RemoveAnswer>;
  addParticipant(chatId: string, handle: string): Promise<RemoveAnswer>;
  /** One cheap authenticated call, for the start: does Linq accept our key? */
  checkAccess(): Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: LinqFailure }>;
}

/** An announcement together with everything it speaks about. */
export interface Announceable {
  readonly announcement: Announcement;
  readonly request: Request;
  readonly removals: readonly Removal[];
  /** What a second person has to decide, or has decided; null where none is needed. No removals before that. */
  readonly proposal: Proposal | null;
  /** Whom of them people want back. */
  readonly additions: readonly Addition[];
}

export interface Store {
  /**
   * Records an approval before anything is sent. False when this view was approved before: nothing changes then.
   * `shown` is what the review showed, for the history.
   */
  approve(
    request: Request,
    removals: readonly Removal[],
    announcement: Announcement,
    shown?: string | null,
  ): Promise<boolean>;
  /** Removals whose `dueAt` has come, the longest due first, without those of the requests in `except`. */
  dueRemovals(now: Date, limit: number, except?: readonly string[]): Promise<readonly Removal[]>;
  /**
   * Writes a removal if nobody wrote it since `removal.version` was read, and returns it with its new version;
   * null when somebody did. With `news`, the same transaction asks for the request's message to be brought up to date.
   */
  saveRemoval(removal: Removal, news: { readonly at: Date } | null): Promise<Removal | null>;
  /** A request with its removals and announcement as they are now; null when there is none with this id. */
  findRequest(id: string): Promise<Announceable | null>;
  /** Notes who pressed Stop, for the message. The first one stays. */
  noteStop(requestId: string, by: string): Promise<void>;
  /** Announcements whose `dueAt` has come, with their request and removals as they are now. */
  dueAnnouncements(now: Date, limit: number): Promise<readonly Announceable[]>;
  /**
   * Writes an announcement under the same rule. What was asked of it in the meantime (`wanted`) is kept: when that
   * outgrew what is shown and nothing is planned, it is due again at `now`.
   */
  saveAnnouncement(announcement: Announcement, now: Date): Promise<Announcement | null>;
  /**
   * Records confirmed additions. False when none of them is new: this view was submitted before, or those people are
   * being added back, or are back, already.
   */
  approveAdditions(additions: readonly Addition[]): Promise<boolean>;
  /** Additions whose `dueAt` has come, the longest due first. */
  dueAdditions(now: Date, limit: number): Promise<readonly Addition[]>;
  /**
   * Writes an addition under the same rule as a removal. With `ended`, the same transaction notes in the history that
   * somebody is back, and asks for the request's message to be brought up to date.
   */
  saveAddition(addition: Addition, ended: { readonly at: Date } | null): Promise<Addition | null>;
  /** How many removals are not final, and when the oldest of them was approved. */
  openRemovals(): Promise<{ readonly count: number; readonly oldest: Date | null }>;
  /** Rejects when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What became of one try at telling people something in Slack. */
export type Posted =
  | { readonly ok: true; readonly place: Place | null }
  | {
      readonly ok: false;
      /**
       * `refused`: not here, not now, not ever (see `hint`); `lost`: the message to edit is gone; `unknown`: it may
       * have been posted; `later`: Slack asked to wait, nothing was posted; `misconfigured`: our token is no good.
       */
      readonly why: 'refused' | 'lost' | 'unknown' | 'later' | 'misconfigured';
      readonly hint: Delivery['hint'];
      readonly retryAfterMs: number | null;
    };

/** Telling people. It never rejects for anything Slack or the network may do. */
export interface Messenger {
  /** A new message in the request's conversation, or directly to the person who asked. */
  post(to: 'channel' | 'person', subject: Announceable): Promise<Posted>;
  edit(place: Place, subject: Announceable): Promise<Posted>;
  /** Through the command's `response_url`: works where the bot cannot post, can never be edited. */
  respond(subject: Announceable): Promise<Posted>;
  /** In the message's thread: every chat with what became of it, where the message itself is too short for that. */
  list(place: Place, subject: Announceable): Promise<Posted>;
  /** In the message's thread, mentioning the person who asked. */
  tell(place: Place, subject: Announceable): Promise<Posted>;
  /**
   * How an addition stands: its reply edited where there is one, else posted in the thread of `message`, or directly
   * to the person who asked. Answers with the place of the reply.
   */
  tellAddition(message: Place | null, addition: Addition): Promise<Posted>;
}

/** Whoever counts what the loop does. Must not throw. */
export interface Observer {
  /** A removal was written with another status. */
  transition(before: Removal, after: Removal): void;
  /** The outcome takes another way to people than before. */
  rerouted(route: Delivery['route']): void;
}

/** The feature's own log: facts as fields, never a full handle. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
