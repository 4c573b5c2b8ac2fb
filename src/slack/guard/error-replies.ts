import type { AckFn, BlockAction, RespondArguments, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { failedModal } from '../blocks/notice-modals.js';
import { readStart, type Start } from '../blocks/origin.js';
import { ephemeral, type Respond } from '../connection/response-url.js';
import type { SubmissionArgs } from './answer-in-time.js';
import { tellPerson } from './tell-person.js';

/*
 * What people hear when a listener fails or the app is stopping. It may have been acknowledged already or not, and a
 * second acknowledgement throws: so both ways are tried, the acknowledgement first.
 */

export interface ErrorReplyDeps {
  readonly respond: Respond;
}

interface FailedCommand {
  readonly command: Pick<SlashCommand, 'response_url' | 'user_id'>;
  readonly ack: AckFn<string | RespondArguments>;
  readonly client: WebClient;
}

interface FailedPress {
  readonly body: BlockAction;
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

interface FailedShortcut {
  readonly shortcut: { readonly user: { readonly id: string }; readonly response_url?: string };
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

/** Below the message that the shortcut was used on; of one that has none, directly to the person. */
export async function replyToShortcut(
  deps: ErrorReplyDeps,
  { shortcut, ack, client }: FailedShortcut,
  sentence: string,
): Promise<void> {
  await ack().then(yes, no);
  const { user, response_url: responseUrl } = shortcut;
  await tellPerson(deps, client, { userId: user.id, responseUrl }, sentence);
}

/** Under the command, visible to the person alone. */
export async function replyToCommand(
  deps: ErrorReplyDeps,
  { command, ack, client }: FailedCommand,
  sentence: string,
): Promise<void> {
  const isHeard = await ack(ephemeral(sentence)).then(yes, no);
  if (isHeard) return;
  const { user_id: userId, response_url: responseUrl } = command;
  await tellPerson(deps, client, { userId, responseUrl }, sentence);
}

/** In the window, and where that is past changing, where the command was typed or directly to the person. */
export async function replyToSubmission(
  deps: ErrorReplyDeps,
  { body, view, ack, client }: SubmissionArgs,
  sentence: string,
): Promise<void> {
  const origin = originOf(view);
  const isHeard = await ack({ response_action: 'update', view: failedModal(sentence, origin) }).then(yes, no);
  if (!isHeard) await tellPerson(deps, client, personBehind(body, origin), sentence);
}

/** A press is acknowledged silently; the words go where the button is. */
export async function replyToPress(
  deps: ErrorReplyDeps,
  { body, ack, client }: FailedPress,
  sentence: string,
): Promise<void> {
  await ack().then(yes, no);
  const origin = body.view ? originOf(body.view) : null;
  const responseUrl = body.response_url ?? origin?.responseUrl;
  await tellPerson(deps, client, { userId: body.user.id, responseUrl }, sentence);
}

function personBehind({ user }: ViewSubmitAction, origin: Start | null) {
  return { userId: user.id, responseUrl: origin?.responseUrl };
}

function originOf(view: { private_metadata: string }): Start | null {
  try {
    return readStart(view);
  } catch {
    return null;
  }
}

const yes = () => true;
const no = () => false;
