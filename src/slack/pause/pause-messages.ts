import type { Pause } from '../../removal/pause.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { escapeMrkdwn, type HandleDisplay, slackDate } from '../blocks/text.js';
import type { Message } from '../message/body.js';
import { PAUSED } from '../message/one-chat.js';
import { pauseReason } from '../message/pause-words.js';

/** Sending was paused, or goes on. */
export type PauseNews =
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'resumed'; readonly pause: Pause; readonly by: string };

export const NOT_PAUSED = 'This app is not paused, so there was nothing to resume.';
export const RESUMED_MEANWHILE =
  'This app was paused already, and has just been resumed. To pause it again, run /linq-remove pause.';

export function isPausedAlready({ by, since }: Pause): string {
  return `${mention(by)} has paused this app already, ${slackDate(since)}. It stays paused, and nothing was changed by this.`;
}

/** For the conversation in which it was typed. */
export function pauseMessage(news: PauseNews, display: HandleDisplay): Message {
  return news.kind === 'paused' ? paused(news.pause, display) : resumed(news.pause, news.by);
}

function paused(pause: Pause, display: HandleDisplay): Message {
  const says = `${mention(pause.by)} has paused this app: nothing is sent to Linq before it is resumed with \`/linq-remove resume\`. Requests can still be made and decided, and wait. A call that had left by then may still be carried out.`;
  const reason = pauseReason(pause, display);
  return {
    text: `Paused: ${says}${reason ? ` ${escapeMrkdwn(reason)}` : ''}`,
    blocks: [
      section(mrkdwn(`*Paused*  ${PAUSED}`)),
      section(mrkdwn(says)),
      ...(reason ? [context(plain(reason))] : []),
    ],
  };
}

function resumed(pause: Pause, by: string): Message {
  const says = `${mention(by)} has resumed this app, which ${mention(pause.by)} had paused ${slackDate(pause.since)}. What waited is sent to Linq now.`;
  return {
    text: `Resumed: ${says}`,
    blocks: [section(mrkdwn('*Resumed*  :arrow_forward:')), section(mrkdwn(says))],
  };
}

function mention(userId: string): string {
  return `<@${escapeMrkdwn(userId)}>`;
}
