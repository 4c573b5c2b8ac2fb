import type { KnownBlock } from '@slack/types';
import type { HistoryKind, HistoryRecord, LatestQuery } from '../../removal/history.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import {
  cut,
  escapeMrkdwn,
  type HandleDisplay,
  NO_LONGER_NAMED,
  showChat,
  showHandle,
  showText,
  slackDate,
} from '../blocks/text.js';

/** How each kind of entry is called where people look back. A new kind does not compile until it has its word. */
export const HISTORY_WORDS: Record<HistoryKind, string> = {
  approved: 'Approved',
  sending: 'Asking Linq',
  waiting: 'Trying again soon',
  unsure: 'No answer yet, checking',
  queued: 'Removal queued',
  removed: 'Removed',
  gone: 'Already gone',
  refused: 'Not removed',
  unconfirmed: 'Not confirmed',
  'add-approved': 'Adding back approved',
  'add-sending': 'Asking Linq to add back',
  'add-waiting': 'Adding back, trying again soon',
  'add-unsure': 'Adding back, no answer yet, checking',
  'add-queued': 'Adding back queued',
  'added-back': 'Was added back',
  'add-gone': 'Already back',
  'add-refused': 'Not added back',
  'add-unconfirmed': 'Adding back not confirmed',
  'access-refused': 'Not allowed',
  'looked-up': 'Looked up',
  'approval-asked': 'Waiting for approval',
  'approval-given': 'Approved by one, waiting for others',
  'approval-outdated': 'Changed since it was shown',
  'approval-declined': 'Declined',
  'approval-withdrawn': 'Withdrawn',
  'approval-undelivered': 'No approver could be reached',
  'approval-expired': 'Approval expired',
  'add-approval-asked': 'Adding back, waiting for approval',
  'add-approval-given': 'Adding back, approved by one, waiting for others',
  'add-approval-outdated': 'Adding back, changed since it was shown',
  'add-approval-declined': 'Adding back declined',
  'add-approval-withdrawn': 'Adding back withdrawn',
  'add-approval-undelivered': 'Adding back, no approver could be reached',
  'add-approval-expired': 'Adding back, approval expired',
};

/** What was asked for. */
export interface HistoryList {
  readonly records: readonly HistoryRecord[];
  /** The filter in words, null for none. */
  readonly about: string | null;
  readonly what: LatestQuery['what'];
  /** Only the person's own requests and those of the conversation. */
  readonly isNarrow: boolean;
  readonly display: HandleDisplay;
  /** What has to be said beside it, in mrkdwn. */
  readonly note: string | null;
}

export interface HistoryAnswer {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const NOTE_LENGTH = 150;

/** The latest entries, for the person who asked alone. */
export function historyAnswer(list: HistoryList): HistoryAnswer {
  const { records, display, note } = list;
  const first = titleOf(list);
  return {
    text: [
      ...(note ? [note] : []),
      escapeMrkdwn(first),
      ...records.map((record) => asLine(record, display)),
    ].join('\n'),
    blocks: [
      ...(note ? [section(mrkdwn(note))] : []),
      section(plain(first)),
      ...records.flatMap((record) => asBlocks(record, display)),
    ],
  };
}

/** What follows, in a line; without records, that there are none. */
export function titleOf({ records, about, what, isNarrow }: Omit<HistoryList, 'note'>): string {
  const [one, many] = what === 'refused' ? ['refused attempt', 'refused attempts'] : ['removal', 'removals'];
  const matter = about === null ? '' : ` about ${about}`;
  const where = isNarrow
    ? ' that you or this conversation asked for'
    : about === null
      ? ' in this workspace'
      : '';
  if (records.length === 0) return `There are no ${many}${where}${matter} yet. ${hintFor(what, about)}`;
  return `The latest ${records.length === 1 ? one : many}${where}${matter}`;
}

function hintFor(what: LatestQuery['what'], about: string | null): string {
  if (about !== null) return 'Without a filter, /linq-remove history shows the latest of all.';
  return what === 'refused' ? 'A refusal shows up here at once.' : 'To make the first one: /linq-remove';
}

/** What happened in plain text; when, who and where in our own markup. */
function asBlocks(record: HistoryRecord, display: HandleDisplay): KnownBlock[] {
  return [section(plain(headline(record, display))), context(mrkdwn(details(record)))];
}

function asLine(record: HistoryRecord, display: HandleDisplay): string {
  return `• ${escapeMrkdwn(headline(record, display))} ${details(record)}`;
}

export function headline(record: HistoryRecord, display: HandleDisplay): string {
  const { kind, chatId, chatName, note, reason } = record;
  const person = personIn(record, display);
  const chat = chatId === null ? null : showChat(chatName, chatId, display);
  const rule = kind === 'access-refused' && reason !== null ? `by the rule “${reason}”` : null;
  const what = [rule, person, chat].filter((part) => part !== null).join(' · ');
  const words = note ? ` · Reason: ${cut(showText(note, display), NOTE_LENGTH)}` : '';
  return `${HISTORY_WORDS[kind]}${what ? `: ${what}` : ''}${words}`;
}

/** Null: it is about no person. Who was merely looked for had nothing done to them, and stays masked. */
export function personIn({ kind, handle, clearedAt }: HistoryRecord, display: HandleDisplay): string | null {
  const shown = kind === 'looked-up' && display === 'full' ? 'masked' : display;
  if (handle) return showHandle(handle, shown);
  return clearedAt ? NO_LONGER_NAMED : null;
}

export function details({ at, requestedBy, decidedBy, channelId, place }: HistoryRecord): string {
  const who = `asked for by <@${escapeMrkdwn(requestedBy)}>`;
  const decided = decidedBy ? [`decided by <@${escapeMrkdwn(decidedBy)}>`] : [];
  const where = channelId?.startsWith('C') ? [`in <#${escapeMrkdwn(channelId)}>`] : [];
  const link = place ? [`<${messageLink(place)}|message>`] : [];
  return [slackDate(at), who, ...decided, ...where, ...link].join('  ·  ');
}

/** Slack redirects this form to the workspace of whoever opens it, so no call for a permalink is needed. */
export function messageLink({ channel, ts }: { channel: string; ts: string }): string {
  return `https://slack.com/archives/${channel}/p${ts.replace('.', '')}`;
}
