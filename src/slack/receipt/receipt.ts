import type { Change } from '../../removal/change.js';
import type { HistoryKind, HistoryRecord } from '../../removal/history.js';
import type { Wanted } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import { cut, type HandleDisplay, showChat, showHandle, showText } from '../blocks/text.js';
import { type Milestones, milestonesOf, PROOF_WORDS } from '../history/milestones.js';
import { approvalsIn } from '../history/request-details.js';
import { describe, traceOf } from '../message/one-chat.js';

/** Words, and people of Slack by their IDs. Untrusted: never to be interpreted. */
export type ReceiptLine = readonly (string | { readonly user: string })[];

/** A finished request as evidence: for people line by line, for programs row by row. */
export interface Receipt {
  readonly requestId: string;
  readonly lines: readonly ReceiptLine[];
  readonly rows: readonly ReceiptRow[];
}

/** One person and chat. People's scripts may depend on these names, so they are only ever added to. */
export type ReceiptRow = Readonly<Record<(typeof RECEIPT_COLUMNS)[number], string | null>>;

export const RECEIPT_COLUMNS = [
  'request',
  'what',
  'handle',
  'chat_id',
  'chat_name',
  'outcome',
  'asked_by',
  'asked_at',
  'asked_in',
  'reason',
  'approved_by',
  'approved_at',
  'sent_at',
  'accepted_at',
  'ended_at',
  'proven_by',
  'trace_id',
] as const;

const NOTE_LENGTH = 1_000;
const ENDS: Partial<Record<HistoryKind, string>> = {
  'approval-declined': 'Declined by ',
  'add-approval-declined': 'Declined by ',
  'approval-withdrawn': 'Withdrawn by ',
  'add-approval-withdrawn': 'Withdrawn by ',
};
const WISH = { remove: 'Remove', add: 'Add back' } as const;

export function receiptOf(
  state: RequestState,
  records: readonly HistoryRecord[],
  display: HandleDisplay,
): Receipt {
  const { request, changes, proposal } = state;
  const items = changes.length > 0 ? changes : (proposal?.wanted ?? []);
  return {
    requestId: request.id,
    lines: [
      ...head(state, records, display),
      ...items.flatMap((item, index) => itemLines(item, index, records, display)),
    ],
    rows: items.map((item) => toRow(item, state, records, display)),
  };
}

function head(
  state: RequestState,
  records: readonly HistoryRecord[],
  display: HandleDisplay,
): readonly ReceiptLine[] {
  const { request } = state;
  const approvals = approvalsIn(state);
  const ends = records.filter(({ kind }) => kind in ENDS).slice(0, 1);
  const note = showText(request.note ?? '', display);
  return [
    [`Request ${request.id}`],
    [
      'Asked for by ',
      { user: request.requestedBy },
      `, ${utc(request.createdAt)}, in conversation ${request.channelId}`,
    ],
    ...(note ? [[`Reason: ${cut(note, NOTE_LENGTH)}`]] : []),
    ...approvals.map(({ by, at }): ReceiptLine => ['Approved by ', { user: by }, at ? `, ${utc(at)}` : '']),
    ...(approvals.length === 0 && state.proposal === null ? [['No other approval was needed.']] : []),
    ...ends.map(
      ({ kind, decidedBy, at }): ReceiptLine => [
        ENDS[kind] ?? '',
        { user: decidedBy ?? request.requestedBy },
        `, ${utc(at)}`,
      ],
    ),
    ...(state.proposal?.status === 'expired' ? [['Nobody decided in time.']] : []),
    ...(request.stoppedBy ? [['Stopped by ', { user: request.stoppedBy }]] : []),
  ];
}

/** After an empty line: a hundred of them are read one by one. */
function itemLines(
  item: Change | Wanted,
  index: number,
  records: readonly HistoryRecord[],
  display: HandleDisplay,
): readonly ReceiptLine[] {
  const about = `${showHandle(item.handle, display)} · ${showChat(item.chatName, item.chatId, display)}`;
  const first: ReceiptLine = [`${index + 1}. ${WISH[item.direction]} ${about}: ${outcomeOf(item, display)}`];
  const id: ReceiptLine = [`Chat ID ${item.chatId}`];
  return [[], first, id, ...(isChange(item) ? times(milestonesOf(item, records), item) : [])];
}

/** Linq may have accepted it in an answer that was lost, or that came when the change was proven already. */
const NOT_ACCEPTED = 'No clear acceptance by Linq is on record';

function times({ sent, accepted, ended, proof }: Milestones, change: Change): readonly ReceiptLine[] {
  const trace = traceOf(change);
  return [
    [sent ? `Sent to Linq: ${utc(sent)}` : 'Never sent to Linq'],
    ...(sent ? [[accepted ? `Accepted by Linq: ${utc(accepted)}` : NOT_ACCEPTED]] : []),
    ...(ended
      ? [[`Ended: ${utc(ended)}${proof ? `, proven by ${PROOF_WORDS[proof]}` : ', without proof'}`]]
      : []),
    ...(trace ? [[`Linq’s trace ID ${trace}`]] : []),
  ];
}

function toRow(
  item: Change | Wanted,
  state: RequestState,
  records: readonly HistoryRecord[],
  display: HandleDisplay,
): ReceiptRow {
  const { request } = state;
  const approvals = approvalsIn(state);
  const when = isChange(item) ? milestonesOf(item, records) : null;
  return {
    request: request.id,
    what: item.direction,
    handle: showHandle(item.handle, display),
    chat_id: item.chatId,
    chat_name: item.chatName === null ? null : showText(item.chatName, display),
    outcome: outcomeOf(item, display),
    asked_by: request.requestedBy,
    asked_at: request.createdAt.toISOString(),
    asked_in: request.channelId,
    reason: request.note === null ? null : showText(request.note, display),
    approved_by: approvals.map(({ by }) => by).join(' ') || null,
    approved_at: approvals.at(-1)?.at?.toISOString() ?? null,
    sent_at: when?.sent?.toISOString() ?? null,
    accepted_at: when?.accepted?.toISOString() ?? null,
    ended_at: when?.ended?.toISOString() ?? null,
    proven_by: when?.proof ?? null,
    trace_id: isChange(item) ? traceOf(item) : null,
  };
}

function outcomeOf(item: Change | Wanted, display: HandleDisplay): string {
  return isChange(item) ? describe(item, display).headline : 'Nothing was sent to Linq';
}

function isChange(item: Change | Wanted): item is Change {
  return 'status' in item;
}

/** To the second, in one zone for all readers: this is evidence. */
function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
