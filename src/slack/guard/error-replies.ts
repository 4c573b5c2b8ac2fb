import type { AckFn, BlockAction } from '@slack/bolt';
import { failedModal } from '../blocks/notice-modals.js';
import { type Origin, readOrigin } from '../blocks/origin.js';
import type { CommandArgs } from '../command/command.js';
import type { SlackDeps } from '../listeners.js';
import { ephemeral } from '../response-url.js';
import type { SubmissionArgs } from './answer-in-time.js';

/*
 * What people hear when an entrance fails or the app is stopping. It may have been acknowledged already or not, and a
 * second acknowledgement throws: so both ways are tried, the acknowledgement first.
 */

/** Under the command, visible to the person alone. */
export async function apologiseForCommand(deps: SlackDeps, { command, ack }: CommandArgs, sentence: string) {
  const heard = await ack(ephemeral(sentence)).then(yes, no);
  if (!heard) await deps.respond(command.response_url, ephemeral(sentence));
}

/** In the window, and where that is past changing, where the command was typed. */
export async function apologiseForSubmission(
  deps: SlackDeps,
  { view, ack }: Pick<SubmissionArgs, 'view' | 'ack'>,
  sentence: string,
) {
  const origin = originOf(view);
  const heard = await ack({ response_action: 'update', view: failedModal(sentence, origin) }).then(yes, no);
  if (!heard && origin?.responseUrl) await deps.respond(origin.responseUrl, ephemeral(sentence));
}

/** A press is acknowledged silently; the words go where the button is. */
export async function apologiseForPress(
  deps: SlackDeps,
  { body, ack }: { body: BlockAction; ack: AckFn<void> },
  sentence: string,
) {
  await ack().then(yes, no);
  const responseUrl = body.response_url ?? (body.view && originOf(body.view)?.responseUrl);
  if (responseUrl) await deps.respond(responseUrl, ephemeral(sentence));
}

function originOf(view: { private_metadata: string }): Origin | null {
  try {
    return readOrigin(view);
  } catch {
    return null;
  }
}

const yes = () => true;
const no = () => false;
