import type { AckFn, BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { NOT_OPENED } from '../blocks/notice-modals.js';
import type { Respond } from '../connection/response-url.js';
import { tellPerson } from './tell-person.js';

/** A button was pressed: on a request's message, where its value is the request's id, or in a window. */
export interface PressArgs {
  readonly body: BlockAction<ButtonAction>;
  readonly action: ButtonAction;
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

/** Words for the person who pressed, and for no one else. */
export function answerPress(
  deps: { readonly respond: Respond },
  { body, client }: Pick<PressArgs, 'body' | 'client'>,
  sentence: string,
): Promise<void> {
  const { response_url: responseUrl, user } = body;
  return tellPerson(deps, client, { userId: user.id, responseUrl }, sentence);
}

/** The trigger of the press was spent before Slack opened a window. */
export function sayNotOpened(
  deps: { readonly respond: Respond },
  args: Pick<PressArgs, 'body' | 'client'>,
): Promise<void> {
  return answerPress(deps, args, NOT_OPENED);
}
