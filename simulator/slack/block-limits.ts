import { type ElementType, element, ID_MAX, plain, text } from './element-limits.js';
import { isObject, type Json, listOf } from './json.js';
import { all, byType, type Check, chars, flag, list, oneOf, problem, shape, whole } from './schema.js';

/** Numbers: Slack's Block Kit reference for blocks. */

export const MESSAGE_BLOCKS_MAX = 50;
export const VIEW_BLOCKS_MAX = 100;
/** All markdown blocks of one message together. */
const MARKDOWN_MAX = 12_000;

const named = { type: chars(ID_MAX), block_id: chars(ID_MAX, 1) };

const CHOICES: readonly ElementType[] = [
  'checkboxes',
  'radio_buttons',
  'static_select',
  'multi_static_select',
];

const section = all(
  shape({
    ...named,
    text: text(3000),
    fields: list(text(2000), 10),
    accessory: element('button', 'image', 'overflow', ...CHOICES),
    expand: flag,
  }),
  (value, at) =>
    isObject(value) && !value.text && !value.fields ? [problem('missing required field: text', at)] : [],
);

const actions = all(
  shape({ ...named, elements: list(element('button', 'overflow', ...CHOICES), 25) }, 'elements'),
  (value, at) => (isObject(value) ? repeated(listOf(value.elements), 'action_id', `${at}/elements`) : []),
);

const input = shape(
  {
    ...named,
    label: plain(2000),
    element: element('plain_text_input', 'email_text_input', 'conversations_select', ...CHOICES),
    hint: plain(2000),
    optional: flag,
    dispatch_action: flag,
  },
  'label',
  'element',
);

const fragment = byType({
  plain_text: plain(3000),
  mrkdwn: text(3000),
  image: element('image'),
});

/** Rich text nests freely and has no lengths of its own worth copying: only its outline is checked. */
const richText: Check = shape(
  {
    ...named,
    elements: list((value, at) => (isObject(value) ? [] : [problem('must be an object', at)]), 500, 0),
  },
  'elements',
);

/** Slack: 100 rows beside the header, 20 columns, in the header plain words alone. */
const cell = byType({
  raw_text: shape({ type: oneOf('raw_text'), text: chars(3000, 1) }, 'text'),
  raw_number: shape({ type: oneOf('raw_number'), value: () => [], text: chars(3000) }, 'value'),
  rich_text: richText,
});
const dataTable = all(
  shape(
    {
      ...named,
      caption: chars(3000, 1),
      page_size: whole(1, 100),
      row_header_column_index: whole(0, 19),
      rows: list(list(cell, 20), 101),
    },
    'rows',
    'caption',
  ),
  (value, at) => {
    const [header] = isObject(value) ? listOf(value.rows) : [];
    const isPlain = listOf(header).every((each) => isObject(each) && each.type === 'raw_text');
    return isPlain ? [] : [problem('the header row takes raw_text alone', `${at}/rows/0`)];
  },
);

/** In modals alone, as far as is known (slackapi/java-slack-sdk, pull request 1624). */
const VIEW_ONLY: Record<string, Check> = {
  alert: shape(
    { ...named, text: text(3000), level: oneOf('default', 'info', 'warning', 'error', 'success') },
    'text',
  ),
};

const COMMON: Record<string, Check> = {
  data_table: dataTable,
  header: shape({ ...named, text: plain(150), level: () => [] }, 'text'),
  section,
  context: shape({ ...named, elements: list(fragment, 10) }, 'elements'),
  actions,
  divider: shape(named),
  input,
  image: shape(
    { ...named, image_url: chars(3000, 1), alt_text: chars(2000, 1), title: plain(2000) },
    'alt_text',
  ),
  rich_text: richText,
};

const MESSAGE_ONLY: Record<string, Check> = {
  markdown: shape(
    { type: oneOf('markdown'), block_id: chars(ID_MAX, 1), text: chars(MARKDOWN_MAX, 1) },
    'text',
  ),
};

/** What is wrong with a message's blocks, a line a problem. */
export const messageBlocks: Check = all(
  list(byType({ ...COMMON, ...MESSAGE_ONLY }), MESSAGE_BLOCKS_MAX, 0),
  (value, at) => repeated(listOf(value), 'block_id', at),
  markdownWithin,
);

/** What is wrong with a modal's blocks, a line a problem. */
export const viewBlocks: Check = all(
  list(byType({ ...COMMON, ...VIEW_ONLY }), VIEW_BLOCKS_MAX, 0),
  (value, at) => repeated(listOf(value), 'block_id', at),
);

function markdownWithin(value: unknown, at: string): readonly string[] {
  const texts = listOf(value).filter((block): block is Json => isObject(block) && block.type === 'markdown');
  const length = texts.reduce((sum, block) => sum + [...String(block.text)].length, 0);
  return length > MARKDOWN_MAX
    ? [problem(`markdown must be less than ${MARKDOWN_MAX + 1} characters`, at)]
    : [];
}

/** Ids must be unique among their neighbours. */
function repeated(items: readonly unknown[], key: string, at: string): readonly string[] {
  const ids = items.map((item) => (isObject(item) ? item[key] : undefined));
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [problem(`${key} "${String(id)}" already exists`, `${at}/${index}/${key}`)]
      : [],
  );
}
