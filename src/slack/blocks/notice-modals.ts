import type { ModalView } from '@slack/types';
import { button, mrkdwn, plain, section } from './blocks.js';
import { BACK, type Origin, writeOrigin } from './origin.js';

export const LOADING_MODAL = 'loading';

export const ASKING_LINQ = 'Asking Linq …';

/** While somebody is being asked. Always replaced; it has no button, so nothing can be approved from it. */
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

/** For somebody who may not. */
export function refusedModal(sentence: string): ModalView {
  return mentionModal('Not allowed', sentence);
}

/** Something on our side went wrong: what happened, what was not done, and the way back with everything kept. */
export function failedModal(sentence: string, origin: Origin | null): ModalView {
  return {
    type: 'modal',
    title: plain('Something went wrong'),
    close: plain('Close'),
    ...(origin && { private_metadata: writeOrigin(origin) }),
    blocks: [section(plain(sentence)), ...(origin ? [button(BACK, 'Go back')] : [])],
  };
}
