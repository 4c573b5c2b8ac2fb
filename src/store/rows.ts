import type { Announcement, Place } from '../removal/announcement.js';
import type { Removal, Request } from '../removal/removal.js';
import type { AnnouncementRow, Flag, Instant, RemovalRow, RequestRow } from './schema.js';

/** One pair of functions between each value and its row; nothing else in this folder knows both. */

const flag = (value: boolean): Flag => (value ? 1 : 0);
const instant = (date: Date | null): Instant | null => date?.toISOString() ?? null;
const date = (text: Instant | null): Date | null => (text === null ? null : new Date(text));

export function toRequestRow(request: Request): RequestRow {
  return {
    id: request.id,
    view_id: request.viewId,
    team_id: request.teamId,
    channel_id: request.channelId,
    requested_by: request.requestedBy,
    note: request.note,
    response_url: request.responseUrl,
    command_had_text: flag(request.commandHadText),
    created_at: request.createdAt.toISOString(),
    approved_by: request.approvedBy,
    stopped_by: request.stoppedBy,
  };
}

export function fromRequestRow(row: RequestRow): Request {
  return {
    id: row.id,
    viewId: row.view_id,
    teamId: row.team_id,
    channelId: row.channel_id,
    requestedBy: row.requested_by,
    note: row.note,
    responseUrl: row.response_url,
    commandHadText: row.command_had_text === 1,
    createdAt: new Date(row.created_at),
    approvedBy: row.approved_by,
    stoppedBy: row.stopped_by,
  };
}

export function toRemovalRow(removal: Removal): RemovalRow {
  return {
    id: removal.id,
    request_id: removal.requestId,
    chat_id: removal.chatId,
    chat_name: removal.chatName,
    handle: removal.handle,
    status: removal.status,
    attempts: removal.attempts,
    due_at: instant(removal.dueAt),
    version: removal.version,
    approved_at: removal.approvedAt.toISOString(),
    sent_at: instant(removal.sentAt),
    not_before: instant(removal.notBefore),
    proving_since: instant(removal.provingSince),
    settled_at: instant(removal.settledAt),
    reason: removal.reason,
    linq_says: removal.linqSays,
    trace_id: removal.traceId,
    left_alone: flag(removal.leftAlone),
  };
}

export function fromRemovalRow(row: RemovalRow): Removal {
  return {
    id: row.id,
    requestId: row.request_id,
    chatId: row.chat_id,
    chatName: row.chat_name,
    handle: row.handle,
    status: row.status,
    attempts: row.attempts,
    dueAt: date(row.due_at),
    version: row.version,
    approvedAt: new Date(row.approved_at),
    sentAt: date(row.sent_at),
    notBefore: date(row.not_before),
    provingSince: date(row.proving_since),
    settledAt: date(row.settled_at),
    reason: row.reason,
    linqSays: row.linq_says,
    traceId: row.trace_id,
    leftAlone: row.left_alone === 1,
  };
}

export function toAnnouncementRow(announcement: Announcement): AnnouncementRow {
  return {
    request_id: announcement.requestId,
    route: announcement.delivery.route,
    hint: announcement.delivery.hint,
    place_channel: announcement.place?.channel ?? null,
    place_ts: announcement.place?.ts ?? null,
    wanted: announcement.wanted,
    shown: announcement.shown,
    held: flag(announcement.held),
    due_at: instant(announcement.dueAt),
    quiet_until: instant(announcement.quietUntil),
    tries: announcement.tries,
    shown_open: flag(announcement.shownOpen),
    told: flag(announcement.told),
    listed: flag(announcement.listed),
    version: announcement.version,
  };
}

export function fromAnnouncementRow(row: AnnouncementRow): Announcement {
  return {
    requestId: row.request_id,
    delivery: { route: row.route, hint: row.hint },
    place: readPlace(row),
    wanted: row.wanted,
    shown: row.shown,
    held: row.held === 1,
    dueAt: date(row.due_at),
    quietUntil: date(row.quiet_until),
    tries: row.tries,
    shownOpen: row.shown_open === 1,
    told: row.told === 1,
    listed: row.listed === 1,
    version: row.version,
  };
}

function readPlace(row: AnnouncementRow): Place | null {
  if (row.place_channel === null || row.place_ts === null) return null;
  return { channel: row.place_channel, ts: row.place_ts };
}
