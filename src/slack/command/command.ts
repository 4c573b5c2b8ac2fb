import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import type { Access } from '../access/access.js';
import { type AdmitDeps, admitBehind } from '../access/admit.js';
import { type AccessCheck, checkOf } from '../access/check.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { ephemeral } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { Progress } from '../guard/progress.js';
import { type HistoryDeps, onHistory } from '../history/on-history.js';
import { onPause, onResume, type PauseDeps } from '../pause/on-pause.js';
import { type RequestAnswerDeps, showAnswer } from '../request/answer.js';
import { askedFor, doubtsAbout, fieldsOf, mistakesIn } from '../request/asked.js';
import { requestModal } from '../request/request-modal.js';
import { type Command, readCommand } from '../typed/command.js';
import type { Named } from '../typed/named.js';
import { onWhere, type WhereDeps } from '../where/on-where.js';
import { HELP, tooLate } from './help.js';

export interface CommandDeps extends AdmitDeps, HistoryDeps, PauseDeps, RequestAnswerDeps, WhereDeps {
  readonly store: PauseDeps['store'] & RequestAnswerDeps['store'];
  readonly history: HistoryDeps['history'] & WhereDeps['history'];
  readonly access: Pick<Access, 'atOnce' | 'check' | 'checkLook' | 'checkPause' | 'checkResume'>;
  /** True when this trigger was seen before: the same command, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
  readonly log: Log;
}

export interface CommandArgs {
  readonly command: SlashCommand;
  readonly ack: AckFn<string | RespondArguments>;
  readonly client: WebClient;
}

/** `/linq-remove`: acknowledge, open a window while the trigger is fresh, and only then ask Slack or Linq anything. */
export async function onCommand(
  deps: CommandDeps,
  { command, ack, client }: CommandArgs,
  progress: Progress,
): Promise<void> {
  const asked = readCommand(command.text, deps.defaultCountry);
  if (asked.kind === 'help') return ack(ephemeral(HELP));
  const check = checkBy(command, asked);
  if (asked.kind === 'pause') return onPause(deps, { command, ack, client }, check, asked.reason, progress);
  if (asked.kind === 'resume') return onResume(deps, { command, ack, client }, check, progress);
  if (asked.kind === 'history') return onHistory(deps, { command, ack, client }, asked, progress);
  if (asked.kind === 'where') {
    return deps.isRepeated(command.trigger_id) ? ack() : onWhere(deps, { command, ack }, asked, check);
  }
  progress.isFor('window');
  const refused = deps.access.atOnce(check);
  if (refused) return ack(ephemeral(refused.sentence));
  await acknowledge(() => ack(), deps.log);
  if (deps.isRepeated(command.trigger_id)) return;
  const origin = originOf(command, asked);
  if (isComplete(asked)) return answerAtOnce(deps, { command, client }, check, origin);
  const view = requestModal(origin, fieldsOf(asked), doubtsAbout(asked));
  const viewId = await openView(client, command.trigger_id, view);
  // It shows nothing but what was typed, so it needs no loading view in front of it: Slack is asked behind it.
  if (viewId) await admitBehind(deps, client, viewId, check, command.response_url);
  else await deps.respond(command.response_url, ephemeral(tooLate(command.text)));
}

/** A chat and people, of whom Linq can be asked without asking the person who types first. */
function isComplete(asked: Named): boolean {
  const { chat, handle } = mistakesIn(asked);
  const { kind } = asked.chat;
  return (kind === 'id' || kind === 'name') && asked.people.length > 0 && chat === null && handle === null;
}

async function answerAtOnce(
  deps: CommandDeps,
  { command, client }: Pick<CommandArgs, 'command' | 'client'>,
  check: AccessCheck,
  origin: Origin,
): Promise<void> {
  const viewId = await openView(client, command.trigger_id, loadingModal());
  if (!viewId) return void (await deps.respond(command.response_url, ephemeral(tooLate(command.text))));
  const mayGoOn = await admitBehind(deps, client, viewId, check, command.response_url);
  if (mayGoOn) await showAnswer(deps, client, viewId, origin);
}

function checkBy(command: SlashCommand, asked: Exclude<Command, { kind: 'help' }>): AccessCheck {
  const actor = { user: { id: command.user_id }, team: { id: command.team_id } };
  const chatId = 'people' in asked && asked.chat.kind === 'id' ? asked.chat.id : null;
  const people = 'people' in asked ? asked.people : [];
  const about = { chatId, handles: people.flatMap(({ readings }) => readings.slice(0, 1)) };
  return checkOf(actor, { channel: command.channel_id, ...about });
}

function originOf(command: SlashCommand, asked: Named): Origin {
  return {
    channel: command.channel_id,
    threadTs: null,
    asksWhere: false,
    responseUrl: command.response_url,
    commandHadText: command.text.trim() !== '',
    ...askedFor(asked),
    retryOf: null,
  };
}
