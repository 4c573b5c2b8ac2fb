import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Log } from '../../removal/ports.js';
import type { Access } from '../access/access.js';
import { type AdmitDeps, admitBehind } from '../access/admit.js';
import { type AccessCheck, checkOf } from '../access/check.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { Progress } from '../guard/progress.js';
import { type HistoryDeps, onHistory } from '../history/on-history.js';
import { onPause, onResume, type PauseDeps } from '../pause/on-pause.js';
import { fieldsOf, mistakesIn } from '../request/asked.js';
import { askedFor } from '../request/on-request.js';
import { requestModal } from '../request/request-modal.js';
import { ephemeral } from '../response-url.js';
import { type ReviewDeps, showReview } from '../review/show-review.js';
import { type Command, readCommand } from '../typed/command.js';
import type { Named } from '../typed/named.js';
import { HELP, notUnderstood, tooLate } from './help.js';

export interface CommandDeps extends AdmitDeps, HistoryDeps, PauseDeps, ReviewDeps {
  readonly store: PauseDeps['store'] & ReviewDeps['store'];
  readonly access: Pick<Access, 'atOnce' | 'check' | 'checkLook' | 'checkPause' | 'checkResume'>;
  /** True when this trigger was seen before: the same command, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
  readonly defaultCountry: CountryCode;
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
  if (asked.kind === 'history') return onHistory(deps, { command, ack }, asked, check);
  const refused = deps.access.atOnce(check);
  if (refused) return ack(ephemeral(refused.sentence));
  const mistakes = Object.values(mistakesIn(asked)).filter((mistake) => mistake !== null);
  await acknowledge(
    () => ack(mistakes.length > 0 ? ephemeral(notUnderstood(mistakes)) : undefined),
    deps.log,
  );
  if (deps.isRepeated(command.trigger_id)) return;
  const origin = originOf(command, asked);
  if (mistakes.length === 0 && origin.chatId && origin.handles.length > 0)
    return reviewAtOnce(deps, { command, client }, check, origin);
  const viewId = await openView(client, command.trigger_id, requestModal(origin, fieldsOf(asked)));
  // It shows nothing but what was typed, so it needs no loading view in front of it: Slack is asked behind it.
  if (viewId) await admitBehind(deps, client, viewId, check, command.response_url);
  else await deps.respond(command.response_url, ephemeral(tooLate(command.text)));
}

async function reviewAtOnce(
  deps: CommandDeps,
  { command, client }: Pick<CommandArgs, 'command' | 'client'>,
  check: AccessCheck,
  origin: Origin,
): Promise<void> {
  const viewId = await openView(client, command.trigger_id, loadingModal());
  if (!viewId) return void (await deps.respond(command.response_url, ephemeral(tooLate(command.text))));
  const mayGoOn = await admitBehind(deps, client, viewId, check, command.response_url);
  if (mayGoOn) await showReview(deps, client, viewId, origin);
}

function checkBy(command: SlashCommand, asked: Exclude<Command, { kind: 'help' }>): AccessCheck {
  const actor = { user: { id: command.user_id }, team: { id: command.team_id } };
  const about = 'people' in asked ? askedFor(asked) : { chatId: null, handles: [] };
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
