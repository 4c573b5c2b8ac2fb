/*
 * The rows of both schemas, as they were and are at this migration. Literal: they never change with the program. Types,
 * not interfaces: Kysely wants them to have any key.
 */

export type OldRemoval = {
  id: string;
  request_id: string;
  position: number;
  chat_id: string;
  chat_name: string | null;
  handle: string;
  status: string;
  attempts: number;
  due_at: string | null;
  version: number;
  approved_at: string;
  sent_at: string | null;
  not_before: string | null;
  proving_since: string | null;
  settled_at: string | null;
  reason: string | null;
  linq_says: string | null;
  trace_id: string | null;
  left_alone: number;
};

export type OldAddition = {
  id: string;
  request_id: string;
  removal_id: string;
  view_id: string;
  requested_by: string;
  status: string;
  attempts: number;
  approved_at: string;
  sent_at: string | null;
  not_before: string | null;
  proving_since: string | null;
  settled_at: string | null;
  reason: string | null;
  linq_says: string | null;
  trace_id: string | null;
  step_at: string | null;
  to_person: number;
  place_channel: string | null;
  place_ts: string | null;
  wanted: number;
  shown: number;
  tell_at: string | null;
  held: number;
  tries: number;
  unheard: number;
  due_at: string | null;
  version: number;
};

export type OldAnnouncement = {
  request_id: string;
  route: string;
  hint: string | null;
  place_channel: string | null;
  place_ts: string | null;
  wanted: number;
  shown: number;
  held: number;
  due_at: string | null;
  quiet_until: string | null;
  tries: number;
  shown_open: number;
  told: number;
  listed: number;
  version: number;
};

export type OldNotice = {
  removal_id: string;
  request_id: string;
  added_at: string;
  route: string;
  held: number;
  due_at: string | null;
  tries: number;
  unheard: number;
  version: number;
};

/** `handle` and `chats` before, `wanted` after. */
export type ProposalRow = {
  request_id: string;
  status: string;
  handle: string;
  chats: string;
  wanted: string;
  decided_at: string | null;
};

/** `approved_by` was one person, and is a JSON list. */
export type RequestRow = {
  id: string;
  submission_key: string;
  view_id: string;
  team_id: string;
  channel_id: string;
  thread_ts: string | null;
  requested_by: string;
  note: string | null;
  response_url: string | null;
  command_had_text: number;
  created_at: string;
  approved_by: string;
  stopped_by: string | null;
  undoes: string | null;
};

export type NewChange = {
  id: string;
  request_id: string;
  position: number;
  direction: string;
  chat_id: string;
  chat_name: string | null;
  handle: string;
  status: string;
  attempts: number;
  may_still_act: number;
  was_seen: number;
  stopped: number;
  due_at: string | null;
  version: number;
  approved_at: string;
  sent_at: string | null;
  not_before: string | null;
  watched_since: string | null;
  deadline_at: string | null;
  trouble_since: string | null;
  settled_at: string | null;
  reason: string | null;
  linq_says: string | null;
  trace_id: string | null;
  left_voluntarily: number;
  undoes: string | null;
};

export type NewDelivery = {
  id: string;
  request_id: string;
  kind: string;
  change_id: string | null;
  event_at: string | null;
  route: string;
  hint: string | null;
  place_channel: string | null;
  place_ts: string | null;
  wanted: number;
  shown: number;
  held: number;
  due_at: string | null;
  quiet_until: string | null;
  not_before: string | null;
  tries: number;
  unheard: number;
  shown_open: number;
  told_bad: number;
  told_at: string | null;
  listed: number;
  version: number;
};

export type OldTables = {
  requests: RequestRow;
  removals: OldRemoval;
  additions: OldAddition;
  announcements: OldAnnouncement;
  notices: OldNotice;
  proposals: ProposalRow;
  history: {
    id: number;
    request_id: string | null;
    removal_id: string | null;
    kind: string;
    chat_name: string | null;
    shown: string | null;
    cleared_at: string | null;
  };
  changes: NewChange;
  deliveries: NewDelivery;
};
