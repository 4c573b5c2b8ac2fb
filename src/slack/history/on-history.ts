import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { ephemeral } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { Progress } from '../guard/progress.js';
import type { Command } from '../typed/command.js';
import { filterOf, typedOf } from './history-filter.js';
import { FILTER_LENGTH, type HistoryQuery } from './history-query.js';
import { historyAnswer } from './history-view.js';
import { lookBack } from './look-back.js';
import { LOOKING, type ShowHistoryDeps, showHistory } from './show-history.js';

export interface HistoryDeps extends ShowHistoryDeps {
  /** True when this trigger was seen before: the same command, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
}

interface HistoryArgs {
  readonly command: Pick<SlashCommand, 'team_id' | 'user_id' | 'channel_id' | 'response_url' | 'trigger_id'>;
  readonly ack: AckFn<string | RespondArguments>;
  readonly client: WebClient;
}

/** `/linq-remove history [refused] [person or chat ID]`: a window, or where Slack opens none the latest in words. */
export async function onHistory(
  deps: HistoryDeps,
  { command, ack, client }: HistoryArgs,
  asked: Command & { readonly kind: 'history' },
  progress: Progress,
): Promise<void> {
  progress.isFor('look');
  const filter = filterOf(asked);
  if (!filter.ok) return ack(ephemeral(escapeMrkdwn(filter.problem)));
  await acknowledge(() => ack(), deps.log);
  if (deps.isRepeated(command.trigger_id)) return;
  const { team_id: teamId, user_id: userId, channel_id: channel } = command;
  const what = asked.refused ? 'refused' : 'requests';
  const query: HistoryQuery = { channel, what, typed: typedOf(asked).slice(0, FILTER_LENGTH), beyond: null };
  const viewId = await openView(client, command.trigger_id, loadingModal(LOOKING));
  if (viewId) return showHistory(deps, client, viewId, { userId, teamId }, query, progress);
  await answerInWords(deps, command, query);
}

async function answerInWords(
  deps: HistoryDeps,
  { team_id: teamId, user_id: userId, response_url: responseUrl }: HistoryArgs['command'],
  query: HistoryQuery,
): Promise<void> {
  const found = await lookBack(deps, { userId, teamId }, query);
  const told = await deps.respond(
    responseUrl,
    found.ok
      ? {
          response_type: 'ephemeral',
          ...historyAnswer({ ...found.page, isNarrow: !found.page.seesEverything }),
        }
      : ephemeral(found.sentence),
  );
  if (!told) deps.log.warn({ user: userId }, 'Slack did not take the history that was asked for');
}
