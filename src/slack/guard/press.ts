import type { AckFn, BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ephemeral, type Respond } from '../response-url.js';

/** A button was pressed. */
export interface PressArgs {
  readonly body: BlockAction<ButtonAction>;
  readonly action: ButtonAction;
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

export const NOT_FOUND = 'This request is no longer on record. Nothing was changed. Run /linq-remove again.';
export const NOT_OPENED =
  'Slack did not open the window in time. Nothing was changed. Please press the button again.';

/** Words for the person who pressed, beside the button. */
export async function answerPress(respond: Respond, { body }: PressArgs, text: string): Promise<void> {
  if (body.response_url) await respond(body.response_url, ephemeral(text));
}
