import type { ModalView } from '@slack/types';
import { button, plain, section } from './blocks.js';
import { type Origin, writeOrigin } from './origin.js';
import { BACK } from './review-modal.js';

export const LOADING_MODAL = 'loading';

/** While Linq is being asked. Always replaced; it has no button, so nothing can be approved from it. */
export function loadingModal(): ModalView {
  return {
    type: 'modal',
    callback_id: LOADING_MODAL,
    notify_on_close: true,
    title: plain('Remove participant'),
    close: plain('Cancel'),
    blocks: [section(plain('Asking Linq …'))],
  };
}

/** A window that only says something. */
export function noticeModal(title: string, sentence: string): ModalView {
  return { type: 'modal', title: plain(title), close: plain('Close'), blocks: [section(plain(sentence))] };
}

const APPROVED =
  'Your approval is recorded and Linq is being asked now. The result appears in the conversation where you typed the command, and stays up to date there. You can close this window.';

export function approvedModal(): ModalView {
  return noticeModal('Approved', APPROVED);
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
