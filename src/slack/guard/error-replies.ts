import type { AckFn, BlockAction } from '@slack/bolt';
import { failedModal } from '../blocks/notice-modals.js';
import { type Origin, originIn } from '../blocks/origin.js';
import type { CommandArgs } from '../command/command-args.js';
import { ephemeral, type Respond } from '../response-url.js';
import type { SubmissionArgs } from './answer-in-time.js';

/*
 * What people read when a listener fails or the app is stopping. It may have been acknowledged already or not, and a
 * second acknowledgement throws: so both ways are tried, the acknowledgement first.
 */

export interface ReplyDeps {
  readonly respond: Respond;
}

/** Under the command, visible to the person alone. */
export async function replyToCommand(
  { respond }: ReplyDeps,
  { command, ack }: CommandArgs,
  sentence: string,
) {
  const heard = await ack(ephemeral(sentence)).then(yes, no);
  if (!heard) await respond(command.response_url, ephemeral(sentence));
}

/** In the window, and where that is past changing, where the command was typed, or directly to the person. */
export async function replyToSubmission(
  deps: ReplyDeps,
  { view, ack, client, body }: SubmissionArgs,
  sentence: string,
) {
  const origin = originIn(view);
  const heard = await ack({ response_action: 'update', view: failedModal(sentence, origin) }).then(yes, no);
  if (!heard) await tellPerson(deps, { client, userId: body.user.id, origin }, sentence);
}

/** Beside the conversation of the command while its `response_url` is good, else as a direct message. */
export async function tellPerson(
  { respond }: ReplyDeps,
  { client, userId, origin }: Pick<SubmissionArgs, 'client'> & { userId: string; origin: Origin | null },
  sentence: string,
): Promise<void> {
  const told = origin?.responseUrl ? await respond(origin.responseUrl, ephemeral(sentence)) : false;
  if (!told) await client.chat.postMessage({ channel: userId, text: sentence });
}

/** A press is acknowledged silently; the words go where the button is. */
export async function replyToPress(
  { respond }: ReplyDeps,
  { body, ack }: { body: BlockAction; ack: AckFn<void> },
  sentence: string,
) {
  await ack().then(yes, no);
  const responseUrl = body.response_url ?? (body.view && originIn(body.view)?.responseUrl);
  if (responseUrl) await respond(responseUrl, ephemeral(sentence));
}

const yes = () => true;
const no = () => false;
