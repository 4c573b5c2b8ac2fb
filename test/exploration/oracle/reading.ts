import { maskHandle, readable } from '../../../src/slack/blocks/text.js';
import { MEMBERS, type MemberName } from '../cast.js';
import type { Meaning } from './meanings.js';
import { SENTENCES } from './sentences.js';

/** One thing that was said, about whom and which chat. */
export interface Statement {
  readonly meaning: Meaning;
  readonly member: MemberName | null;
  /** The chat's ID. */
  readonly chat: string | null;
  readonly sentence: string;
  /** The moment that the sentence names, in milliseconds; null when it names none. */
  readonly named: number | null;
  /** It is about one of several people whom the place may not name: which one cannot be told. */
  readonly isNameless: boolean;
}

/** A sentence that has no entry in the table of sentences. */
export interface Unknown {
  readonly meaning: 'unknown';
  readonly sentence: string;
}

interface Context {
  readonly member: MemberName | null;
  readonly chat: string | null;
  readonly named: number | null;
  readonly isNameless: boolean;
}

/** Everything that a text says. A line about a chat of its own speaks about that one; the others about the text's only chat. */
export function read(text: string, chatIds: readonly string[]): readonly (Statement | Unknown)[] {
  const lines = text
    .split('\n')
    .flatMap(eachRecorded)
    .map((line) => plainLine(line, chatIds));
  // Of a list that is cut short, it is not known who and which chats the rest is about.
  const isWhole = !lines.some((line) => CUT_SHORT.test(line.text));
  const only = {
    member: isWhole ? onlyOf(lines, (line) => line.members) : null,
    chat: isWhole ? onlyOf(lines, (line) => line.chats) : null,
  };
  let heading: MemberName | null = null;
  let isNameless = false;
  let entry: Pick<Line, 'members' | 'chats'> | null = null;
  return lines.flatMap((line) => {
    const { named } = line;
    // Of several people, each stands above their chats.
    if (line.text === '‹member›') heading = line.members[0] ?? null;
    if (!line.text.startsWith('• ‹chat›'))
      isNameless = line.members.length === 0 && OF_A_PERSON.test(line.text);
    if (ENTRY.test(line.text)) entry = line;
    if (entry && ABOUT_ENTRY.test(line.text)) {
      const [member = null, chat = null] = [entry.members[0], entry.chats[0]];
      return sentencesOf(line.text).flatMap((sentence) =>
        meaningsOf(sentence, { member, chat, named, isNameless }),
      );
    }
    const above = line.text.startsWith('• ‹chat›') ? heading : null;
    const member = line.members[0] ?? above ?? only.member;
    const context = { member, chat: line.chats[0] ?? only.chat, named, isNameless };
    return sentencesOf(line.text).flatMap((sentence) => meaningsOf(sentence, context));
  });
}

const CUT_SHORT = /^and \d+ more\b/u;

/** Where handles are hidden, a number tells several people apart. */
const OF_A_PERSON = /^(?:• )?‹member›(?::|$)/u;

/** A receipt has an entry for each person and chat, and lines about it. */
const ENTRY = /^\d+\. (?:Remove|Add back) ‹member› · ‹chat›: (?<headline>.+)$/u;
const ABOUT_ENTRY = /^(?:Sent to|Never sent to|Accepted by|No clear acceptance by|Ended: )/u;

function meaningsOf(sentence: string, context: Context): (Statement | Unknown)[] {
  if (sentence === '') return [{ meaning: 'nothing', ...context, sentence }];
  const found = SENTENCES.find(([, pattern]) => pattern.test(sentence)) ?? (isCutOff(sentence) ? CUT : null);
  return [found ? { meaning: found[0], ...context, sentence } : { meaning: 'unknown', sentence }];
}

/** “Recorded from this window: A from B, stopped; C from D.” speaks of each by itself. */
function eachRecorded(line: string): readonly string[] {
  const list = /^Recorded from this window: (?<items>.+)\.$/u.exec(line)?.groups?.items;
  return list ? list.split('; ').map((item) => `Recorded from this window: ${item}`) : [line];
}

/** Slack takes only so much of a text. */
const isCutOff = (sentence: string) => sentence.endsWith('…');
const CUT = ['nothing'] as const;

interface Line {
  readonly text: string;
  readonly named: number | null;
  readonly members: readonly MemberName[];
  readonly chats: readonly string[];
}

function onlyOf<T>(lines: readonly Line[], pick: (line: Line) => readonly T[]): T | null {
  const all = new Set(lines.flatMap(pick));
  const [first] = all;
  return all.size === 1 && first !== undefined ? first : null;
}

const CHAT = /“[^”\n]*” \(…(?<tail>[0-9a-f]{4})\)|[Tt]he chat …(?<bare>[0-9a-f]{4})/gu;
/** Each person as the app may write them: in full, for reading, and masked. */
const HANDLES = (Object.entries(MEMBERS) as [MemberName, string][]).flatMap(([name, handle]) =>
  [handle, readable(handle), maskHandle(handle)].map((written) => [name, written] as const),
);
/** A day and a minute, or a second of an unknown day. */
const TIME = /(?:(?<day>\d{4}-\d\d-\d\d) )?(?<time>\d\d:\d\d)(?::\d\d)? UTC/u;
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/(?:\d{4}-\d\d-\d\d )?\d\d:\d\d(?::\d\d)? UTC/gu, '‹time›'],
  [/\b[0-9a-f]{32}\b/gu, '‹trace›'],
  [/@subteam\^/gu, '@'],
  [/:[a-z_]+:/gu, ''],
  [/\*/gu, ''],
  [/\b[Tt]his person\b/gu, '‹member›'],
  [/^⚠ /u, ''],
  // Where nobody is named, a number tells them apart.
  [/^(• )?Person \d+/u, '$1‹member›'],
];
/** A copy that is never edited names its moment, and is as true as it was then. */
const AS_OF = /^As of ‹time›: (?<first>.)/u;

/** What comes from outside gives way to a mark, so that the rest are words of the app. */
function plainLine(line: string, chatIds: readonly string[]): Line {
  const chats: string[] = [];
  const named = line.replace(CHAT, (_all, ...rest) => {
    const { tail, bare } = rest.at(-1) as { readonly tail?: string; readonly bare?: string };
    const id = chatIds.find((each) => each.endsWith(tail ?? bare ?? '?'));
    if (id) chats.push(id);
    return '‹chat›';
  });
  const members = [...new Set(HANDLES.filter(([, handle]) => named.includes(handle)).map(([name]) => name))];
  const anonymous = HANDLES.reduce((text, [, handle]) => text.replaceAll(handle, '‹member›'), named);
  const text = REPLACED.reduce((rest, [pattern, by]) => rest.replace(pattern, by), anonymous);
  const trimmed = text.replace(/\s+/gu, ' ').trim();
  const plain = trimmed.replace(AS_OF, (_all, first: string) => first.toUpperCase());
  return { text: plain, named: momentIn(line), members, chats };
}

function momentIn(line: string): number | null {
  const { day, time } = TIME.exec(line)?.groups ?? {};
  return day && time ? Date.parse(`${day}T${time}Z`) : null;
}

/**
 * `• ‹chat›: Not removed. Linq …` and `Not removed: Linq …` are a headline and sentences, and so is a line about one
 * of several people; any other line is its sentences, or known as a whole.
 */
function sentencesOf(line: string): readonly string[] {
  if (isKnown(line)) return [line];
  const led = /^(?<headline>[A-Z][a-z, ]+): (?<rest>.+)$/u.exec(line)?.groups;
  if (led?.headline && led.rest && isKnown(led.headline)) return [led.headline, ...split(led.rest)];
  if (line === '‹member›') return [''];
  const entry = ENTRY.exec(line)?.groups?.headline;
  if (entry) return [entry];
  const inList = /^• ‹(?:chat|member)›(?:: (?<rest>.*))?$/u.exec(line);
  if (!inList) return split(line);
  const [headline, ...sentences] = split(inList.groups?.rest ?? '');
  return headline === undefined ? [''] : [headline.replace(/\.$/u, ''), ...sentences];
}

function isKnown(sentence: string): boolean {
  return SENTENCES.some(([, pattern]) => pattern.test(sentence));
}

function split(line: string): readonly string[] {
  return line.split(/(?<=[.?!])\s+(?=[A-Z\d‹“@/`])/u).filter((sentence) => sentence !== '');
}
