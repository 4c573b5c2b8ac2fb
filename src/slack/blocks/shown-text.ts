import type { ViewOutput } from '@slack/bolt';
import { clean, cut } from './text.js';

/** A review of a hundred chats shows about 8,000 characters; the store keeps no more than this. */
const LONGEST = 20_000;

/**
 * What a submitted window showed, line by line: Slack sends the view back with every submission, so this is what the
 * person had before them, not what the app meant to show. For the history.
 */
export function shownIn(view: Pick<ViewOutput, 'title' | 'blocks'>): string {
  return cut(textsIn([view.title, view.blocks]).filter(Boolean).join('\n'), LONGEST);
}

function textsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && 'text' in node && typeof node.text === 'string')
    return linesOf(node.type === 'mrkdwn' ? node.text.replace(BOLD_LINE, '$1') : node.text);
  if ('type' in node && LINE_TYPES.includes(node.type) && 'elements' in node)
    return linesOf(inline(node.elements));
  return Object.entries(node).flatMap(([key, value]) => (NOT_LINES.includes(key) ? [] : textsIn(value)));
}

/** A label of ours; people read no asterisks. */
const BOLD_LINE = /^\*([^*\n]+)\*$/gm;

/** What is filled in beforehand is one of the options again. */
const NOT_LINES: readonly string[] = ['placeholder', 'initial_option', 'initial_options'];

/** Rich text is cut into pieces by its styles; people read a line. */
const LINE_TYPES: readonly unknown[] = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'];

function inline(elements: unknown): string {
  return Array.isArray(elements) ? elements.map(pieceOf).join('') : '';
}

/** Words, or the id of whoever or whatever is mentioned. */
function pieceOf(element: Partial<Record<'text' | 'user_id' | 'channel_id' | 'url', unknown>>): string {
  return String(element.text ?? element.user_id ?? element.channel_id ?? element.url ?? '');
}

function linesOf(text: string): string[] {
  return text.split('\n').map(clean);
}
