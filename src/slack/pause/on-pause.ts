import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Pause, PauseAct } from '../../removal/pause.js';
import type { Log, Store } from '../../removal/ports.js';
import type { Access } from '../access/access.js';
import type { AccessCheck } from '../access/check.js';
import type { Respond } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { Progress } from '../guard/progress.js';
import { tellPerson } from '../guard/tell-person.js';
import { isPausedAlready, NOT_PAUSED, RESUMED_MEANWHILE } from './pause-messages.js';
import { type TellDeps, tellConversation } from './tell-conversation.js';

export interface PauseDeps extends TellDeps {
  readonly store: Pick<Store, 'pause' | 'startPause' | 'endPause'>;
  readonly access: Pick<Access, 'checkPause' | 'checkResume'>;
  readonly respond: Respond;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly now: () => Date;
  readonly log: Log;
}

export interface PauseArgs {
  readonly command: Pick<SlashCommand, 'user_id' | 'channel_id' | 'response_url'>;
  readonly ack: AckFn<string | RespondArguments>;
  readonly client: WebClient;
}

const LONGEST_REASON = 1_000;

/** `/linq-remove pause [reason]`: written first, told afterwards. From then on no process sends anything to Linq. */
export async function onPause(
  deps: PauseDeps,
  args: PauseArgs,
  check: AccessCheck,
  reason: string | null,
  progress: Progress,
): Promise<void> {
  progress.isFor('pause');
  await acknowledge(() => args.ack(), deps.log);
  const refused = await deps.access.checkPause(check);
  if (refused) return answer(deps, args, refused.sentence);
  const act = actOf(deps, args);
  const words = reason?.slice(0, LONGEST_REASON) ?? null;
  const isNew = await progress.recording(
    () => deps.store.startPause(act, words),
    (isWritten) => isWritten,
  );
  if (!isNew) return answer(deps, args, whyNotPaused(await deps.store.pause()));
  deps.wake();
  await tellConversation(deps, args, { kind: 'paused', pause: { by: act.by, since: act.at, reason: words } });
}

/** `/linq-remove resume`: what waited goes on, with the time that it had left. */
export async function onResume(
  deps: PauseDeps,
  args: PauseArgs,
  check: AccessCheck,
  progress: Progress,
): Promise<void> {
  progress.isFor('resume');
  await acknowledge(() => args.ack(), deps.log);
  const refused = await deps.access.checkResume(check);
  if (refused) return answer(deps, args, refused.sentence);
  const act = actOf(deps, args);
  const pause = await progress.recording(
    () => deps.store.endPause(act),
    (ended) => ended !== null,
  );
  if (!pause) return answer(deps, args, NOT_PAUSED);
  deps.wake();
  await tellConversation(deps, args, { kind: 'resumed', pause, by: check.by });
}

function actOf({ now }: PauseDeps, { command }: PauseArgs): PauseAct {
  return { by: command.user_id, at: now(), channelId: command.channel_id };
}

function whyNotPaused(standing: Pause | null): string {
  return standing ? isPausedAlready(standing) : RESUMED_MEANWHILE;
}

function answer(deps: PauseDeps, { command, client }: PauseArgs, sentence: string): Promise<void> {
  const { user_id: userId, response_url: responseUrl } = command;
  return tellPerson(deps, client, { userId, responseUrl }, sentence);
}
