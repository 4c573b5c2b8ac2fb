const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
const CONTROL = /[^\P{Cc}\n]/gu;
const BLANK = /\p{Zs}/gu;
/** Half a character: no store and no JSON reader after us takes one. */
const LONE_SURROGATE = /\p{Cs}/gu;
/** Written like ASCII, only wider or smaller; Unicode's compatibility form is the ASCII character. */
const FULL_WIDTH = /[\uFF01-\uFF5E\uFE50-\uFE6B\u207A\u208A]/gu;
const FOREIGN_DIGIT = /[^\P{Nd}0-9]/gu;
const DASH = /[\p{Pd}\u2043\u2212]/gu;
/** Signs that only East Asian and Arabic keyboards have, and the emoji that stands for a plus. */
const SIGNS: Record<string, string> = {
  '\u2795': '+',
  '\u3001': ',',
  '\u3002': '.',
  '\u060C': ',',
  '\u061B': ';',
};
const SIGN = /[\u2795\u3001\u3002\u060C\u061B]/gu;
/** What says how an emoji looks stays with the emoji. Elsewhere it hides between digits. */
const STRAY_SELECTOR = /(?<!\p{Extended_Pictographic})\uFE0F/gu;
const STRAY_JOINER = /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D/gu;
/** Direction marks, soft hyphens, zero-width blanks, tags. The joiner of an emoji is one of them, and stays. */
const FORMAT = /(?!\u200D)\p{Cf}/gu;
const SELECTOR = /[\uFE00-\uFE0E]|[\u{E0100}-\u{E01EF}]|[\u180B-\u180F]|\u034F/gu;
/** Blanks that Unicode counts as letters, the frame of a keycap, and what stands for an object that was lost. */
const FILLER = /[\u115F\u1160\u3164\uFFA0]|[\u17B4\u17B5]|\u20E3|\uFFFC/gu;

/**
 * Text as a plain keyboard would have typed it: digits and signs in ASCII, plain hyphens and blanks, nothing
 * invisible. Line ends stay, because a line separates people. What is left can be stored and shown.
 */
export function plainText(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(CONTROL, ' ')
    .replace(BLANK, ' ')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(FULL_WIDTH, (char) => char.normalize('NFKC'))
    .replace(SIGN, (char) => SIGNS[char] ?? char)
    .replace(FOREIGN_DIGIT, asciiDigit)
    .replace(DASH, '-')
    .replace(FORMAT, '')
    .replace(SELECTOR, '')
    .replace(FILLER, '')
    .replace(STRAY_SELECTOR, '')
    .replace(STRAY_JOINER, '')
    .trim();
}

const DECIMAL = /^\p{Nd}$/u;

/** Unicode keeps the ten digits of every script together, zero first, so the distance to the start is the value. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let zero = code;
  while (DECIMAL.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/** For character classes: quotes that separate words, and with those that also stand inside words. */
export const DOUBLE_QUOTES = '"“”„«»‹›';
export const QUOTES = `${DOUBLE_QUOTES}'\`‘’`;

/** Text without the characters at its two ends that `edge` accepts. Regular expressions ending in `$` are not linear. */
export function trimmed(text: string, edge: RegExp, end: RegExp = edge): string {
  let from = 0;
  let to = text.length;
  while (from < to && edge.test(text.charAt(from))) from++;
  while (to > from && end.test(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}
