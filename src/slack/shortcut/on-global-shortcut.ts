import type { GlobalShortcut } from '@slack/bolt';
import type { Start } from '../blocks/origin.js';
import type { Progress } from '../guard/progress.js';
import { requestModal } from '../request/request-modal.js';
import { NOTHING_TYPED, openRequest, type ShortcutArgs, type ShortcutDeps } from './open-request.js';

/** It is used in no conversation that Slack tells of, so the window asks where the result belongs. */
const NOWHERE_YET: Start = {
  ...NOTHING_TYPED,
  channel: null,
  threadTs: null,
  asksWhere: true,
  responseUrl: null,
};

/** “Remove a participant”, from anywhere. */
export async function onGlobalShortcut(
  deps: ShortcutDeps,
  args: ShortcutArgs<GlobalShortcut>,
  progress: Progress,
): Promise<void> {
  await openRequest(
    deps,
    args,
    NOWHERE_YET,
    requestModal(NOWHERE_YET, { chat: null, handle: null }),
    progress,
  );
}
