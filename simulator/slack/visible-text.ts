import { type Block, type BlockElement, optionsOf, type TextObject } from './block-kit.js';
import { drawMrkdwn, type Names, rungBy } from './mrkdwn.js';

/** Everything that these blocks put before a person's eyes, one line a piece. Options of a menu count as visible. */
export function visibleText(blocks: readonly Block[], names: Names): string {
  return blocks.flatMap((block) => drawBlock(block, names)).join('\n');
}

/** The lines of one block. */
export function drawBlock(block: Block, names: Names): readonly string[] {
  if (block.type === 'data_table') return drawTable(block, names);
  if (block.type === 'rich_text') return [drawRichText(block.elements ?? [], names)];
  const optional = block.type === 'input' && block.optional ? ' (optional)' : '';
  return [
    block.title && drawText(block.title, names),
    block.label && `${drawText(block.label, names)}${optional}`,
    block.text && drawText(block.text, names),
    ...(block.fields ?? []).map((field) => drawText(field, names)),
    ...[block.element, block.accessory, ...(block.elements ?? [])].flatMap((part) =>
      drawElement(part, names),
    ),
    block.hint && drawText(block.hint, names),
    block.alt_text,
  ].filter((line): line is string => typeof line === 'string' && line !== '');
}

/** A line a row. */
function drawTable({ caption = '', rows = [] }: Block, names: Names): readonly string[] {
  const cells = (row: readonly BlockElement[]) => row.map((cell) => drawCell(cell, names)).join(' | ');
  return [caption, ...rows.map(cells)];
}

function drawCell(cell: BlockElement, names: Names): string {
  return typeof cell.text === 'string' ? cell.text : drawRichElement(cell, names).trim();
}

/** A bare string is markup: that is how context elements and markdown blocks carry theirs. */
export function drawText(text: TextObject | string, names: Names): string {
  if (typeof text === 'string') return drawMrkdwn(text, names);
  return text.type === 'mrkdwn' ? drawMrkdwn(text.text, names) : text.text;
}

function drawElement(element: BlockElement | undefined, names: Names): readonly string[] {
  if (!element) return [];
  if (element.type === 'plain_text' && typeof element.text === 'string') return [element.text];
  const options = optionsOf(element).flatMap((option) => [option.text, option.description]);
  const texts = [element.text, element.placeholder, ...options].filter((text) => text !== undefined);
  return [...texts.map((text) => drawText(text, names)), ...(element.alt_text ? [element.alt_text] : [])];
}

function drawRichText(elements: readonly BlockElement[], names: Names): string {
  return elements.map((element) => drawRichElement(element, names)).join('');
}

function drawRichElement(element: BlockElement, names: Names): string {
  if (element.elements) return `${drawRichText(element.elements, names)}\n`;
  if (element.user_id) return `@${names.user(element.user_id)}`;
  if (element.channel_id) return `#${names.channel(element.channel_id)}`;
  if (element.range) return `@${element.range}`;
  if (element.usergroup_id) return `@${element.usergroup_id}`;
  if (typeof element.text === 'string') return element.text;
  return element.fallback ?? element.url ?? (element.name ? `:${element.name}:` : '');
}

/** What any markup in the blocks would notify. `plain_text` never does. */
export function rungByBlocks(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(rungByBlocks);
  if (typeof part !== 'object' || part === null) return [];
  const { type, text, range, usergroup_id } = part as Record<string, unknown>;
  if (type === 'broadcast') return [String(range)];
  if (type === 'usergroup') return [String(usergroup_id)];
  const isMarkup = type === 'mrkdwn' || type === 'markdown';
  return [...(isMarkup ? rungBy(String(text)) : []), ...Object.values(part).flatMap(rungByBlocks)];
}
