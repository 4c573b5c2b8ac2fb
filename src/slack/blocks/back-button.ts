import type { ActionsBlock } from '@slack/types';
import { button } from './blocks.js';

export const BACK = 'back';

/** Back to the request, with what was typed still there. The window has to carry its origin. */
export function backButton(label: string): ActionsBlock {
  return button(BACK, label);
}
