import { teamOf } from '../access/check.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { readChosen, readInput } from '../blocks/submitted.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { SubmissionArgs } from '../guard/answer-in-time.js';
import type { PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { readFilter } from './history-filter.js';
import { FILTER, WHAT } from './history-modal.js';
import { readBeyond, readQuery } from './history-query.js';
import { LOOKING, type ShowHistoryDeps, showHistory } from './show-history.js';

/** “Newer”, “Older”, and “Back to the list”: another page, or the same again. */
export async function onTurn(deps: ShowHistoryDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('look');
  const { body, action, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  if (!body.view) return;
  const query = readQuery(body.view);
  const next = action.value ? { ...query, beyond: readBeyond(action.value) } : query;
  await showHistory(deps, client, body.view.id, lookerIn(body), next, progress);
}

/** “Search”: what was typed is read, and the newest page of it shown. */
export async function onSearch(
  deps: ShowHistoryDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  progress.isFor('look');
  const { body, view, ack, client } = args;
  const typed = readInput(view, FILTER);
  const filter = readFilter(typed, deps.defaultCountry);
  if (!filter.ok) return ack({ response_action: 'errors', errors: { [FILTER]: filter.problem } });
  // Slack does not say whether it takes a table that is sent with the acknowledgement.
  await acknowledge(() => ack({ response_action: 'update', view: loadingModal(LOOKING) }), deps.log);
  const [chosen] = readChosen(view, WHAT);
  const what = chosen === 'refused' ? 'refused' : 'requests';
  const query = { ...readQuery(view), what, typed, beyond: null } as const;
  await showHistory(deps, client, view.id, lookerIn(body), query, progress);
}

export function lookerIn(body: PressArgs['body'] | SubmissionArgs['body']) {
  return { userId: body.user.id, teamId: teamOf(body) };
}
