import type { GlobalShortcut } from '@slack/bolt';
import type { Start } from '../blocks/origin.js';
import { requestModal } from '../request/request-modal.js';
import { openRequest, type ShortcutArgs, type ShortcutDeps } from './open-request.js';

/** It is used in no conversation that Slack tells of, so the window asks where the result belongs. */
const NOWHERE_YET: Start = {
  channel: null,
  threadTs: null,
  asksWhere: true,
  responseUrl: null,
  commandHadText: false,
  chatId: null,
  chatName: null,
  handles: [],
  areListed: false,
  retryOf: null,
};

/** “Remove a participant”, from anywhere. */
export async function onGlobalShortcut(
  deps: ShortcutDeps,
  args: ShortcutArgs<GlobalShortcut>,
): Promise<void> {
  await openRequest(deps, args, NOWHERE_YET, requestModal(NOWHERE_YET, { chat: null, handle: null }));
}
