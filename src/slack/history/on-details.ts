import type { RequestState } from '../../removal/state.js';
import { NOT_FOUND } from '../blocks/notice-modals.js';
import type { TwoForms } from '../blocks/rich-view.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { type HistoryQuery, readQuery } from './history-query.js';
import { type Looker, sightFrom } from './look-back.js';
import { lookerIn } from './on-turn.js';
import { detailsModal } from './request-details.js';
import { inBoth, type ShowHistoryDeps, showOrFail } from './show-history.js';

export interface DetailsDeps extends ShowHistoryDeps {
  readonly now: () => Date;
}

/** “Details”: one request, in the window that listed it. */
export async function onDetails(deps: DetailsDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('look');
  const { body, action, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  const { view } = body;
  if (!view) return;
  await showOrFail(deps, client, view.id, progress, () =>
    details(deps, lookerIn(body), readQuery(view), action.value ?? ''),
  );
}

async function details(
  deps: DetailsDeps,
  looker: Looker,
  query: HistoryQuery,
  requestId: string,
): Promise<TwoForms> {
  const seen = await sightFrom(deps, looker, query.channel);
  if (!seen.ok) return inBoth(seen.sentence);
  const state = await deps.store.find(requestId);
  if (!state || state.request.teamId !== looker.teamId) return inBoth(escapeMrkdwn(NOT_FOUND));
  const { everything } = seen.sight;
  if (!everything && !isTheirs(state, looker, query)) return inBoth(NOT_YOURS);
  const records = await deps.history.ofRequest(requestId);
  const display = everything ? 'full' : deps.display;
  return detailsModal({ state, records, display, now: deps.now() }, query);
}

/** As in the list: their own, and those of the conversation they ask in. */
function isTheirs({ request }: RequestState, { userId }: Looker, { channel }: HistoryQuery): boolean {
  return request.requestedBy === userId || request.channelId === channel;
}

const NOT_YOURS =
  'Only your own requests and those made in the conversation that you asked in are shown. Nothing was changed.';
