import type { KnownBlock } from '@slack/types';
import type { Delivery } from '../../removal/delivery.js';
import { isPending, type Proposal } from '../../removal/proposal.js';
import type { RequestState } from '../../removal/state.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { escapeMrkdwn, type HandleDisplay, mentionsOf, slackDate } from '../blocks/text.js';
import { approvalsSoFar } from './approvals.js';
import type { Message } from './body.js';
import { isPersonAlone } from './destination.js';
import { noteOf } from './message.js';
import { buttonFor, REVIEW } from './message-buttons.js';
import { pauseBlocks, pauseText } from './pause-words.js';
import { proposalBody } from './proposal-message.js';

/* What those who decide read: where the request was sent to, apart from the conversation of the command. */

/** Asks them while it is undecided, and says afterwards what was decided. Throws where nothing was to be decided. */
export function approvalMessage(_delivery: Delivery, state: RequestState, display: HandleDisplay): Message {
  const { request } = state;
  const proposal = proposalOf(state);
  const { heading, emoji, text, blocks } = proposalBody(state, proposal, display);
  const note = noteOf(request, display);
  const pause = isPending(proposal) ? state.pause : null;
  const where = `${origin(request.channelId)}${isPending(proposal) ? '' : ` ${whatNow(proposal, request.channelId)}`}`;
  return {
    text: [text, pause && pauseText(pause, display), note && escapeMrkdwn(note), where]
      .filter(Boolean)
      .join('\n'),
    blocks: [
      section(mrkdwn(`*${heading}*  ${emoji}`)),
      ...blocks,
      ...(pause ? pauseBlocks(pause, display) : []),
      ...(note ? [context(plain(note))] : []),
      context(mrkdwn(where)),
      ...reviewButton(proposal, request.id),
    ],
  };
}

function reviewButton(proposal: Proposal, requestId: string): KnownBlock[] {
  if (!isPending(proposal)) return [];
  return [{ type: 'actions', block_id: 'request_actions', elements: [buttonFor(REVIEW, requestId)] }];
}

function origin(channelId: string): string {
  return channelId.startsWith('C')
    ? `Asked for in <#${escapeMrkdwn(channelId)}>.`
    : 'Asked for in a direct message.';
}

function whatNow({ status }: Proposal, channelId: string): string {
  if (status !== 'approved') return '';
  return channelId.startsWith('C')
    ? 'What becomes of it is told there.'
    : 'The person who asked is told what becomes of it.';
}

/** For the thread of a message that asks: who still has to decide, and until when. */
export function reminderMessage(delivery: Delivery, state: RequestState): Message {
  const proposal = proposalOf(state);
  const words =
    `${stillAsked(delivery, proposal)} this still waits for approval. ${approvalsSoFar(proposal)}`.trim();
  const text = `${words} It ends by itself ${slackDate(proposal.expiresAt)}. To decide, press Review in the message above.`;
  return { text, blocks: [section(mrkdwn(text))] };
}

/** In a direct message that person, elsewhere everybody who was named and has not approved. */
function stillAsked({ recipient }: Delivery, { approvers, approvals }: Proposal): string {
  if (recipient !== null && isPersonAlone(recipient)) return `<@${escapeMrkdwn(recipient)}>`;
  return mentionsOf(approvers.filter((id) => !approvals.some(({ by }) => by === id)));
}

/** Throws when nothing was to be decided: no such message is ever due then. */
function proposalOf({ proposal, request }: RequestState): Proposal {
  if (!proposal) throw new Error(`Request ${request.id} asks nobody to decide it`);
  return proposal;
}
