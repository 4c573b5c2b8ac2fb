import type { AckFn, GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import type { Access } from '../access/access.js';
import { type AdmitDeps, admitBehind } from '../access/admit.js';
import { type Actor, checkOf } from '../access/check.js';
import { refusedModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { Start } from '../blocks/origin.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { Progress } from '../guard/progress.js';
import { tellPerson } from '../guard/tell-person.js';

export interface ShortcutDeps extends AdmitDeps {
  readonly access: Pick<Access, 'atOnce' | 'check'>;
  /** True when this trigger was seen before: the same shortcut, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
  readonly log: Log;
}

export interface ShortcutArgs<Used extends GlobalShortcut | MessageShortcut> {
  readonly shortcut: Used;
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

/** What a shortcut's window starts with: nothing was typed, and Slack shows nothing beside a response to a shortcut. */
export const NOTHING_TYPED = {
  commandHadText: false,
  chatId: null,
  chatName: null,
  handles: [],
  areListed: false,
  retryOf: null,
} as const;

const TOO_LATE =
  'Slack did not open the window, because this took too long or the shortcut arrived twice. That changes nothing. If you see no window, please use the shortcut again.';

/**
 * A shortcut was used: acknowledge, open the request window while the trigger is fresh, and ask Slack behind it whether
 * this person may. Nobody typed a command, so what is refused at once is said in a window of its own.
 */
export async function openRequest(
  deps: ShortcutDeps,
  { shortcut, ack, client }: ShortcutArgs<GlobalShortcut | MessageShortcut>,
  origin: Start,
  view: ModalView,
  progress: Progress,
): Promise<void> {
  progress.isFor('window');
  await acknowledge(() => ack(), deps.log);
  const { trigger_id: triggerId } = shortcut;
  if (deps.isRepeated(triggerId)) return;
  const { responseUrl } = origin;
  const check = checkOf(actorOf(shortcut), origin);
  const refused = deps.access.atOnce(check);
  const viewId = await openView(client, triggerId, refused ? refusedModal(refused.sentence) : view);
  const person = { userId: check.by, responseUrl };
  if (!viewId) return tellPerson(deps, client, person, refused?.sentence ?? TOO_LATE);
  if (!refused) await admitBehind(deps, client, viewId, check, responseUrl);
}

/** Bolt's type promises a team that Slack leaves out for people of an Enterprise organisation. */
function actorOf({ user, team }: GlobalShortcut | MessageShortcut): Actor {
  return { user, team };
}
