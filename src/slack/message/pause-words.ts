import type { KnownBlock } from '@slack/types';
import type { Pause } from '../../removal/pause.js';
import type { Log, Store } from '../../removal/ports.js';
import { context, mrkdwn, plain } from '../blocks/blocks.js';
import { cut, escapeMrkdwn, type HandleDisplay, showText, slackDate } from '../blocks/text.js';

const REASON_LENGTH = 300;

/** Who has paused this app, since when and what that means, in mrkdwn. */
export function pausedBy({ by, since }: Pause): string {
  return `Paused by <@${escapeMrkdwn(by)}> since ${slackDate(since)}: nothing is sent to Linq before it is resumed. What was sent before is still checked.`;
}

/** Why, in plain text; null where no reason was given, or none may be shown. People type names and numbers into it. */
export function pauseReason({ reason }: Pause, display: HandleDisplay): string | null {
  const words = cut(showText(reason ?? '', display), REASON_LENGTH);
  return words ? `Why it is paused: ${words}` : null;
}

export function pauseText(pause: Pause, display: HandleDisplay): string {
  const reason = pauseReason(pause, display);
  return `${pausedBy(pause)}${reason ? ` ${escapeMrkdwn(reason)}` : ''}`;
}

export function pauseBlocks(pause: Pause, display: HandleDisplay): KnownBlock[] {
  const reason = pauseReason(pause, display);
  return [context(mrkdwn(pausedBy(pause))), ...(reason ? [context(plain(reason))] : [])];
}

/** What a window can say of sending: `unknown` where the store did not tell just now. */
export type Sending = Pause | 'goes-on' | 'unknown';

/** Whether what was recorded just now is sent at once. Never rejects: it is recorded, whatever the store says next. */
export async function readSending(store: Pick<Store, 'pause'>, log: Log): Promise<Sending> {
  try {
    return (await store.pause()) ?? 'goes-on';
  } catch (error) {
    log.warn({ err: error }, 'It could not be read whether sending is paused');
    return 'unknown';
  }
}

/** A window's sentence after "is recorded", in mrkdwn: `now` only where it is true. */
export function andThen(sending: Sending, now: string): string {
  if (sending === 'goes-on') return ` and ${now}.`;
  if (sending === 'unknown') return '.';
  const { by, since } = sending;
  return `. It waits: <@${escapeMrkdwn(by)}> has paused this app ${slackDate(since)}, and nothing is sent to Linq before it is resumed.`;
}
