import type { KnownBlock } from '@slack/types';
import { CHATS_IN_MESSAGE } from '../../removal/announcement.js';
import type { Proposal } from '../../removal/proposal.js';
import type { Request } from '../../removal/removal.js';
import { mrkdwn, plain, section } from '../blocks.js';
import { sectionsOf } from './many-chats.js';
import { cut, escapeMrkdwn, type HandleDisplay, showChat, showHandle, showText, slackDay } from '../text.js';

interface Body {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

interface Words {
  /** A heading of our own, with its decoration. */
  readonly heading: string;
  /** What it is about. May hold words from outside. */
  readonly about: string;
  /** Our own words with mentions. */
  readonly says: string;
  /** What somebody typed. */
  readonly quote: string | null;
}

const REASON_LENGTH = 300;

/** The body of a message about something that a second person has to decide, or because of whom nothing was removed. */
export function proposalBody(proposal: Proposal, request: Request, display: HandleDisplay): Body {
  const { heading, about, says, quote } = WORDS[proposal.status](proposal, request, display);
  const list = proposal.chats.length > 1 ? chatLines(proposal, display) : [];
  return {
    text: [`${heading.split('  ')[0]}:`, escapeMrkdwn(about), says, quote && escapeMrkdwn(quote)]
      .filter(Boolean)
      .join(' '),
    blocks: [
      section(mrkdwn(`*${heading.replace('  ', '*  ')}`)),
      section(plain(about)),
      ...sectionsOf(list),
      section(mrkdwn(says)),
      ...(quote ? [section(plain(quote))] : []),
    ],
  };
}

/** For the thread: an edited message rings nobody, and the person who asked waits for the answer. */
export function undoneEnding(proposal: Proposal, request: Request, display: HandleDisplay): Body {
  const { about, says, quote } = WORDS[proposal.status](proposal, request, display);
  const mention = `<@${escapeMrkdwn(request.requestedBy)}>`;
  return {
    text: [mention, says, escapeMrkdwn(about), quote && escapeMrkdwn(quote)].filter(Boolean).join(' '),
    blocks: [
      section(mrkdwn(`${mention} ${says}`)),
      section(plain([about, quote].filter(Boolean).join('\n'))),
    ],
  };
}

/** One entry a status; an approved one speaks through its removals. */
const WORDS: Record<
  Proposal['status'],
  (proposal: Proposal, request: Request, display: HandleDisplay) => Words
> = {
  pending: (proposal, { requestedBy }, display) => ({
    heading: 'Waiting for approval  :eyes:',
    about: `Remove ${what(proposal, display)}?`,
    says: `<@${escapeMrkdwn(requestedBy)}> asks for this, and nothing is removed before ${approvers(proposal)} approves it. It ends by itself ${slackDay(proposal.expiresAt)}.`,
    quote: null,
  }),
  approved: (proposal, _request, display) => ({
    heading: 'Approved  :hourglass_flowing_sand:',
    about: `Removing ${what(proposal, display)}.`,
    says: `Approved by ${decider(proposal)}.`,
    quote: null,
  }),
  declined: (proposal, _request, display) => ({
    heading: 'Declined  :no_entry:',
    about: `Nothing was removed. Asked for was to remove ${what(proposal, display)}.`,
    says: `Declined by ${decider(proposal)}.`,
    quote: `Why: ${cut(showText(proposal.declineReason ?? '', display), REASON_LENGTH)}`,
  }),
  expired: (proposal, _request, display) => ({
    heading: 'Expired  :no_entry:',
    about: `Nothing was removed. Asked for was to remove ${what(proposal, display)}.`,
    says: 'Nobody approved this in time. To ask again, run /linq-remove.',
    quote: null,
  }),
};

function what({ handle, chats }: Proposal, display: HandleDisplay): string {
  const [first, ...others] = chats;
  const person = showHandle(handle, display);
  if (!first || others.length > 0) return `${person} from ${chats.length} chats`;
  return `${person} from ${showChat(first.chatName, first.chatId, display)}`;
}

function chatLines({ chats }: Proposal, display: HandleDisplay): string[] {
  const lines = chats
    .slice(0, CHATS_IN_MESSAGE)
    .map(({ chatName, chatId }) => `• ${showChat(chatName, chatId, display)}`);
  const hidden = chats.length - lines.length;
  return hidden > 0 ? [...lines, `and ${hidden} more, which the review lists`] : lines;
}

function approvers({ approvers: ids }: Proposal): string {
  const names = ids.map((id) =>
    id.startsWith('S') ? `<!subteam^${escapeMrkdwn(id)}>` : `<@${escapeMrkdwn(id)}>`,
  );
  return names.length > 1 ? `one of ${names.join(', ')}` : names.join('');
}

function decider({ decidedBy }: Proposal): string {
  return `<@${escapeMrkdwn(decidedBy ?? '')}>`;
}
