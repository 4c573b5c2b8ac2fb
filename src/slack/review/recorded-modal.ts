import type { KnownBlock, ModalView } from '@slack/types';
import type { Wanted } from '../../removal/request.js';
import { mrkdwn, plain, section } from '../blocks/blocks.js';
import { mentionModal } from '../blocks/notice-modals.js';
import { sectionsOf } from '../blocks/sections.js';
import { readable, showChat } from '../blocks/text.js';
import { PAUSED } from '../message/one-chat.js';
import { andThen, type Sending } from '../message/pause-words.js';

/** How a request that was recorded from a window stands; `unknown` when the store did not say so just now. */
export type Standing =
  | 'approved'
  | 'stopped'
  | 'pending'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'undelivered'
  | 'unknown';

/** One request that was recorded from a window. */
export interface RecordedItem {
  readonly wanted: readonly Wanted[];
  readonly standing: Standing;
}

const WHERE =
  'The result appears in the conversation where you typed the command, and stays up to date there. You can close this window.';

/** The usual end: one approval was recorded. */
export function approvedModal(sending: Sending): ModalView {
  const isPaused = typeof sending === 'object';
  const words = `*Your approval is recorded${andThen(sending, 'Linq is being asked now')}*`;
  return approved(`${isPaused ? PAUSED : ':white_check_mark:'}  ${words}`);
}

/** The same pressed again: recorded before, and perhaps over by now. */
export function approvedBeforeModal(): ModalView {
  return approved(':white_check_mark:  *Your approval is recorded.*');
}

function approved(words: string): ModalView {
  const { blocks, ...modal } = mentionModal('Approved', words);
  return { ...modal, blocks: [...blocks, section(plain(WHERE))] };
}

const SUFFIX: Record<Standing, string> = {
  approved: '',
  unknown: '',
  stopped: ', stopped',
  pending: ', waiting for approval',
  declined: ', declined',
  expired: ', not approved in time',
  withdrawn: ', withdrawn',
  undelivered: ', not approved, because no approver could be reached',
};

/**
 * Where an acknowledgement was lost, the person may have changed the choice and pressed again: then more was recorded
 * from this window than it shows now. All of it is named, with what can still be done about it.
 */
export function recordedModal(items: readonly RecordedItem[]): ModalView {
  return {
    type: 'modal',
    title: plain(titleOf(items)),
    close: plain('Close'),
    blocks: [...recordedBlocks(items), section(mrkdwn('You can close this window.'))],
  };
}

/** What was recorded from a window, and what can still be done about it. */
export function recordedBlocks(items: readonly RecordedItem[]): KnownBlock[] {
  const parts = items.flatMap(({ wanted, standing }) =>
    wanted.map((each) => `${nameOf(each)}${SUFFIX[standing]}`),
  );
  const sentence = parts.map((part, index) => {
    const start = index === 0 ? 'Recorded from this window: ' : '';
    return `${start}${part}${index === parts.length - 1 ? '.' : ';'}`;
  });
  return [...sectionsOf(sentence, ' '), section(plain(whatNow(items)))];
}

function nameOf({ handle, chatId, chatName, direction }: Wanted): string {
  const chat = showChat(chatName, chatId, 'full');
  return direction === 'add' ? `${readable(handle)} back to ${chat}` : `${readable(handle)} from ${chat}`;
}

function titleOf(items: readonly RecordedItem[]): string {
  if (items.every(({ standing }) => standing === 'approved')) return 'Approved';
  return items.every(({ standing }) => standing === 'pending') ? 'Waiting for approval' : 'Recorded';
}

function whatNow(items: readonly RecordedItem[]): string {
  const isAny = (...standings: Standing[]) => items.some(({ standing }) => standings.includes(standing));
  const isAdding = items.some(({ wanted }) => wanted.some(({ direction }) => direction === 'add'));
  const where = isAdding ? 'The thread of the message tells' : 'The messages in the conversation tell';
  return [
    `${where} how it goes.`,
    ...(isAny('approved', 'unknown') ? [STOP_IT] : []),
    ...(isAny('pending') ? [isAdding ? DECLINE_ADDING : DECLINE_IT] : []),
  ].join(' ');
}

const STOP_IT = 'For what you did not mean, press Stop there: what is not sent to Linq yet is then not sent.';
const DECLINE_ADDING =
  'Nobody is added before that is approved, and those who may approve it can decline it.';
const DECLINE_IT =
  'What waits for approval is not removed before that, and those who may approve it can decline it.';
