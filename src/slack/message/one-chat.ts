import type { Change, Status } from '../../removal/change.js';
import { isKeptFromSending, isLinqsTextUseful, type Outcome, outcomeOf } from '../../removal/outcome.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
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
} from '../blocks/text.js';
import { askedFor } from './asked.js';
import type { Body, Manner } from './body.js';

const LINQ_TEXT_LENGTH = 200;
const TRACE_LENGTH = 64;

const EMOJI: Record<Status, string> = {
  approved: ':hourglass_flowing_sand:',
  sending: ':hourglass_flowing_sand:',
  waiting: ':hourglass_flowing_sand:',
  unsure: ':grey_question:',
  queued: ':hourglass_flowing_sand:',
  done: ':white_check_mark:',
  gone: ':white_check_mark:',
  refused: ':no_entry:',
  unconfirmed: ':warning:',
};

export const PAUSED = ':double_vertical_bar:';

/** A change's words, fit for their readers. */
export function describe(change: Change, display: HandleDisplay, isPaused = false): Outcome {
  const outcome = outcomeOf(
    { ...change, traceId: traceOf(change) },
    {
      person: showHandle(change.handle, display),
      chat: showChat(change.chatName, change.chatId, display),
      traceId: null,
    },
    isPaused,
  );
  return { ...outcome, sentence: asSentence(outcome.sentence) };
}

/** Linq's reference for the call, short enough to show; null when there is none. */
export function traceOf({ traceId }: Change): string | null {
  return traceId === null ? null : cut(clean(traceId), TRACE_LENGTH);
}

/** Begins as a sentence does where "this person" or "the chat …" stands first. A handle stays as Linq writes it. */
export function asSentence(words: string): string {
  return words.replace(/^(?:this person|the chat) /u, (start) => start[0]?.toUpperCase() + start.slice(1));
}

export function plainText({ headline, sentence }: Outcome): string {
  return `${headline}: ${sentence}`;
}

/** What the outcome's words promise of the message that they stand in. */
const PROMISE =
  /: once the member list shows it, you read it here|\. (?:What happens next is told|How that ends is awaited) here|, and what it shows is told here/u;

/**
 * The body of a message about one change. Words that may hold something from outside stand in plain text alone. A copy
 * that is never edited promises nothing of itself.
 */
export function oneChat(change: Change, display: HandleDisplay, { isCopy, isPaused }: Manner): Body {
  const told = describe(change, display, isPaused);
  const outcome = isCopy ? { ...told, sentence: told.sentence.replace(PROMISE, '') } : told;
  const subject = subjectOf(change, display, outcome.sentence);
  const quote = linqsWords(change, display);
  const time = outcome.when && timeWords(outcome.when);
  const words = [escapeMrkdwn(plainText(outcome)), time, quote && escapeMrkdwn(quote)];
  return {
    heading: outcome.headline,
    emoji: isKeptFromSending(change, isPaused) ? PAUSED : EMOJI[change.status],
    text: [words.filter(Boolean).join(' '), subject && escapeMrkdwn(subject)].filter(Boolean).join('\n'),
    blocks: [
      section(plain(outcome.sentence)),
      ...(time ? [context(mrkdwn(time))] : []),
      ...(subject ? [context(plain(subject))] : []),
      ...(quote ? [context(plain(quote))] : []),
    ],
  };
}

/** Who and which chat, where the sentence does not name them: a conversation may hold several requests. */
function subjectOf(change: Change, display: HandleDisplay, sentence: string): string | null {
  const person = showHandle(change.handle, display);
  const chat = showChat(change.chatName, change.chatId, display);
  const said = sentence.toLowerCase();
  const isNamed = [person, chat].every((words) => said.includes(words.toLowerCase()));
  return display === 'hidden' || isNamed ? null : askedFor(change.direction, person, chat);
}

function timeWords({ before, at, after, far }: NonNullable<Outcome['when']>): string {
  return `${before} ${far ? slackDate(at) : slackTime(at)}${after}`;
}

/** Linq's own text is shown as a quotation. It may name the person. */
function linqsWords(change: Change, display: HandleDisplay): string | null {
  if (!isLinqsTextUseful(change)) return null;
  const words = cut(showText(change.linqSays ?? '', display), LINQ_TEXT_LENGTH);
  return words ? `Linq said: “${words}”` : null;
}
