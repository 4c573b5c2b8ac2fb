import { asSlackShows } from './chat-methods.js';
import type { Json } from './json.js';
import type { Message } from './messages.js';
import type { Delivery } from './parcel.js';
import { common } from './payloads.js';
import type { Screen } from './person.js';
import type { Channel, User, World } from './world.js';

/** A shortcut as an installation from manifest.yml offers it. */
export interface Shortcut {
  readonly name: string;
  /** `global`: in the menu beside the message box and in the search. `message`: in the menu of every message. */
  readonly type: 'global' | 'message';
  readonly callback_id: string;
}

export const INSTALLED_SHORTCUTS: readonly Shortcut[] = [
  { name: 'Remove a participant', type: 'global', callback_id: 'remove_participant' },
  { name: 'Remove from a Linq chat', type: 'message', callback_id: 'remove_from_message' },
];

/** A person uses a global shortcut, with this conversation on the screen. Slack does not tell the app which. */
export function useGlobally(screen: Screen, user: User, name: string, { id }: Channel): Promise<Delivery> {
  const { world, triggers } = screen;
  const { callback_id } = shortcutCalled(name, 'global');
  world.onScreen.set(user.id, id);
  const ways = { trigger_id: triggers.issue(user.id, null) };
  return send(screen, user, 'shortcut', { ...about(screen, user, callback_id), ...ways });
}

/** A person uses a shortcut on a message that they see. */
export function useOnMessage(screen: Screen, user: User, name: string, message: Message): Promise<Delivery> {
  const { world, triggers, responseUrls, origin } = screen;
  const { callback_id } = shortcutCalled(name, 'message');
  const { channel: id, ts } = message;
  world.onScreen.set(user.id, id);
  const occasion = { channelId: id, userId: user.id, command: null, source: null };
  return send(screen, user, 'message_action', {
    ...about(screen, user, callback_id),
    trigger_id: triggers.issue(user.id, null),
    response_url: origin + responseUrls.issue(occasion),
    message_ts: ts,
    channel: { id, name: world.names.channel(id) },
    message: asWritten(message, world),
  });
}

function shortcutCalled(name: string, type: Shortcut['type']): Shortcut {
  const found = INSTALLED_SHORTCUTS.find((each) => each.type === type && each.name === name);
  if (!found) throw new Error(`There is no ${type} shortcut "${name}".`);
  return found;
}

function about({ world, now }: Screen, user: User, callback_id: string): Json {
  return { ...common(world, user), callback_id, action_ts: `${now().getTime() / 1_000}` };
}

/** People's messages belong to no app, and may carry files. */
function asWritten(message: Message, world: World): Json {
  const { bot_id, app_id, ...written } = asSlackShows(message, world);
  const author = message.user === world.botUserId ? { bot_id, app_id } : {};
  return { ...written, ...author, ...(message.files && { files: message.files }) };
}

async function send(
  screen: Screen,
  user: User,
  what: 'shortcut' | 'message_action',
  payload: Json,
): Promise<Delivery> {
  const delivery = await screen.courier.send(what, { type: what, ...payload });
  if (delivery.outcome === 'acknowledged') return delivery;
  const trouble = 'We had some trouble connecting. Try again?';
  screen.record.trouble(user.id, trouble);
  return { ...delivery, trouble };
}
