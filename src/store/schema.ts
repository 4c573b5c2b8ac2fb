import type { Generated, Kysely } from 'kysely';
import type { AdditionStatus } from '../removal/addition.js';
import type { Reluctance } from '../removal/addition-reasons.js';
import type { Delivery } from '../removal/announcement.js';
import type { ParticipantEvent } from '../removal/event.js';
import type { HistoryKind } from '../removal/history.js';
import type { Notice } from '../removal/notice.js';
import type { ProposalStatus } from '../removal/proposal.js';
import type { ReasonName } from '../removal/reasons.js';
import type { RemovalStatus } from '../removal/removal.js';

/** An instant as ISO 8601 UTC with milliseconds: always 24 characters, so it sorts as text on both engines. */
export type Instant = string;

/** libsql binds no booleans. */
export type Flag = 0 | 1;

export interface RequestRow {
  id: string;
  view_id: string;
  team_id: string;
  channel_id: string;
  requested_by: string;
  note: string | null;
  response_url: string | null;
  command_had_text: Flag;
  created_at: Instant;
  approved_by: string | null;
  stopped_by: string | null;
}

export interface RemovalRow {
  id: string;
  request_id: string;
  chat_id: string;
  chat_name: string | null;
  handle: string;
  status: RemovalStatus;
  attempts: number;
  due_at: Instant | null;
  version: number;
  approved_at: Instant;
  sent_at: Instant | null;
  not_before: Instant | null;
  proving_since: Instant | null;
  settled_at: Instant | null;
  reason: ReasonName | null;
  linq_says: string | null;
  trace_id: string | null;
  left_alone: Flag;
}

export interface AnnouncementRow {
  request_id: string;
  route: Delivery['route'];
  hint: Delivery['hint'];
  place_channel: string | null;
  place_ts: string | null;
  wanted: number;
  shown: number;
  held: Flag;
  due_at: Instant | null;
  quiet_until: Instant | null;
  tries: number;
  shown_open: Flag;
  told: Flag;
  listed: Flag;
  version: number;
}

export interface HistoryRow {
  id: number;
  at: Instant;
  kind: HistoryKind;
  request_id: string | null;
  removal_id: string | null;
  team_id: string;
  channel_id: string | null;
  requested_by: string;
  decided_by: string | null;
  chat_id: string | null;
  chat_name: string | null;
  handle: string | null;
  reason: string | null;
  note: string | null;
  shown: string | null;
  trace_id: string | null;
  cleared_at: Instant | null;
}

/** An entry beside the message of its request, which the announcement knows. */
export type PlacedHistoryRow = HistoryRow & Pick<AnnouncementRow, 'place_channel' | 'place_ts'>;

export interface EventRow {
  delivery_id: string;
  event_id: string;
  kind: ParticipantEvent['kind'];
  chat_id: string | null;
  handle: string;
  is_us: Flag;
  left_alone: Flag;
  at: Instant | null;
  trace_id: string | null;
  taken_at: Instant;
}

export interface NoticeRow {
  removal_id: string;
  request_id: string;
  added_at: Instant;
  route: Notice['route'];
  held: Flag;
  due_at: Instant | null;
  tries: number;
  unheard: number;
  version: number;
}

export interface ProposalRow {
  request_id: string;
  status: ProposalStatus;
  handle: string;
  /** JSON, like `approvers`. */
  chats: string;
  approvers: string;
  expires_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  decline_reason: string | null;
}

/** Person and chat are the removal's. */
export interface AdditionRow {
  id: string;
  request_id: string;
  removal_id: string;
  view_id: string;
  requested_by: string;
  status: AdditionStatus;
  attempts: number;
  approved_at: Instant;
  sent_at: Instant | null;
  not_before: Instant | null;
  proving_since: Instant | null;
  settled_at: Instant | null;
  reason: Reluctance | null;
  linq_says: string | null;
  trace_id: string | null;
  step_at: Instant | null;
  to_person: Flag;
  place_channel: string | null;
  place_ts: string | null;
  wanted: number;
  shown: number;
  tell_at: Instant | null;
  held: Flag;
  tries: number;
  unheard: number;
  due_at: Instant | null;
  version: number;
}

export interface Tables {
  requests: RequestRow;
  /** `position` keeps the order of the review; nothing else tells the chats of one request apart in time. */
  removals: RemovalRow & { position: number };
  announcements: AnnouncementRow;
  history: Omit<HistoryRow, 'id'> & { id: Generated<number> };
  linq_events: EventRow;
  notices: NoticeRow;
  proposals: ProposalRow;
  additions: AdditionRow;
}

export type Db = Kysely<Tables>;
