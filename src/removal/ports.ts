import type { ChatAnswer, ChatsAnswer, LinqFailure, SendAnswer } from './answer.js';
import type { Change } from './change.js';
import type { Delivery, Hint, Place, Route } from './delivery.js';
import type { Effect, ParticipantEvent } from './event.js';
import type { Limits, OverLimit } from './limit.js';
import type { Pause, PauseAct } from './pause.js';
import type { Proposal } from './proposal.js';
import type { Request, Wanted } from './request.js';
import type { ChatList, LookUp } from './review.js';
import type { RequestState } from './state.js';

/* What the feature needs from the world. `linq`, `slack` and `store` fulfil it; nothing here knows them. */

/**
 * How urgent a call to Linq is, the most urgent first: a person waits in a window; a call that changes a chat; the
 * first proof of one; later proof.
 */
export const URGENCIES = ['person', 'send', 'first-proof', 'proof'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** On whose behalf the loop calls Linq. */
export interface Turn {
  readonly urgency: Exclude<Urgency, 'person'>;
  /** Requests take turns, and none has more than its share of the calls under way. */
  readonly requestId: string;
}

/** Linq's calls, through its one gate. They never reject for anything Linq or the network may do. */
export interface LinqClient extends LookUp, ChatList {
  /** For a person who waits: these calls come first, and wait at the gate by themselves. */
  readChat(chatId: string): Promise<ChatAnswer>;
  chatsOf(handle: string, signal?: AbortSignal): Promise<ChatsAnswer>;
  allChats(signal?: AbortSignal): Promise<ChatsAnswer>;
  /** One cheap authenticated call, for the start: does Linq accept our key? */
  checkAccess(): Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: LinqFailure }>;
  /** For the loop, which asks before it calls and never waits at the gate. */
  readonly gate: Gate;
  readChatFor(turn: Turn, chatId: string): Promise<ChatAnswer>;
  chatsOfFor(turn: Turn, handle: string): Promise<ChatsAnswer>;
  send(turn: Turn, change: Pick<Change, 'direction' | 'chatId' | 'handle'>): Promise<SendAnswer>;
}

export interface Gate {
  /** Whether a call of this turn may leave now. */
  admits(turn: Turn): boolean;
  /** Keeps room at the pace for a call that leaves as soon as it is claimed, until the answer is called: it left, or will not. */
  reserve(): () => void;
  /** Until when Linq asked to be left alone; null when it did not, or that is over. */
  closedUntil(): Date | null;
  /** When a call may leave again at the earliest, where `admits` says no for the sake of time; null otherwise. */
  nextAt(): Date | null;
}

/** What is written when something new is recorded. */
export interface Recording {
  readonly request: Request;
  /** Of `wanted`: with the view it is the key, so that the same submission is recorded once. */
  readonly fingerprint: string;
  readonly wanted: readonly Wanted[];
  readonly changes: readonly Change[];
  readonly proposal: Proposal | null;
  readonly status: Delivery;
  /** The messages that ask approvers to decide, beside it. */
  readonly copies?: readonly Delivery[];
  /** What the review showed, for the history. */
  readonly shown: string | null;
}

/** What a decision changes of a request; it is written as a whole or not at all. */
export interface Update {
  readonly request?: Request;
  readonly proposal?: Proposal;
  /** New ones and changed ones. */
  readonly changes?: readonly Change[];
  /** More that people have to be told. */
  readonly deliveries?: readonly Delivery[];
  /** What was shown to the person who decided, for the history. */
  readonly shown?: string;
  /** The status message has to follow; where the proposal changes, the messages that ask others to decide do too. */
  readonly news: boolean;
}

/** What the loop looks for. `sends`: what is to be sent or was lost on the wire; `proofs`: what waits for proof, late readings included. */
export type DueKind = 'sends' | 'proofs';

/** Every method rejects when the store does not answer. */
export interface Store {
  /** False when the same was recorded from this view before: nothing changes then. */
  record(recording: Recording): Promise<boolean>;
  /**
   * The same, unless the asker would have more removed within an hour without anybody else's approval than `limit`. That
   * is counted in the transaction that records it, so whatever process it comes to.
   */
  recordWithin(limits: Limits, recording: Recording): Promise<boolean | OverLimit>;
  /** What has been recorded from a view, in the order of recording. */
  recordedFrom(
    viewId: string,
  ): Promise<readonly { readonly request: Request; readonly wanted: readonly Wanted[] }[]>;
  find(requestId: string): Promise<RequestState | null>;
  findChange(id: string): Promise<Change | null>;
  /**
   * Lets `decide` say what changes, from how the request stands while nothing else can change it, and writes that.
   * Answers with how it stands afterwards, and whether anything was written; null when there is no such request.
   */
  update(
    requestId: string,
    at: Date,
    decide: (state: RequestState) => Update | null,
  ): Promise<{ readonly state: RequestState; readonly changed: boolean } | null>;
  /**
   * Changes whose time has come (while sending is paused, of what is to be sent only what may act already), without those of the requests in `except`: the longest due first, and of each request
   * `perRequest` at the most.
   */
  due(
    kind: DueKind,
    now: Date,
    limits: { limit: number; perRequest: number; except: readonly string[] },
  ): Promise<readonly Change[]>;
  /** How many open changes concern this person: for more than one, the list of their chats is the cheaper reading. */
  openOf(handle: string): Promise<number>;
  /**
   * Of several processes one reads at Linq for a request at a time, for as long as a reading is good: what it reads serves
   * all of that request. False while another one does.
   */
  leaseReading(requestId: string, now: Date): Promise<boolean>;
  /** Handles of other people whose removal from this chat is under way: sent, or perhaps sent, and not proven. */
  leaving(chatId: string, exceptChangeId: string): Promise<readonly string[]>;
  /**
   * Writes a change if nothing wrote it since `change.version` was read, with what follows from a new status (history,
   * news for the message); null when something did. Null too for the claim of a call (`sending`) that may not leave:
   * while sending is paused, and where people other than `alsoLeaving` are being removed from the same chat by now.
   */
  save(change: Change, at: Date, alsoLeaving?: readonly string[]): Promise<Change | null>;
  /** Deliveries whose time has come, with their requests as they are now. */
  dueDeliveries(
    now: Date,
    limit: number,
    except: readonly string[],
  ): Promise<readonly { delivery: Delivery; state: RequestState }[]>;
  /** Writes a delivery under the same rule. News of the meantime is kept: then it is due again as soon as it may. */
  saveDelivery(delivery: Delivery, now: Date): Promise<Delivery | null>;
  /**
   * Notes an event of Linq's and, in the same transaction, everything that follows from it. Null when it was noted
   * before: nothing changes then.
   */
  takeEvent(event: ParticipantEvent, now: Date): Promise<Effect | null>;
  dropEventsBefore(before: Date): Promise<void>;
  /** Requests with a pending proposal whose time is over. */
  overdue(now: Date, limit: number): Promise<readonly string[]>;
  /** Requests with a pending proposal of which people are to be reminded. */
  unreminded(now: Date, limit: number): Promise<readonly string[]>;
  /** Null: nothing is paused. */
  pause(): Promise<Pause | null>;
  /** Once this is written, no call is claimed any more, by any process. False: it was paused before. */
  startPause(act: PauseAct, reason: string | null): Promise<boolean>;
  /** Deadlines have not run meanwhile. Answers with the pause that is over; null when there was none. */
  endPause(act: PauseAct): Promise<Pause | null>;
  /** After a pause, and after its end, the messages of everything that is open have to follow. */
  tellOfPause(at: Date): Promise<void>;
  /** How often plans were moved because the clock was set back, by any process. */
  clockSteps(): Promise<number>;
  /**
   * The clock was set back: everything planned is planned so much sooner, unless another process has seen to it since
   * there were `seen` steps. Answers with how many there are now.
   */
  shiftPlans(byMs: number, seen: number): Promise<number>;
  /** How many changes are not final, and when the oldest of them was approved. */
  openChanges(): Promise<{ readonly count: number; readonly oldest: Date | null }>;
  ping(): Promise<void>;
  /** Resolves when something can be written now. */
  checkWriting(): Promise<void>;
  close(): Promise<void>;
}

/** A change as it was and as it was written: what counters and the log are told, whichever path led to it. */
export interface Transition {
  readonly before: Change | null;
  readonly after: Change;
}

/** `follow`: what an edit would say, in the thread of a message that takes none. */
export type Step = 'post' | 'edit' | 'follow' | 'list' | 'tell' | 'remind' | 'respond' | 'post-to-person';

/** What became of one try at telling people something in Slack. */
export type Posted =
  | { readonly ok: true; readonly place: Place | null }
  | {
      readonly ok: false;
      /**
       * `refused`: not here, not now, not ever (see `hint`); `lost`: the message to edit is gone; `frozen`: it stands,
       * and takes no edit any more; `unknown`: it may have been posted; `later`: Slack asked to wait, nothing was
       * posted; `misconfigured`: our token is no good.
       */
      readonly why: 'refused' | 'lost' | 'frozen' | 'unknown' | 'later' | 'misconfigured';
      readonly hint: Hint;
      readonly retryAfterMs: number | null;
    };

/** Telling people, through Slack's one gate. It never rejects for anything Slack or the network may do. */
export interface Messenger {
  /** When this step may be taken: Slack takes about one post a second and conversation. Keeps that place for it. */
  slotFor(step: Step, delivery: Delivery, state: RequestState): Date;
  carryOut(step: Step, delivery: Delivery, state: RequestState): Promise<Posted>;
}

/** Counts what happens. Must not throw. */
export interface Observer {
  transition(transition: Transition): void;
  /** The outcome takes another way to people than before. */
  rerouted(route: Route): void;
}

/** The feature's own log: facts as fields, never a full handle. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
