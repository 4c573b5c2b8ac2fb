import type { WebClient } from '@slack/web-api';
import { refusedModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import { ephemeral, type Respond } from '../connection/response-url.js';
import type { Access } from './access.js';
import type { AccessCheck } from './check.js';

export interface AdmitDeps extends ViewDeps {
  readonly access: Pick<Access, 'check'>;
  readonly respond: Respond;
}

/**
 * A window was opened in good time, and behind it Slack is asked whether the person may. True: go on. Otherwise they
 * were told, in the window and below the conversation.
 */
export async function admitBehind(
  { access, respond, replaceView }: AdmitDeps,
  client: WebClient,
  viewId: string,
  check: AccessCheck,
  responseUrl: string | null | undefined,
): Promise<boolean> {
  const refused = await access.check(check);
  if (!refused) return true;
  if (responseUrl) await respond(responseUrl, ephemeral(refused.sentence));
  await replaceView(client, viewId, refusedModal(refused.sentence));
  return false;
}
