/** Keys whose text people read in a message, in the order in which Slack shows them. IDs and times are not here. */
const SHOWN = [
  'pretext',
  'author_name',
  'title',
  'title_link',
  'text',
  'url',
  'value',
  'fallback',
  'name',
  'description',
  'label',
  'alt_text',
  'caption',
  'elements',
  'fields',
  'rows',
  'columns',
  'cells',
  'accessory',
  'footer',
  'blocks',
  'message_blocks',
  'message',
  'attachments',
  'files',
] as const;

const DEEPEST = 20;
/** Slack advises 4,000 characters in a message and repeats them in its blocks; reading 40,000 would hold up others. */
const MOST_TEXT = 12_000;

/**
 * The texts of a Slack message, piece by piece: its text, blocks of every kind, attachments and the titles of files.
 * Takes any value, because blocks come in kinds that Slack adds later, and gives what it recognises.
 */
export function textsOf(message: unknown): readonly string[] {
  let left = MOST_TEXT;
  return partsOf(message, DEEPEST, new Set()).flatMap((text) => {
    const part = text.slice(0, left);
    left -= part.length;
    return part.trim() === '' ? [] : [part];
  });
}

/** `seen` keeps a value that holds itself from being read for ever. */
function partsOf(value: unknown, depth: number, seen: Set<object>): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth === 0 || seen.has(value)) return [];
  seen.add(value);
  if (Array.isArray(value)) {
    return lineOf(value) ?? value.flatMap((each: unknown) => partsOf(each, depth - 1, seen));
  }
  return SHOWN.flatMap((key) => {
    const held: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : null;
    return partsOf(held, depth - 1, seen);
  });
}

/** A number may change from plain to bold in its middle, so the parts of one line of rich text are read together. */
function lineOf(values: readonly unknown[]): string[] | null {
  const parts = values.map(inlineText);
  return parts.every((part) => part !== null) ? [parts.join('')] : null;
}

/** The text of one part of a line of rich text, or null for anything else (docs.slack.dev/reference/block-kit/blocks/rich-text-block). */
function inlineText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  const text = 'text' in value && typeof value.text === 'string' ? value.text : '';
  switch (value.type) {
    case 'text':
      return text;
    case 'link':
      return 'url' in value && typeof value.url === 'string' ? ` <${value.url}|${text}> ` : text;
    case 'user':
    case 'usergroup':
    case 'channel':
    case 'broadcast':
    case 'emoji':
    case 'date':
    case 'color':
      return ' ';
    default:
      return null;
  }
}
