import type { Log } from '../../removal/ports.js';
import { canBeAddedBack } from '../../removal/state.js';
import { loadingModal, noticeModal } from '../blocks/notice-modals.js';
import { openView, type ViewDeps } from '../blocks/open-view.js';
import type { Respond } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type PressArgs, sayNotOpened } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { type AddBackRules, addBackModal } from './add-back-modal.js';
import { type OpenAddBackDeps, openAddBack, TITLE } from './open-add-back.js';

export interface AddBackDeps extends OpenAddBackDeps, ViewDeps, AddBackRules {
  readonly respond: Respond;
  readonly now: () => Date;
  readonly log: Log;
}

export const NOTHING_LEFT =
  'There is nobody to add back here any more: that is possible for 24 hours after a removal is confirmed, once for each chat. Nothing was changed. You can still add the person from a phone.';

/** “Add back…”: asks whether that is really meant. Nothing happens before it is confirmed. */
export async function onAddBack(deps: AddBackDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('look');
  const { body, action, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal('One moment …'));
  if (viewId) await deps.replaceView(client, viewId, await viewFor(deps, body, action.value ?? ''));
  else await sayNotOpened(deps, args);
}

async function viewFor(deps: AddBackDeps, body: PressArgs['body'], requestId: string) {
  const opened = await openAddBack(deps, body, requestId);
  if (!opened.ok) return opened.view;
  const removals = canBeAddedBack(opened.state, deps.now());
  return removals.length > 0 ? addBackModal(requestId, removals, deps) : noticeModal(TITLE, NOTHING_LEFT);
}
