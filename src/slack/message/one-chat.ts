import type { KnownBlock } from '@slack/types';
import { isLinqsTextUseful, type Outcome, outcomeOf } from '../../removal/outcome.js';
import type { Removal, RemovalStatus } from '../../removal/removal.js';
import { context, mrkdwn, plain, section } from '../blocks.js';
import {
  clean,
  cut,
  escapeMrkdwn,
  type HandleDisplay,
  showChat,
  showHandle,
  showText,
  slackDate,
  slackTime,
} from '../text.js';

export type Display = HandleDisplay;

const LINQ_TEXT_LENGTH = 200;
export const TRACE_LENGTH = 64;

/** A decoration beside the words, never instead of them. */
export const EMOJI: Record<RemovalStatus, string> = {
  approved: ':hourglass_flowing_sand:',
  sending: ':hourglass_flowing_sand:',
  waiting: ':hourglass_flowing_sand:',
  unsure: ':grey_question:',
  queued: ':hourglass_flowing_sand:',
  removed: ':white_check_mark:',
  gone: ':white_check_mark:',
  refused: ':no_entry:',
  unconfirmed: ':warning:',
};

/** A removal's words, fit for the channel. */
export function describe(removal: Removal, display: Display): Outcome {
  const traceId = removal.traceId === null ? null : cut(clean(removal.traceId), TRACE_LENGTH);
  return outcomeOf(
    { ...removal, traceId },
    {
      person: showHandle(removal.handle, display),
      chat: showChat(removal.chatName, removal.chatId, display),
      traceId,
    },
  );
}

export function plainText({ headline, sentence }: Outcome): string {
  return `${headline}: ${sentence}`;
}

/** The body of a message about one chat. Words that may hold something from outside stand in plain text alone. */
export function oneChat(removal: Removal, display: Display): { text: string; blocks: KnownBlock[] } {
  const outcome = describe(removal, display);
  const quote = linqsWords(removal, display);
  const time = outcome.when ? timeWords(outcome.when) : null;
  const words = [escapeMrkdwn(plainText(outcome)), time, quote && escapeMrkdwn(quote)];
  return {
    text: words.filter(Boolean).join(' '),
    blocks: [
      section(mrkdwn(`*${outcome.headline}*  ${EMOJI[removal.status]}`)),
      section(plain(outcome.sentence)),
      ...(time ? [context(mrkdwn(time))] : []),
      ...(quote ? [context(plain(quote))] : []),
    ],
  };
}

export function timeWords({ before, at, after, far }: NonNullable<Outcome['when']>): string {
  return `${before} ${far ? slackDate(at) : slackTime(at)}${after}`;
}

function linqsWords(removal: Removal, display: Display): string | null {
  return isLinqsTextUseful(removal) ? quoteLinq(removal.linqSays, display) : null;
}

/** Linq's own text is somebody else's: shown as a quotation. It may name the person. */
export function quoteLinq(said: string | null, display: Display): string | null {
  const words = cut(showText(said ?? '', display), LINQ_TEXT_LENGTH);
  return words ? `Linq said: “${words}”` : null;
}
