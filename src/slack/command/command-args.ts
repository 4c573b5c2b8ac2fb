import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';

/** What Slack brings along when the command is run. */
export interface CommandArgs {
  readonly command: SlashCommand;
  readonly ack: AckFn<string | RespondArguments>;
  readonly client: WebClient;
}
