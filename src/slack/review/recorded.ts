import type { ModalView } from '@slack/types';
import type { Recorded } from '../../removal/approve.js';
import type { Log, Store } from '../../removal/ports.js';
import { fingerprintOf, type Wanted } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import { type RecordedItem, recordedModal, type Standing } from './recorded-modal.js';

export interface RecordedDeps {
  readonly store: Pick<Store, 'find'>;
  readonly log: Log;
}

/** What the window says where it shows all that was recorded from it. */
export interface UsualWords {
  readonly standing: Standing;
  readonly now: ModalView;
  /** It had been recorded before, and may have gone on since. */
  readonly before: ModalView;
}

/**
 * The window after a submission: the usual words, or all that was recorded from it where that is something else.
 * Rejects when nothing is recorded from it at all.
 */
export async function recordedView(
  deps: RecordedDeps,
  recorded: Recorded,
  submitted: readonly Wanted[],
  usual: UsualWords,
): Promise<ModalView> {
  const { isNew, requests } = recorded;
  if (requests.length === 0) throw new Error('Nothing is on record from this window');
  const isAll = fingerprintOf(requests.flatMap(({ wanted }) => wanted)) === fingerprintOf(submitted);
  if (isNew && isAll && requests.length === 1) return usual.now;
  const items = await standingOf(deps, requests);
  const isUsual = isAll && items.every(({ standing }) => standing === usual.standing);
  if (!isUsual) return recordedModal(items);
  return isNew ? usual.now : usual.before;
}

/** How each of them stands now. Never rejects: they are recorded, whether the store answers again or not. */
export function standingOf(deps: RecordedDeps, requests: Recorded['requests']): Promise<RecordedItem[]> {
  return Promise.all(
    requests.map(async ({ request, wanted }) => ({
      wanted,
      standing: await deps.store.find(request.id).then(toStanding, (error: unknown): Standing => {
        deps.log.warn({ err: error, request: request.id }, 'What was recorded could not be read again');
        return 'unknown';
      }),
    })),
  );
}

function toStanding(state: RequestState | null): Standing {
  if (!state) return 'unknown';
  return state.request.stoppedBy === null ? (state.proposal?.status ?? 'approved') : 'stopped';
}
