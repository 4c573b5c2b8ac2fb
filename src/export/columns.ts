import type { HistoryRecord } from '../removal/history.js';

/**
 * A record as it leaves: flat, every field always there, in this order. People's scripts depend on these names, so
 * they are only ever added to.
 */
export function toExported(record: HistoryRecord) {
  const { place } = record;
  return {
    at: record.at.toISOString(),
    what: record.kind,
    request: record.requestId,
    removal: record.changeId,
    workspace: record.teamId,
    channel: record.channelId,
    requested_by: record.requestedBy,
    decided_by: record.decidedBy,
    chat_id: record.chatId,
    chat_name: record.chatName,
    handle: record.handle,
    why: record.reason,
    reason: record.note,
    shown: record.shown,
    trace_id: record.traceId,
    message_channel: place?.channel ?? null,
    message_ts: place?.ts ?? null,
    cleared_at: record.clearedAt?.toISOString() ?? null,
  };
}

export type Exported = ReturnType<typeof toExported>;

export const COLUMNS: readonly (keyof Exported)[] = [
  'at',
  'what',
  'request',
  'removal',
  'workspace',
  'channel',
  'requested_by',
  'decided_by',
  'chat_id',
  'chat_name',
  'handle',
  'why',
  'reason',
  'shown',
  'trace_id',
  'message_channel',
  'message_ts',
  'cleared_at',
];
