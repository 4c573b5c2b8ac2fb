import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { refusedModal } from '../blocks/notice-modals.js';
import { replaceView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import type { SlackDeps } from '../listeners.js';
import { ephemeral } from '../response-url.js';
import type { Attempt } from './access.js';

/** Who is doing something, as every payload of Slack's names them. */
export interface Doer {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team: { readonly id: string } | null;
}

export function attemptOf(
  { user, team }: Doer,
  about: Pick<Origin, 'channel' | 'chatId' | 'handle'>,
): Attempt {
  const { channel, chatId, handle } = about;
  return {
    by: user.id,
    teamId: team?.id ?? user.team_id ?? '',
    channelId: channel,
    requestId: null,
    chatId,
    handle,
  };
}

/**
 * A window was opened in good time, and behind it Slack is asked whether the person may. True: go on. Otherwise they
 * were told, in the window and below the conversation.
 */
export async function admitBehind(
  deps: SlackDeps,
  client: WebClient,
  viewId: string,
  attempt: Attempt,
  responseUrl: string | null | undefined,
): Promise<boolean> {
  const refused = await deps.access.check(attempt);
  if (!refused) return true;
  if (responseUrl) await deps.respond(responseUrl, ephemeral(refused.sentence));
  await replaceView(client, viewId, refusedModal(refused.sentence));
  return false;
}

/** The view for somebody who may; for anybody else the refusal. */
export async function viewIfAllowed(
  deps: SlackDeps,
  attempt: Attempt,
  build: () => Promise<ModalView>,
): Promise<ModalView> {
  const refused = await deps.access.check(attempt);
  return refused ? refusedModal(refused.sentence) : build();
}
