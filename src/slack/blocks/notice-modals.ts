import type { ModalView } from '@slack/types';
import { backButton } from './back-button.js';
import { mrkdwn, plain, section } from './blocks.js';
import { type Start, writeOrigin } from './origin.js';

export const LOADING_MODAL = 'loading';

export const ASKING_LINQ = 'Asking Linq …';
export const RECORDING = 'Recording …';

/** Said by several dialogues about a request that a button names. */
export const NOT_FOUND = 'This request is no longer on record. Nothing was changed. Run /linq-remove again.';
export const NOT_OPENED =
  'Slack did not open the window in time. That changes nothing. Please press the button again.';

/** While Linq, Slack or the store is being asked. Always replaced; it has no button, so nothing can be approved from it. */
export function loadingModal(words = ASKING_LINQ): ModalView {
  return {
    type: 'modal',
    callback_id: LOADING_MODAL,
    notify_on_close: true,
    title: plain('Remove participant'),
    close: plain('Cancel'),
    blocks: [section(mrkdwn(`:hourglass_flowing_sand:  ${words}`))],
  };
}

/** A window that only says something. */
export function noticeModal(title: string, sentence: string): ModalView {
  return { type: 'modal', title: plain(title), close: plain('Close'), blocks: [section(plain(sentence))] };
}

/** The same with mentions: our own words alone, with everything from outside escaped. */
export function mentionModal(title: string, sentence: string): ModalView {
  return { type: 'modal', title: plain(title), close: plain('Close'), blocks: [section(mrkdwn(sentence))] };
}

/** For a person who may not; `origin` gives a way back, where another choice helps. */
export function refusedModal(sentence: string, origin: Start | null = null): ModalView {
  const { blocks, ...modal } = mentionModal('Not allowed', sentence);
  return { ...modal, ...wayBackTo(origin, blocks) };
}

/** Something on our side went wrong: what happened, what is known of it, and the way back with everything kept. */
export function failedModal(sentence: string, origin: Start | null): ModalView {
  return {
    type: 'modal',
    title: plain('Something went wrong'),
    close: plain('Close'),
    ...wayBackTo(origin, [section(plain(sentence))]),
  };
}

function wayBackTo(origin: Start | null, blocks: ModalView['blocks']) {
  if (!origin) return { blocks };
  return { private_metadata: writeOrigin(origin), blocks: [...blocks, backButton('Go back')] };
}
