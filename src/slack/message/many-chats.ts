import type { KnownBlock } from '@slack/types';
import { CHATS_IN_MESSAGE } from '../../removal/announcement.js';
import { tally } from '../../removal/outcome.js';
import { endedBadly, isFinal, type Removal } from '../../removal/removal.js';
import { mrkdwn, plain, section } from '../blocks.js';
import { type Display, describe } from './one-chat.js';
import { escapeMrkdwn, showChat, showHandle } from '../text.js';

interface Body {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack: 3,000 characters a section, 50 blocks a message. */
const SECTION_LENGTH = 2_900;
const MOST_SECTIONS = 40;

/**
 * The body of a message about several chats: how far it is, then a line per chat; of many, only those that need
 * attention, and the whole list goes to the thread.
 */
export function manyChats(removals: readonly Removal[], display: Display): Body {
  const headline = headlineOf(removals, display);
  const progress = `${tally(removals)}.`;
  const listed = removals.length <= CHATS_IN_MESSAGE ? removals : removals.filter(endedBadly);
  const lines = listed.map((removal) => lineOf(removal, display));
  const elsewhere = removals.length > CHATS_IN_MESSAGE ? [elsewhereOf(removals, listed.length)] : [];
  const bad = removals.filter(endedBadly).map((removal) => lineOf(removal, display));
  return {
    text: escapeMrkdwn([`${headline}: ${progress}`, ...bad].join('\n')),
    blocks: [
      section(mrkdwn(`*${allEnded(removals) ? 'Finished' : 'Removing'}*  ${emojiOf(removals)}`)),
      section(plain(`${headline}\n${progress}`)),
      ...sectionsOf([...lines, ...elsewhere]),
    ],
  };
}

/** Every chat with what became of it. */
export function wholeList(removals: readonly Removal[], display: Display): Body {
  const lines = removals.map((removal) => lineOf(removal, display));
  return {
    text: escapeMrkdwn(`All ${removals.length} chats: ${tally(removals)}.`),
    blocks: sectionsOf([`All ${removals.length} chats`, ...lines]),
  };
}

function headlineOf(removals: readonly Removal[], display: Display): string {
  const person = showHandle(removals[0]?.handle ?? '', display);
  const verb = allEnded(removals) ? 'Asked to remove' : 'Removing';
  return `${verb} ${person} from ${removals.length} chats`;
}

function lineOf(removal: Removal, display: Display): string {
  const { headline, sentence } = describe(removal, display);
  const name = showChat(removal.chatName, removal.chatId, display);
  return endedBadly(removal) ? `• ${name}: ${headline}. ${sentence}` : `• ${name}: ${headline}`;
}

function elsewhereOf(removals: readonly Removal[], shown: number): string {
  const where = allEnded(removals)
    ? 'The whole list is in the thread.'
    : 'The whole list follows in the thread.';
  return shown > 0 ? `These need attention. ${where}` : where;
}

/** As few sections as the lines fit into: 100 chats, the most that one review can offer, need about 15. */
export function sectionsOf(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < SECTION_LENGTH)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.slice(0, MOST_SECTIONS).map((text) => section(plain(text)));
}

function allEnded(removals: readonly Removal[]): boolean {
  return removals.every(({ status }) => isFinal(status));
}

function emojiOf(removals: readonly Removal[]): string {
  if (!allEnded(removals)) return ':hourglass_flowing_sand:';
  return removals.some(endedBadly) ? ':warning:' : ':white_check_mark:';
}
