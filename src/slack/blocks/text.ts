import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { CLEARED_HANDLE } from '../../removal/erasing.js';

/** How people and their words are shown. `hidden`: not at all, for conversations that other organisations read. */
export type HandleDisplay = 'full' | 'masked' | 'hidden';

const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
const INVISIBLE = /[\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
/** A zero-width joiner is invisible too, but within an emoji it holds a family together. */
const STRAY_JOINER = /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D/gu;

/**
 * Text from outside made fit to show on one line: no control characters, nothing invisible, nothing that turns the
 * reading direction around.
 */
export function clean(text: string): string {
  return text
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Disarms mentions, links and dates in text that Slack reads as mrkdwn. Exactly these three characters count
 * (docs.slack.dev/messaging/formatting-message-text). Cut before escaping, never through an escape.
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most `max` code points, which is how Slack counts, and never through the middle of a character as people see it.
 * What was cut ends in an ellipsis.
 */
export function cut(text: string, max: number): string {
  if (endOf(text, max) === text.length) return text;
  const across = graphemes.segment(text).containing(endOf(text, max - 1));
  return `${text.slice(0, across?.index).trimEnd()}…`;
}

/** Where the first `count` code points end. */
function endOf(text: string, count: number): number {
  // No text has more code points than UTF-16 units, and most are short.
  if (text.length <= count) return text.length;
  let end = 0;
  for (let left = count; left > 0 && end < text.length; left--)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return end;
}

/** Erased, or older than RETENTION_DAYS. */
export const NO_LONGER_NAMED = 'a person no longer named';

/** A handle as this workspace wants it shown in channels. */
export function showHandle(handle: string, display: HandleDisplay): string {
  if (handle === CLEARED_HANDLE) return NO_LONGER_NAMED;
  if (display === 'hidden') return 'this person';
  return display === 'full' ? clean(handle) : maskHandle(clean(handle));
}

/** The last four digits of a number, or the first letter and the domain of an email. */
export function maskHandle(handle: string): string {
  const at = handle.lastIndexOf('@');
  return at > 0 ? `${[...handle][0]}…${handle.slice(at)}` : `…${handle.slice(-4)}`;
}

const NAME_LENGTH = 80;
/**
 * An email, or digits of any script with what people write between them: blanks, brackets, dots, every hyphen.
 * An email is looked for from the start of a word only: from anywhere, a long hostile name would take seconds.
 */
const HANDLE_IN_TEXT =
  /(?<![^\s,;<>"|])[^\s,;<>"|]+@[^\s,;<>"|]+|\+?\p{Nd}[\p{Nd}\s()./·\p{Pd}\u2212]{5,}\p{Nd}/gu;

/**
 * Words from outside as this workspace wants them shown in channels: masking reaches the handles inside, and `hidden`
 * leaves nothing of them.
 */
export function showText(text: string, display: HandleDisplay): string {
  if (display === 'hidden') return '';
  return display === 'full' ? clean(text) : maskInside(clean(text));
}

function maskInside(text: string): string {
  return text.replace(HANDLE_IN_TEXT, (handle) => maskHandle(handle));
}

/**
 * How a chat is called in a sentence: its name and the end of its ID, so that two of one name can be told apart.
 * A name that nobody set lists the members' numbers, so masking reaches into it.
 */
export function showChat(name: string | null, chatId: string, display: HandleDisplay): string {
  const tail = `…${chatId.slice(-4)}`;
  const shown = display === 'hidden' ? withoutHandles(name ?? '') : showText(name ?? '', display);
  return shown ? `“${cut(shown, NAME_LENGTH)}” (${tail})` : `the chat ${tail}`;
}

function withoutHandles(name: string): string {
  const cleaned = clean(name);
  return maskInside(cleaned) === cleaned ? cleaned : '';
}

/** A phone number written for reading, for the review; anything else as it is. */
export function readable(handle: string): string {
  // Without `extract: false` a number inside an email would be shown in its place: somebody else's.
  return parsePhoneNumberFromString(handle, { extract: false })?.formatInternational() ?? clean(handle);
}

/** A moment that each reader sees in their own zone and language (docs.slack.dev/messaging/formatting-message-text). */
export function slackTime(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `<!date^${seconds}^{time_secs}|${at.toISOString().slice(11, 19)} UTC>`;
}

/** The same with its day, for moments that may be far away. */
export function slackDate(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${at.toISOString().slice(0, 16).replace('T', ' ')} UTC>`;
}

/** People and user groups (`S…`) in mrkdwn. */
export function mentionsOf(ids: readonly string[]): string {
  return ids
    .map((id) => (id.startsWith('S') ? `<!subteam^${escapeMrkdwn(id)}>` : `<@${escapeMrkdwn(id)}>`))
    .join(', ');
}

/** A conversation in mrkdwn. Slack links only channels; `D…` is a direct message. */
export function showConversation(channelId: string): string {
  return channelId.startsWith('C') ? `<#${escapeMrkdwn(channelId)}>` : 'this conversation';
}
