import type { SlashCommand } from '@slack/bolt';
import type { CountryCode } from 'libphonenumber-js/max';
import type { AccessCheck } from '../access/access.js';
import { type AdmitDeps, admitBehind } from '../access/admit.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { clean, cut, escapeMrkdwn } from '../blocks/text.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type HistoryDeps, onHistory } from '../history/on-history.js';
import { requestModal } from '../request/request-modal.js';
import { ephemeral } from '../response-url.js';
import { type ReviewDeps, showReview } from '../review/show-review.js';
import type { CommandArgs } from './command-args.js';
import { type CommandText, parseCommandText } from './command-text.js';

export const COMMAND = '/linq-remove';

export interface CommandDeps extends AdmitDeps, ReviewDeps, HistoryDeps {
  /** True when this trigger was seen before: the same command, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
  readonly defaultCountry: CountryCode;
}

const HELP = [
  `*${COMMAND}* takes a person out of a Linq group chat. You review it before anything is removed.`,
  `• \`${COMMAND}\` asks for the chat and the person`,
  `• \`${COMMAND} +12052499136\` or \`${COMMAND} 550e8400-e29b-41d4-a716-446655440000\` fills in what you know`,
  `• \`${COMMAND} 550e8400-e29b-41d4-a716-446655440000 +12052499136\` goes straight to the review`,
  `• \`${COMMAND} history\`, also with a person or a chat ID, shows what was removed lately`,
  'People are phone numbers or email addresses. The result is posted here and stays up to date.',
].join('\n');

/** `/linq-remove`: acknowledge, open a window while the trigger is fresh, and only then ask anybody anything. */
export async function onCommand(deps: CommandDeps, { command, ack, client }: CommandArgs): Promise<void> {
  const typed = parseCommandText(command.text, deps.defaultCountry);
  if (typed.kind === 'help') return ack(ephemeral(HELP));
  const check = checkBy(command, typed);
  const refused = deps.access.atOnce(check);
  if (refused) return ack(ephemeral(refused.sentence));
  if (typed.kind === 'history') return onHistory(deps, { command, ack, client }, typed, check);
  await acknowledge(
    () => ack(typed.leftover ? ephemeral(notUnderstood(typed.leftover)) : undefined),
    deps.log,
  );
  if (deps.isRepeated(command.trigger_id)) return;
  const origin = originOf(command, typed);
  const { chatId, handle } = typed;
  if (chatId && handle) return reviewAtOnce(deps, { command, client }, check, origin);
  const view = requestModal(origin, { chat: chatId, handle: handle ?? typed.leftover });
  const viewId = await openView(client, command.trigger_id, view);
  // It shows nothing but what was typed, so it needs no loading view in front of it: Slack is asked behind it.
  if (viewId) await admitBehind(deps, client, viewId, check, command.response_url);
  else await deps.respond(command.response_url, ephemeral(tooLate(command)));
}

async function reviewAtOnce(
  deps: CommandDeps,
  { command, client }: Pick<CommandArgs, 'command' | 'client'>,
  check: AccessCheck,
  origin: Origin,
): Promise<void> {
  const viewId = await openView(client, command.trigger_id, loadingModal());
  if (!viewId) return void (await deps.respond(command.response_url, ephemeral(tooLate(command))));
  const mayGoOn = await admitBehind(deps, client, viewId, check, command.response_url);
  if (mayGoOn) await showReview(deps, client, viewId, origin);
}

function checkBy(command: SlashCommand, typed: Exclude<CommandText, { kind: 'help' }>): AccessCheck {
  return {
    by: command.user_id,
    teamId: command.team_id,
    channelId: command.channel_id,
    requestId: null,
    chatId: typed.chatId,
    handle: typed.handle,
  };
}

function originOf(command: SlashCommand, typed: CommandText & { kind: 'remove' }): Origin {
  return {
    channel: command.channel_id,
    responseUrl: command.response_url,
    commandHadText: command.text.trim() !== '',
    chatId: typed.chatId,
    handle: typed.handle,
    seen: false,
    retryOf: null,
  };
}

function notUnderstood(leftover: string): string {
  const shown = escapeMrkdwn(cut(clean(leftover), 100));
  return `“${shown}” is not a phone number, an email or a chat ID that can be read. It is in the window's Handle field, to be corrected there.\n${HELP}`;
}

function tooLate({ text }: SlashCommand): string {
  const again = escapeMrkdwn(cut(clean(`${COMMAND} ${text}`), 300));
  return `Slack did not open the window, because this took too long or the command arrived twice. Nothing was removed. If you see no window, please run it again: \`${again.replaceAll('`', "'")}\``;
}
