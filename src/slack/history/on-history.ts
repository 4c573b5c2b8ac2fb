import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { History } from '../../removal/history.js';
import type { Log } from '../../removal/ports.js';
import type { Access } from '../access/access.js';
import type { AccessCheck } from '../access/check.js';
import { clean, cut, escapeMrkdwn } from '../blocks/text.js';
import type { CommandText } from '../command/command-text.js';
import { acknowledge } from '../guard/acknowledge.js';
import { ephemeral, type Respond } from '../response-url.js';
import { historyAnswer } from './history-view.js';

export interface HistoryDeps {
  readonly history: Pick<History, 'latest'>;
  readonly access: Pick<Access, 'check'>;
  readonly respond: Respond;
  readonly log: Log;
}

interface HistoryArgs {
  readonly command: Pick<SlashCommand, 'team_id' | 'user_id' | 'response_url'>;
  readonly ack: AckFn<string | RespondArguments>;
}

const HOW_MANY = 10;

/** `/linq-remove history [handle or chat ID]`: the latest of this workspace, seen only by the person who asks. */
export async function onHistory(
  deps: HistoryDeps,
  { command, ack }: HistoryArgs,
  asked: CommandText & { readonly kind: 'history' },
  check: AccessCheck,
): Promise<void> {
  const { chatId, handle, leftover } = asked;
  if (leftover !== null) return ack(ephemeral(notUnderstood(leftover)));
  // Read after the acknowledgement: a store that is slow must not look like an app that is not there.
  await acknowledge(() => ack(), deps.log);
  const refused = await deps.access.check(check);
  if (refused) return void (await deps.respond(command.response_url, ephemeral(refused.sentence)));
  const records = await deps.history.latest({ teamId: command.team_id, chatId, handle, limit: HOW_MANY });
  const about = [handle, chatId && `chat …${chatId.slice(-4)}`].filter(Boolean).join(' in ');
  const answer = historyAnswer({ records, about: about || null });
  const told = await deps.respond(command.response_url, { response_type: 'ephemeral', ...answer });
  if (!told) deps.log.warn({ user: command.user_id }, 'Slack did not take the history that was asked for');
}

function notUnderstood(leftover: string): string {
  const shown = escapeMrkdwn(cut(clean(leftover), 100));
  return `“${shown}” is not a phone number, an email or a chat ID, so there is nothing to look for. Write for example \`/linq-remove history +12052499136\`, or \`/linq-remove history\` for the latest of all.`;
}
