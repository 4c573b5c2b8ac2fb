import type { AuditFact, AuditKind } from '../../removal/audit.js';
import {
  cut,
  escapeMrkdwn,
  type HandleDisplay,
  showChat,
  showHandle,
  showText,
  slackDate,
} from '../blocks/text.js';

const DETAIL_LENGTH = 300;
/** A start names every setting that is not the default. */
const SETTINGS_LENGTH = 2_000;

type Words = (fact: AuditFact, display: HandleDisplay) => string;

/** What each kind of fact reads like; what it is about, and a reason, follow. In mrkdwn. */
const WORDS: Record<AuditKind, Words> = {
  refused: ({ by, detail, channelId }) =>
    `${who(by)} was refused by the rule “${escapeMrkdwn(detail ?? 'unknown')}”${where(channelId)}`,
  decided: ({ by, channelId }) => `${who(by)} decided alone${where(channelId)}`,
  asked: ({ by, channelId }) => `${who(by)} asked for approval${where(channelId)}`,
  approved: ({ by, askedBy, detail }) =>
    `${who(by)} approved${detail === null ? '' : ` (${escapeMrkdwn(detail)})`} what ${who(askedBy)} asked for`,
  declined: ({ by, askedBy }) => `${who(by)} declined what ${who(askedBy)} asked for`,
  expired: ({ askedBy }) => `Nobody decided in time what ${who(askedBy)} asked for`,
  withdrawn: ({ by }) => `${who(by)} withdrew what they had asked for`,
  stopped: ({ by, askedBy }) => `${who(by)} stopped what ${who(askedBy)} asked for`,
  paused: ({ by }) => `${who(by)} paused all removals`,
  resumed: ({ by }) => `${who(by)} resumed all removals`,
  started: () => 'linq-remove started',
};

/** One fact as one line, with its time. In mrkdwn, with everything from outside escaped. */
export function auditSentence(fact: AuditFact, display: HandleDisplay): string {
  const words = [WORDS[fact.kind](fact, display), matter(fact, display)].filter(Boolean).join(': ');
  return `${slackDate(fact.at)}  ${words}.${detail(fact, display)}`;
}

function who(userId: string | null): string {
  return userId === null ? 'somebody' : `<@${escapeMrkdwn(userId)}>`;
}

function where(channelId: string | null): string {
  return channelId?.startsWith('C') ? ` in <#${escapeMrkdwn(channelId)}>` : '';
}

/** The wish in words: one person and chat by name, of more the number. */
function matter({ about, direction }: AuditFact, display: HandleDisplay): string {
  const [first, ...others] = about;
  if (!first) return '';
  if (others.length > 0) return `${about.length} ${direction === 'add' ? 'additions' : 'removals'}`;
  const person = first.handle === null ? null : showHandle(first.handle, display);
  const chat = first.chatId === null ? null : showChat(first.chatName, first.chatId, display);
  const both = escapeMrkdwn([person, chat].filter((part) => part !== null).join(' · '));
  if (direction === null) return both;
  return direction === 'add' ? `add back ${both}` : `remove ${both}`;
}

function detail({ kind, detail: words }: AuditFact, display: HandleDisplay): string {
  if (words === null || words === '' || kind === 'refused' || kind === 'approved') return '';
  if (kind === 'started') return ` ${escapeMrkdwn(cut(words, SETTINGS_LENGTH))}`;
  const shown = showText(words, display);
  return shown ? ` Reason: ${escapeMrkdwn(cut(shown, DETAIL_LENGTH))}` : '';
}
