import type { KnownBlock } from '@slack/types';
import type { HistoryKind, HistoryRecord } from '../../removal/history.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { clean, cut, escapeMrkdwn, showChat, slackDate } from '../blocks/text.js';

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
  'approval-asked': 'Waiting for approval',
  'approval-outdated': 'Changed since it was shown',
  'approval-declined': 'Declined',
  'approval-expired': 'Approval expired',
};

/** What was asked for. `about` is the filter in words, null for everything. */
export interface HistoryList {
  readonly records: readonly HistoryRecord[];
  readonly about: string | null;
}

export interface HistoryAnswer {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const NOTE_LENGTH = 150;

/** The latest entries, for the person who asked alone: handles are complete. */
export function historyAnswer({ records, about }: HistoryList): HistoryAnswer {
  const scope = about === null ? 'in this workspace' : `about ${about}`;
  if (records.length === 0) return nothing(scope, about === null);
  const title = records.length === 1 ? `The latest removal ${scope}` : `The latest removals ${scope}`;
  return {
    text: [escapeMrkdwn(title), ...records.map(asLine)].join('\n'),
    blocks: [section(plain(title)), ...records.flatMap(asBlocks)],
  };
}

function nothing(scope: string, isEverything: boolean): HistoryAnswer {
  const hint = isEverything
    ? 'To make the first one: /linq-remove'
    : 'Without a filter, /linq-remove history shows the latest of all.';
  const sentence = `There are no removals ${scope} yet. ${hint}`;
  return { text: escapeMrkdwn(sentence), blocks: [section(plain(sentence))] };
}

/** What happened in plain text; when, who and where in our own markup. */
function asBlocks(record: HistoryRecord): KnownBlock[] {
  return [section(plain(headline(record))), context(mrkdwn(details(record)))];
}

function asLine(record: HistoryRecord): string {
  return `• ${escapeMrkdwn(headline(record))} ${details(record)}`;
}

function headline(record: HistoryRecord): string {
  const { kind, chatId, chatName, note, clearedAt } = record;
  const person = clean(record.handle ?? '') || (clearedAt ? 'a person no longer named' : null);
  const chat = chatId === null ? null : showChat(chatName, chatId, 'full');
  const what = [person, chat].filter((part) => part !== null).join(' · ');
  const reason = note ? ` · Reason: ${cut(clean(note), NOTE_LENGTH)}` : '';
  return `${HISTORY_WORDS[kind]}${what ? `: ${what}` : ''}${reason}`;
}

function details({ at, requestedBy, decidedBy, channelId, place }: HistoryRecord): string {
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
