import { CHANGES_IN_MESSAGE } from '../../removal/delivery-policy.js';
import type { Proposal } from '../../removal/proposal.js';
import { directionOf, type Request } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import { mrkdwn, plain, section } from '../blocks/blocks.js';
import { sectionsOf } from '../blocks/sections.js';
import { cut, escapeMrkdwn, type HandleDisplay, mentionsOf, showText, slackDate } from '../blocks/text.js';
import { approvalsSoFar } from './approvals.js';
import { askedFor, wishWords } from './asked.js';
import type { Body, Message } from './body.js';
import { linesByPerson, where, who } from './people.js';

interface Words {
  readonly heading: string;
  readonly emoji: string;
  /** What it is about. May hold words from outside. */
  readonly about: string;
  /** Our own words with mentions. */
  readonly says: string;
  /** What the approver typed. */
  readonly quote: string | null;
}

const REASON_LENGTH = 300;
const ADD_BACK_AGAIN = 'To ask again, press “Add back…” in the message of the removal while it is there.';

/**
 * The body of a message about something that others have to decide, or because of whom nothing was done. `place`
 * says where it waits, to those who are elsewhere.
 */
export function proposalBody(
  { request }: RequestState,
  proposal: Proposal,
  display: HandleDisplay,
  place = '',
): Body {
  const words = WORDS[proposal.status](proposal, request, display);
  const { heading, emoji, about, quote } = words;
  const says = [words.says, place].filter(Boolean).join(' ');
  const list = proposal.wanted.length > 1 ? chatLines(proposal, display) : [];
  return {
    heading,
    emoji,
    text: [`${heading}:`, escapeMrkdwn(about), says, quote && escapeMrkdwn(quote)].filter(Boolean).join(' '),
    blocks: [
      section(plain(about)),
      ...sectionsOf(list),
      section(mrkdwn(says)),
      ...(quote ? [section(plain(quote))] : []),
    ],
  };
}

/** For the thread: an edit notifies no one, and the asker waits for the answer. */
export function undoneEnding(proposal: Proposal, request: Request, display: HandleDisplay): Message {
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

/** One entry a status; an approved one speaks through its changes. */
const WORDS: Record<
  Proposal['status'],
  (proposal: Proposal, request: Request, display: HandleDisplay) => Words
> = {
  pending: (proposal, { requestedBy }, display) => ({
    heading: 'Waiting for approval',
    emoji: ':eyes:',
    about: `${asked(proposal, display)}?`,
    says: [
      `<@${escapeMrkdwn(requestedBy)}> asks for this, and ${WORDS_FOR[directionOf(proposal.wanted)].notBefore} before ${approve(proposal)} it.`,
      approvalsSoFar(proposal),
      `It ends by itself ${slackDate(proposal.expiresAt)}.`,
    ]
      .filter(Boolean)
      .join(' '),
    quote: null,
  }),
  approved: (proposal, _request, display) => ({
    heading: 'Approved',
    emoji: ':hourglass_flowing_sand:',
    about: `${underWay(proposal, display)}.`,
    says: `Approved by ${decider(proposal)}.`,
    quote: null,
  }),
  declined: (proposal, _request, display) => ({
    heading: 'Declined',
    emoji: ':no_entry:',
    about: nothingDone(proposal, display),
    says: `Declined by ${decider(proposal)}.`,
    quote: `Why: ${reason(proposal, display)}`,
  }),
  withdrawn: (proposal, _request, display) => ({
    heading: 'Withdrawn',
    emoji: ':no_entry:',
    about: nothingDone(proposal, display),
    says: `Withdrawn by ${decider(proposal)}, who had asked for it.`,
    quote: proposal.declineReason === null ? null : `Why: ${reason(proposal, display)}`,
  }),
  undelivered: (proposal, _request, display) => ({
    heading: 'Not delivered',
    emoji: ':no_entry:',
    about: nothingDone(proposal, display),
    says: `Slack did not take the message to any of the people who could approve this (${mentionsOf(proposal.people)}). ${WORDS_FOR[directionOf(proposal.wanted)].askElsewhere}`,
    quote: null,
  }),
  expired: (proposal, _request, display) => ({
    heading: 'Expired',
    emoji: ':no_entry:',
    about: nothingDone(proposal, display),
    says: `Nobody approved this in time. ${WORDS_FOR[directionOf(proposal.wanted)].askAgain}`,
    quote: null,
  }),
};

/** What differs between taking people out and bringing them back. */
const WORDS_FOR = {
  remove: {
    notBefore: 'nothing is removed',
    notDone: 'Nothing was removed.',
    askAgain: 'To ask again, run /linq-remove.',
    askElsewhere: 'To ask again, run /linq-remove in a conversation that they and the app are in.',
  },
  add: {
    notBefore: 'nobody is added',
    notDone: 'Nobody was added.',
    askAgain: ADD_BACK_AGAIN,
    askElsewhere: `${ADD_BACK_AGAIN} Before that, the app's owner has to see to it that one of them can be reached.`,
  },
} as const;

/** “Remove pat from the launch crew”, “Add pat back to the launch crew”. */
function asked({ wanted }: Proposal, display: HandleDisplay): string {
  const words = wishWords(directionOf(wanted), who(wanted, display), where(wanted, display));
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function underWay({ wanted }: Proposal, display: HandleDisplay): string {
  const [person, chat] = [who(wanted, display), where(wanted, display)];
  return directionOf(wanted) === 'add'
    ? `Adding ${person} back to ${chat}`
    : `Removing ${person} from ${chat}`;
}

function nothingDone({ wanted }: Proposal, display: HandleDisplay): string {
  const direction = directionOf(wanted);
  const { notDone } = WORDS_FOR[direction];
  return `${notDone} ${askedFor(direction, who(wanted, display), where(wanted, display))}`;
}

function reason({ declineReason }: Proposal, display: HandleDisplay): string {
  if (display === 'hidden') return 'not shown in a conversation that another organisation reads.';
  return cut(showText(declineReason ?? '', display), REASON_LENGTH);
}

function chatLines({ wanted, status }: Proposal, display: HandleDisplay): string[] {
  const shown = wanted.slice(0, CHANGES_IN_MESSAGE);
  const lines = linesByPerson(shown, wanted, display, (_wanted, name) => `• ${name}`);
  const left = wanted.length - shown.length;
  if (left === 0) return lines;
  return [...lines, status === 'pending' ? `and ${left} more, which the review lists` : `and ${left} more`];
}

/** “one of … approves”, “2 of … approve”. */
function approve({ approvers, needed }: Proposal): string {
  const names = mentionsOf(approvers);
  if (needed > 1) return `${needed} of ${names} approve`;
  return approvers.length > 1 ? `one of ${names} approves` : `${names} approves`;
}

function decider({ decidedBy }: Proposal): string {
  return `<@${escapeMrkdwn(decidedBy ?? '')}>`;
}
