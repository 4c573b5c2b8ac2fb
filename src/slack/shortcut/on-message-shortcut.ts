import type { MessageShortcut } from '@slack/bolt';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Origin } from '../blocks/origin.js';
import type { Progress } from '../guard/progress.js';
import { fieldsOf } from '../request/asked.js';
import { requestModal } from '../request/request-modal.js';
import { type Found, peopleInMessage } from '../typed/message.js';
import { NOTHING_TYPED, openRequest, type ShortcutArgs, type ShortcutDeps } from './open-request.js';

export interface MessageShortcutDeps extends ShortcutDeps {
  readonly defaultCountry: CountryCode;
}

/** “Remove from a Linq chat” on a message: what it names is filled in, and the result belongs in its thread. */
export async function onMessageShortcut(
  deps: MessageShortcutDeps,
  args: ShortcutArgs<MessageShortcut>,
  progress: Progress,
): Promise<void> {
  const { shortcut } = args;
  const found = peopleInMessage(shortcut.message, deps.defaultCountry);
  const [id, ...otherIds] = found.chatIds;
  const chat = id && otherIds.length === 0 ? ({ kind: 'id', id } as const) : ({ kind: 'none' } as const);
  const origin = originOf(shortcut);
  const typed = fieldsOf({ chat, people: found.people, problem: null });
  await openRequest(deps, args, origin, requestModal(origin, typed, notesOn(found)), progress);
}

function originOf({ channel, message, message_ts: ts, response_url: responseUrl }: MessageShortcut): Origin {
  const threadTs = typeof message.thread_ts === 'string' ? message.thread_ts : ts;
  return { ...NOTHING_TYPED, channel: channel.id, threadTs, asksWhere: false, responseUrl };
}

/** What could not be filled in. */
function notesOn({ people, chatIds, hasMore }: Found): readonly string[] {
  if (people.length + chatIds.length === 0) {
    return ['No phone number, email or chat ID can be read in this message. Enter what you mean.'];
  }
  const more = `This message names more people or chats than one request takes: the first ${Math.max(people.length, chatIds.length)} are here.`;
  const chats = `This message names several chats. Enter the one you mean: ${chatIds.join(', ')}`;
  return [...(hasMore ? [more] : []), ...(chatIds.length > 1 ? [chats] : [])];
}
