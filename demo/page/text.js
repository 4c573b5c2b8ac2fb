import { h } from './dom.js';
import { emoji, withEmoji } from './emoji.js';

/** Draws a text object, `plain_text` or `mrkdwn`, the way Slack does. `names` looks up people and channels. */
export function textObject(text, names) {
  if (!text) return [];
  if (text.type === 'plain_text') return lines(text.emoji === false ? text.text : withEmoji(text.text));
  return mrkdwn(text.text, names, { autolink: text.verbatim !== true });
}

/** A plain string with its line breaks. */
export function lines(text) {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]));
}

/** Only these three are escapes in Slack; anything else stays as written. */
export function unescapeSlack(text) {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Slack's own markup, block level first: code fences, quotes, then lines. */
export function mrkdwn(source, names, options = { autolink: true }) {
  return source.split(/```/).flatMap((part, index) => {
    if (index % 2 === 1) return [h('pre', { class: 'pre' }, unescapeSlack(part.replace(/^\n|\n$/g, '')))];
    return quotesAndLines(part, names, options);
  });
}

function quotesAndLines(part, names, options) {
  const nodes = [];
  let quote = null;
  for (const [index, line] of part.split('\n').entries()) {
    const quoted = line.match(/^(?:&gt;|>)\s?(.*)$/);
    if (quoted) {
      if (quote) quote.append(h('br'));
      else {
        quote = h('blockquote', { class: 'quote' });
        nodes.push(quote);
      }
      quote.append(...inline(quoted[1], names, options));
      continue;
    }
    if (index > 0 && !quote) nodes.push(h('br'));
    quote = null;
    nodes.push(...inline(line, names, options));
  }
  return nodes;
}

const EDGE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';
const INLINE = new RegExp(
  [
    '`([^`\\n]+)`', // 1 code
    '<([^<>\\n]+)>', // 2 link, mention, date
    `${EDGE}\\*(?!\\s)([^*\\n]+?)(?<!\\s)\\*${AFTER}`, // 3 bold
    `${EDGE}_(?!\\s)([^_\\n]+?)(?<!\\s)_${AFTER}`, // 4 italic
    `${EDGE}~(?!\\s)([^~\\n]+?)(?<!\\s)~${AFTER}`, // 5 strike
    ':([a-z0-9_+-]+):', // 6 emoji
    '(https?:\\/\\/[^\\s<>|]+[^\\s<>|.,;:!?)])', // 7 bare address
  ].join('|'),
  'gu',
);

function inline(source, names, options) {
  const nodes = [];
  let end = 0;
  for (const match of source.matchAll(INLINE)) {
    nodes.push(unescapeSlack(source.slice(end, match.index)));
    nodes.push(...inlineNode(match, names, options));
    end = match.index + match[0].length;
  }
  nodes.push(unescapeSlack(source.slice(end)));
  return nodes.filter((node) => node !== '');
}

function inlineNode([whole, code, angle, bold, italic, strike, emojiName, url], names, options) {
  if (code !== undefined) return [h('code', { class: 'code' }, unescapeSlack(code))];
  if (angle !== undefined) return [angled(angle, names)];
  if (bold !== undefined) return [h('strong', null, inline(bold, names, options))];
  if (italic !== undefined) return [h('em', null, inline(italic, names, options))];
  if (strike !== undefined) return [h('s', null, inline(strike, names, options))];
  if (emojiName !== undefined) return [emoji(emojiName)];
  return [options.autolink && url ? link(url, url) : unescapeSlack(whole)];
}

function angled(content, names) {
  const [target, label] = splitOnce(content, '|');
  if (target.startsWith('@')) return mention(`@${names.person(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith('#'))
    return mention(`#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith('!date^')) return date(target.split('^'), label ?? '');
  if (target.startsWith('!')) return mention(`@${label ?? target.slice(1)}`, 'loud');
  return link(target, label ?? target.replace(/^mailto:|^tel:/, ''));
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

export function mention(text, kind = '') {
  return h('span', { class: `mention ${kind}` }, text);
}

/** A link with only the schemes that Slack follows; anything else stays text. */
export function link(target, label) {
  const href = unescapeSlack(target);
  if (!/^(https?|mailto|tel):/i.test(href)) return h('span', null, unescapeSlack(label));
  return h('a', { class: 'link', href, target: '_blank', rel: 'noreferrer noopener' }, unescapeSlack(label));
}

const DATE_PARTS = {
  date_num: (at) => at.toLocaleDateString('sv-SE'),
  date: (at) => format(at, { year: 'numeric', month: 'long', day: 'numeric' }),
  date_short: (at) => format(at, { year: 'numeric', month: 'short', day: 'numeric' }),
  date_long: (at) => format(at, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
  date_pretty: (at) => nearDay(at) ?? DATE_PARTS.date(at),
  date_short_pretty: (at) => nearDay(at) ?? DATE_PARTS.date_short(at),
  date_long_pretty: (at) => nearDay(at) ?? DATE_PARTS.date_long(at),
  time: (at) => clockTime(at),
  time_secs: (at) => at.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
};

function date([, seconds, pattern = '{date}', href], fallback) {
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return h('span', null, unescapeSlack(fallback));
  const shown = pattern.replace(/\{(\w+)\}/g, (whole, part) => DATE_PARTS[part]?.(at) ?? whole);
  const sentence = unescapeSlack(shown);
  if (href) return link(href, sentence);
  return h('time', { datetime: at.toISOString(), title: unescapeSlack(fallback) }, sentence);
}

function format(at, options) {
  return at.toLocaleDateString('en-US', options);
}

function nearDay(at) {
  const day = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((day(at) - day(new Date())) / 86_400_000);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
}

/** Hours and minutes on this computer's clock. */
export function clockTime(at) {
  return at.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
}
