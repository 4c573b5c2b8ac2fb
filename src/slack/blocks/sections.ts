import type { SectionBlock } from '@slack/types';
import { plain, section } from './blocks.js';

/** Slack: 3,000 characters a section, 50 blocks a message. */
const SECTION_LENGTH = 2_900;
const MOST_SECTIONS = 40;

/** As few sections as the lines fit into: 100 chats, the most that one review can offer, need about 15. */
export function sectionsOf(lines: readonly string[], joint = '\n'): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < SECTION_LENGTH)
      texts[texts.length - 1] = `${last}${joint}${line}`;
    else texts.push(line);
  }
  return texts.slice(0, MOST_SECTIONS).map((text) => section(plain(text)));
}
