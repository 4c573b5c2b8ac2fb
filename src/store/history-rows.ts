import type { ParticipantEvent } from '../removal/event.js';
import type { HistoryEntry, HistoryRecord } from '../removal/history.js';
import type { Notice } from '../removal/notice.js';
import type { EventRow, HistoryRow, NoticeRow, PlacedHistoryRow } from './schema.js';

/** One pair of functions between each value and its row. */

export function toHistoryRow(entry: HistoryEntry): Omit<HistoryRow, 'id'> {
  return {
    at: entry.at.toISOString(),
    kind: entry.kind,
    request_id: entry.requestId,
    removal_id: entry.removalId,
    team_id: entry.teamId,
    channel_id: entry.channelId,
    requested_by: entry.requestedBy,
    decided_by: entry.decidedBy,
    chat_id: entry.chatId,
    chat_name: entry.chatName,
    handle: entry.handle,
    reason: entry.reason,
    note: entry.note,
    shown: entry.shown,
    trace_id: entry.traceId,
    cleared_at: null,
  };
}

export function fromHistoryRow(row: PlacedHistoryRow): HistoryRecord {
  const { place_channel: channel, place_ts: ts } = row;
  return {
    id: row.id,
    at: new Date(row.at),
    kind: row.kind,
    requestId: row.request_id,
    removalId: row.removal_id,
    teamId: row.team_id,
    channelId: row.channel_id,
    requestedBy: row.requested_by,
    decidedBy: row.decided_by,
    chatId: row.chat_id,
    chatName: row.chat_name,
    handle: row.handle,
    reason: row.reason,
    note: row.note,
    shown: row.shown,
    traceId: row.trace_id,
    clearedAt: row.cleared_at === null ? null : new Date(row.cleared_at),
    place: channel === null || ts === null ? null : { channel, ts },
  };
}

export function toEventRow(event: ParticipantEvent, now: Date): EventRow {
  return {
    delivery_id: event.deliveryId,
    event_id: event.eventId,
    kind: event.kind,
    chat_id: event.chatId,
    handle: event.handle,
    is_us: event.isUs ? 1 : 0,
    left_alone: event.leftAlone ? 1 : 0,
    at: event.at?.toISOString() ?? null,
    trace_id: event.traceId,
    taken_at: now.toISOString(),
  };
}

export function fromEventRow(row: EventRow): ParticipantEvent {
  return {
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    kind: row.kind,
    chatId: row.chat_id,
    handle: row.handle,
    isUs: row.is_us === 1,
    leftAlone: row.left_alone === 1,
    at: row.at === null ? null : new Date(row.at),
    traceId: row.trace_id,
  };
}

export function toNoticeRow(notice: Notice): NoticeRow {
  return {
    removal_id: notice.removalId,
    request_id: notice.requestId,
    added_at: notice.addedAt.toISOString(),
    route: notice.route,
    held: notice.held ? 1 : 0,
    due_at: notice.dueAt?.toISOString() ?? null,
    tries: notice.tries,
    unheard: notice.unheard,
    version: notice.version,
  };
}

export function fromNoticeRow(row: NoticeRow): Notice {
  return {
    removalId: row.removal_id,
    requestId: row.request_id,
    addedAt: new Date(row.added_at),
    route: row.route,
    held: row.held === 1,
    dueAt: row.due_at === null ? null : new Date(row.due_at),
    tries: row.tries,
    unheard: row.unheard,
    version: row.version,
  };
}
