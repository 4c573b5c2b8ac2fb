import type { Direction } from '../../removal/request.js';
import { leftOut, type RequestState } from '../../removal/state.js';
import type { HandleDisplay } from '../blocks/text.js';
import { linesByPerson } from './people.js';

const NOT_APPROVED: Record<Direction, string> = {
  remove: 'Not removed. This was not possible any more when it was approved. Nobody was removed.',
  add: 'Not added back. This was not possible any more when it was approved. Nobody was added.',
};

/** A line for each part of a request that approvers could not approve any more. */
export function leftOutLines(state: RequestState, display: HandleDisplay): readonly string[] {
  const wanted = state.proposal?.wanted ?? [];
  return linesByPerson(
    leftOut(state),
    wanted,
    display,
    ({ direction }, name) => `• ${name}: ${NOT_APPROVED[direction]}`,
  );
}
