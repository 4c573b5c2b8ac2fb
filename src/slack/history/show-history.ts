import type { WebClient } from '@slack/web-api';
import type { History } from '../../removal/history.js';
import type { Log, Store } from '../../removal/ports.js';
import { failedModal, refusedModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import type { ShowRich, TwoForms } from '../blocks/rich-view.js';
import type { Respond } from '../connection/response-url.js';
import type { Progress } from '../guard/progress.js';
import { historyModal } from './history-modal.js';
import type { HistoryQuery } from './history-query.js';
import { type LookBackDeps, type Looker, lookBack } from './look-back.js';

export interface ShowHistoryDeps extends LookBackDeps, ViewDeps {
  readonly history: Pick<History, 'latest' | 'ofRequest'>;
  readonly store: Pick<Store, 'find'>;
  readonly showRich: ShowRich;
  readonly respond: Respond;
  readonly log: Log;
}

export const LOOKING = 'Looking back …';

/** Replaces a window by a page of the history, or by why it is not shown. */
export async function showHistory(
  deps: ShowHistoryDeps,
  client: WebClient,
  viewId: string,
  looker: Looker,
  query: HistoryQuery,
  progress: Progress,
): Promise<void> {
  await showOrFail(deps, client, viewId, progress, async () => {
    const found = await lookBack(deps, looker, query);
    return found.ok ? historyModal(found.page, query) : inBoth(found.sentence);
  });
}

export function inBoth(sentence: string): TwoForms {
  const view = refusedModal(sentence);
  return { rich: view, plain: view };
}

/** No loading view is left hanging: when the store fails, the window says so. Rejects when Slack fails. */
export async function showOrFail(
  deps: Pick<ShowHistoryDeps, 'showRich' | 'log' | 'replaceView'>,
  client: WebClient,
  viewId: string,
  progress: Progress,
  build: () => Promise<TwoForms>,
): Promise<void> {
  const view = await build().catch((error: unknown): TwoForms => {
    deps.log.error({ err: error }, 'The history could not be shown');
    const failed = failedModal(progress.sentence(), null);
    return { rich: failed, plain: failed };
  });
  await deps.showRich(client, viewId, view);
}
