import type { Origin } from '../blocks/origin.js';
import type { Answer } from '../guard/answer-in-time.js';
import type { Fields } from './asked.js';
import { CHAT_INPUT, fieldsFrom, HANDLE_INPUT, requestModal } from './request-modal.js';

/** Said on the field, where the window is still the one with the fields; else above them, with what was typed. */
export function mistaken(origin: Origin, mistakes: Fields<string | null>): Answer {
  const { chat, handle } = mistakes;
  const notes = [chat, handle].flatMap((each) => (each ? [`⚠ ${each}`] : []));
  return {
    errors: { ...(chat && { [CHAT_INPUT]: chat }), ...(handle && { [HANDLE_INPUT]: handle }) },
    late: requestModal(origin, fieldsFrom(origin), notes),
  };
}
