import type { Block, BlockElement } from './block-kit.js';
import { asSlackShows } from './chat-methods.js';
import type { Json } from './json.js';
import type { Message } from './messages.js';
import type { ModalView } from './modals.js';
import { viewOutput } from './view-output.js';
import type { Channel, User, World } from './world.js';

/** Slack's payloads for the app. `token` is the deprecated verification token, still part of every one. */

const TOKEN = 'deprecated-verification-token';

export interface Typed {
  readonly user: User;
  readonly channel: Channel;
  readonly command: string;
  readonly text: string;
}

/** Ways back that come with a payload. */
export interface Ways {
  readonly trigger_id: string;
  readonly response_url?: string;
}

export function commandPayload(world: World, { user, channel, command, text }: Typed, ways: Ways): Json {
  return {
    token: TOKEN,
    team_id: user.teamId,
    team_domain: 'workspace',
    channel_id: channel.id,
    channel_name: CHANNEL_NAME[channel.kind] ?? channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    ...ways,
  };
}

const CHANNEL_NAME: Partial<Record<Channel['kind'], string>> = {
  im: 'directmessage',
  private: 'privategroup',
};

/** A way back into a conversation that was chosen in a field with `response_url_enabled`. */
export interface ResponseUrl {
  readonly block_id: string;
  readonly action_id: string;
  readonly channel_id: string;
  readonly response_url: string;
}

export function submissionPayload(
  world: World,
  user: User,
  modal: ModalView,
  ways: Ways,
  responseUrls: readonly ResponseUrl[],
): Json {
  const view = viewOutput(modal, world);
  return { type: 'view_submission', ...common(world, user), ...ways, view, response_urls: responseUrls };
}

export function closedPayload(world: World, user: User, modal: ModalView, isCleared: boolean): Json {
  const view = { ...viewOutput(modal, world), state: { values: {} } };
  return { type: 'view_closed', ...common(world, user), view, is_cleared: isCleared };
}

export interface Pressed {
  readonly block: Block;
  readonly element: BlockElement;
  readonly ts: string;
}

export function modalActionPayload(
  world: World,
  user: User,
  modal: ModalView,
  pressed: Pressed,
  ways: Ways,
): Json {
  const container = { type: 'view', view_id: modal.id };
  const view = viewOutput(modal, world);
  return {
    type: 'block_actions',
    ...common(world, user),
    container,
    ...ways,
    view,
    actions: [action(pressed)],
  };
}

export function messageActionPayload(
  world: World,
  user: User,
  message: Message,
  pressed: Pressed,
  ways: Ways,
): Json {
  const { ts, channel, ephemeralFor } = message;
  const is_ephemeral = ephemeralFor !== undefined;
  return {
    type: 'block_actions',
    ...common(world, user),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral },
    channel: { id: channel, name: world.names.channel(channel) },
    ...(!is_ephemeral && { message: asSlackShows(message, world) }),
    state: { values: {} },
    ...ways,
    actions: [action(pressed)],
  };
}

/** What every payload says, whatever was done. */
export function common(world: World, { id, name, teamId }: User): Json {
  return {
    team: { id: teamId, domain: 'workspace' },
    user: { id, username: name, name, team_id: teamId },
    api_app_id: world.appId,
    token: TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

function action({ block, element, ts }: Pressed): Json {
  const { type, action_id, text, value } = element;
  return { type, action_id, block_id: block.block_id, text, ...(value && { value }), action_ts: ts };
}

/** Something happened to the app itself (docs.slack.dev/apis/events-api). */
export function eventPayload(world: World, event: Json, at: Date): Json {
  return {
    token: TOKEN,
    team_id: world.teamId,
    api_app_id: world.appId,
    type: 'event_callback',
    event_id: world.newId('Ev'),
    event_time: Math.floor(at.getTime() / 1_000),
    event,
  };
}
