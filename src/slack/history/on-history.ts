import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { History } from '../../removal/history.js';
import type { Log } from '../../removal/ports.js';
import type { Access } from '../access/access.js';
import type { AccessCheck } from '../access/check.js';
import { type Viewers, whyNarrow } from '../access/viewers.js';
import { clean, cut, escapeMrkdwn, type HandleDisplay } from '../blocks/text.js';
import { acknowledge } from '../guard/acknowledge.js';
import { ephemeral, type Respond } from '../response-url.js';
import { meanings, spellings } from '../typed/candidate.js';
import type { Command } from '../typed/command.js';
import { historyAnswer } from './history-view.js';

export interface HistoryDeps {
  readonly history: Pick<History, 'latest'>;
  readonly access: Pick<Access, 'checkLook'>;
  readonly viewers: Viewers;
  /** HANDLE_DISPLAY, for those who do not see everything. */
  readonly display: HandleDisplay;
  readonly respond: Respond;
  readonly log: Log;
}

interface HistoryArgs {
  readonly command: Pick<SlashCommand, 'team_id' | 'user_id' | 'channel_id' | 'response_url'>;
  readonly ack: AckFn<string | RespondArguments>;
}

const HOW_MANY = 10;
const NARROW = 'Only your own requests and those made in this conversation are shown.';

/** `/linq-remove history [refused] [handle or chat ID]`: the latest, seen only by the person who asks. */
export async function onHistory(
  deps: HistoryDeps,
  { command, ack }: HistoryArgs,
  asked: Command & { readonly kind: 'history' },
  check: AccessCheck,
): Promise<void> {
  const { chat, people, refused: wantsRefused } = asked;
  if (chat.kind === 'problem') return ack(ephemeral(escapeMrkdwn(chat.problem)));
  if (chat.kind === 'name') return ack(ephemeral(notUnderstood(chat.name)));
  // Read after the acknowledgement: a store that is slow must not look like an app that is not there.
  await acknowledge(() => ack(), deps.log);
  const { team_id: teamId, user_id: requestedBy, channel_id: channelId, response_url: responseUrl } = command;
  const answer = async (sentence: string) => void (await deps.respond(responseUrl, ephemeral(sentence)));
  const refused = await deps.access.checkLook(check);
  if (refused) return answer(refused.sentence);
  const sight = await deps.viewers.sightOf(requestedBy);
  if (wantsRefused && !sight.everything) return answer(deps.viewers.whyNoRefusals(sight));
  const what = wantsRefused ? 'refused' : 'requests';
  const only = sight.everything ? null : { requestedBy, channelId };
  const chatId = chat.kind === 'id' ? chat.id : null;
  const handles = people.length > 0 ? people.flatMap(spellings) : null;
  const records = await deps.history.latest({ teamId, what, only, chatId, handles, limit: HOW_MANY });
  const persons = people.flatMap(meanings).join(' or ');
  const about = [persons, chatId && `chat …${chatId.slice(-4)}`].filter(Boolean).join(' in ') || null;
  const told = await deps.respond(responseUrl, {
    response_type: 'ephemeral',
    ...historyAnswer({
      records,
      about,
      what,
      isNarrow: only !== null,
      display: sight.everything ? 'full' : deps.display,
      note: sight.unknown && whyNarrow(sight.unknown, NARROW),
    }),
  });
  if (!told) deps.log.warn({ user: requestedBy }, 'Slack did not take the history that was asked for');
}

function notUnderstood(leftover: string): string {
  const shown = escapeMrkdwn(cut(clean(leftover), 100));
  return `“${shown}” is not a phone number, an email or a chat ID, so there is nothing to look for. Write for example \`/linq-remove history +12052499136\`, or \`/linq-remove history\` for the latest of all.`;
}
