import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import type { Change } from '../../removal/change.js';
import { endedBadly } from '../../removal/change.js';
import type { HistoryRecord } from '../../removal/history.js';
import { tally } from '../../removal/outcome.js';
import { endedUndone } from '../../removal/proposal.js';
import { hasEnded, leftOut, type RequestState } from '../../removal/state.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { alert, dataTable, TABLE_ROWS, type TwoForms, textCell, timeCell } from '../blocks/rich-view.js';
import {
  clean,
  cut,
  escapeMrkdwn,
  type HandleDisplay,
  showChat,
  showConversation,
  showHandle,
  showText,
  slackDate,
} from '../blocks/text.js';
import { describe, traceOf } from '../message/one-chat.js';
import { DETAILED, type HistoryQuery, writeQuery } from './history-query.js';
import { messageLink } from './history-view.js';
import { milestonesOf, PROOF_WORDS } from './milestones.js';

export const LIST = 'history_list';

const NOTE_LENGTH = 1_000;
const ROWS_A_PAGE = 10;
const MOST_SECTIONS = 20;
const SHOWN_LENGTH = 8_000;
const SECTION_LENGTH = 2_900;

/** One request from its question to its proof. */
export interface RequestDetails {
  readonly state: RequestState;
  /** Everything that the history holds of it, the oldest first. */
  readonly records: readonly HistoryRecord[];
  readonly display: HandleDisplay;
  readonly now: Date;
}

/** The details of a request, with the way back to the list that they were opened from. */
export function detailsModal(given: RequestDetails, query: HistoryQuery): TwoForms {
  const { state, display } = given;
  const outcome = plain(outcomeIn(state));
  const frame = (head: KnownBlock, changes: KnownBlock[]): ModalView => ({
    type: 'modal',
    callback_id: DETAILED,
    title: plain('Request'),
    close: plain('Close'),
    private_metadata: writeQuery(query),
    blocks: [
      head,
      section(mrkdwn(who(given))),
      ...(state.request.note ? [section(plain(`Reason: ${shownNote(state, display)}`))] : []),
      ...changes,
      ...shownBefore(given),
      back(),
    ],
  });
  return {
    rich: frame(alert(outcome, levelOf(state)), changesInTable(given)),
    plain: frame(section(outcome), changesInSections(given)),
  };
}

function outcomeIn(state: RequestState): string {
  const { changes, proposal, request } = state;
  if (changes.length > 0)
    return `${request.stoppedBy ? 'Stopped. ' : ''}${tally(changes, false, leftOut(state).length)}.`;
  switch (proposal?.status) {
    case 'declined':
      return 'Declined. Nothing was sent to Linq.';
    case 'expired':
      return 'Nobody decided in time. Nothing was sent to Linq.';
    case 'withdrawn':
      return 'Withdrawn. Nothing was sent to Linq.';
    default:
      return 'Waiting for approval. Nothing is sent to Linq before that.';
  }
}

function levelOf(state: RequestState): 'success' | 'warning' | 'info' {
  const isPart = state.changes.some(endedBadly) || leftOut(state).length > 0;
  if (isPart || endedUndone(state.proposal)) return 'warning';
  return hasEnded(state) ? 'success' : 'info';
}

/** Who did what and when, in our own markup. */
function who({ state, records }: RequestDetails): string {
  const { request, proposal, status } = state;
  const person = (id: string) => `<@${escapeMrkdwn(id)}>`;
  const decline = records.find(
    ({ kind }) => kind === 'approval-declined' || kind === 'add-approval-declined',
  );
  const lines = [
    `Asked for by ${person(request.requestedBy)} in ${showConversation(request.channelId)}, ${slackDate(request.createdAt)}`,
    ...approvalsIn(state).map(({ by, at }) => `Approved by ${person(by)}${at ? `, ${slackDate(at)}` : ''}`),
    ...(decline?.decidedBy ? [`Declined by ${person(decline.decidedBy)}, ${slackDate(decline.at)}`] : []),
    ...(request.stoppedBy ? [`Stopped by ${person(request.stoppedBy)}`] : []),
    ...(proposal?.status === 'pending' ? [`Waits for approval until ${slackDate(proposal.expiresAt)}`] : []),
    ...(status.place ? [`<${messageLink(status.place)}|The message>`] : []),
  ];
  return lines.join('\n');
}

/** Who approved, other than the asker; of requests from before approvals had times, without them. */
export function approvalsIn({ request, proposal }: RequestState): readonly { by: string; at: Date | null }[] {
  const given = proposal?.approvals ?? [];
  if (given.length > 0) return given;
  return request.approvedBy.map((by) => ({ by, at: proposal?.decidedAt ?? null }));
}

function shownNote({ request }: RequestState, display: HandleDisplay): string {
  return cut(showText(request.note ?? '', display), NOTE_LENGTH);
}

function changesInTable({ state, records, display }: RequestDetails): KnownBlock[] {
  const { changes } = state;
  if (changes.length === 0) return wantedIn(state, display);
  const columns = [
    'Person',
    'Chat',
    'How it stands',
    'Approved',
    'Sent',
    'Accepted by Linq',
    'Ended',
    'Proof',
    'Trace ID',
  ];
  const rows = changes.map((change) => {
    const { approved, sent, accepted, ended, proof } = milestonesOf(change, records);
    return [
      textCell(showHandle(change.handle, display)),
      textCell(showChat(change.chatName, change.chatId, display)),
      textCell(describe(change, display).headline),
      timeCell(approved),
      timeCell(sent),
      timeCell(accepted),
      timeCell(ended),
      textCell(proof === null ? '' : PROOF_WORDS[proof]),
      textCell(traceOf(change) ?? ''),
    ];
  });
  return [
    dataTable('Each person and chat', columns, rows, ROWS_A_PAGE),
    ...beyond(changes.length, TABLE_ROWS),
  ];
}

function changesInSections({ state, records, display }: RequestDetails): KnownBlock[] {
  const { changes } = state;
  if (changes.length === 0) return wantedIn(state, display);
  const shown = changes
    .slice(0, MOST_SECTIONS)
    .flatMap((change) => [section(plain(oneLine(change, display))), context(mrkdwn(times(change, records)))]);
  return [...shown, ...beyond(changes.length, MOST_SECTIONS)];
}

function oneLine(change: Change, display: HandleDisplay): string {
  const { headline, sentence } = describe(change, display);
  const about = `${showHandle(change.handle, display)} · ${showChat(change.chatName, change.chatId, display)}`;
  return `${headline}: ${about}${endedBadly(change) ? `\n${sentence}` : ''}`;
}

function times(change: Change, records: readonly HistoryRecord[]): string {
  const { approved, sent, accepted, ended, proof } = milestonesOf(change, records);
  const trace = traceOf(change);
  const said: readonly (readonly [string, Date | null])[] = [
    ['approved', approved],
    ['sent', sent],
    ['accepted by Linq', accepted],
    ['ended', ended],
  ];
  return [
    ...said.flatMap(([words, at]) => (at ? [`${words} ${slackDate(at)}`] : [])),
    ...(proof === null ? [] : [`proven by ${PROOF_WORDS[proof]}`]),
    ...(trace === null ? [] : [`trace ID ${escapeMrkdwn(trace)}`]),
  ].join('  ·  ');
}

function beyond(count: number, most: number): KnownBlock[] {
  return count > most ? [context(plain(`And ${count - most} more: the receipt has all of them.`))] : [];
}

/** Before it was decided there is nothing but what was asked for. */
function wantedIn({ proposal }: RequestState, display: HandleDisplay): KnownBlock[] {
  const wanted = proposal?.wanted ?? [];
  const lines = wanted
    .slice(0, MOST_SECTIONS)
    .map(
      ({ handle, chatName, chatId }) =>
        `• ${showHandle(handle, display)} · ${showChat(chatName, chatId, display)}`,
    );
  return lines.length > 0 ? [section(plain(lines.join('\n'))), ...beyond(wanted.length, MOST_SECTIONS)] : [];
}

/** What the people who decided had before them, line by line. */
function shownBefore({ records, display }: RequestDetails): KnownBlock[] {
  const shown = [...new Set(records.flatMap((record) => record.shown ?? []))];
  const text = shown
    .map((each) =>
      each
        .split('\n')
        .map((line) => showText(clean(line), display))
        .join('\n'),
    )
    .join('\n\n');
  if (text === '') return [];
  const whole = cut(text, SHOWN_LENGTH);
  const parts = whole.match(new RegExp(`[\\s\\S]{1,${SECTION_LENGTH}}`, 'gu')) ?? [];
  return [
    section(mrkdwn('*What was shown before it was approved*')),
    ...parts.map((part) => section(plain(part))),
  ];
}

function back(): ActionsBlock {
  return {
    type: 'actions',
    block_id: `${LIST}_actions`,
    elements: [{ type: 'button', action_id: LIST, text: plain('Back to the list', 75) }],
  };
}
