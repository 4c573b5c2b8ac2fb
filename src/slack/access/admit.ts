import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { RequestState } from '../../removal/state.js';
import { refusedModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { ephemeral, type Respond } from '../response-url.js';
import type { Access, AccessCheck } from './access.js';

/** Who is doing something, as every payload of Slack's names them. */
export interface Actor {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team: { readonly id: string } | null;
}

export interface AdmitDeps extends ViewDeps {
  readonly access: Access;
  readonly respond: Respond;
}

export function checkOf(actor: Actor, about: Pick<Origin, 'channel' | 'chatId' | 'handle'>): AccessCheck {
  const { channel, chatId, handle } = about;
  return { by: actor.user.id, teamId: teamOf(actor), channelId: channel, requestId: null, chatId, handle };
}

/** What was asked for where: the press counts as made in the conversation of the request. */
export function checkOnRequest({ request, changes }: RequestState, actor: Actor): AccessCheck {
  const [first, ...others] = changes;
  const about = { channel: request.channelId, handle: first?.handle ?? null };
  const chatId = others.length === 0 ? (first?.chatId ?? null) : null;
  return { ...checkOf(actor, { ...about, chatId }), requestId: request.id };
}

export function teamOf({ user, team }: Actor): string {
  return team?.id ?? user.team_id ?? '';
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

/** The view for a person who may; for anyone else the refusal. */
export async function viewIfAllowed(
  { access }: Pick<AdmitDeps, 'access'>,
  check: AccessCheck,
  build: () => Promise<ModalView>,
): Promise<ModalView> {
  const refused = await access.check(check);
  return refused ? refusedModal(refused.sentence) : build();
}
