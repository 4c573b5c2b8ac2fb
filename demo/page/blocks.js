import { h } from './dom.js';
import { element, inputElement } from './elements.js';
import { richText } from './rich-text.js';
import { textObject } from './text.js';

/**
 * Draws blocks of a message or a modal.
 * `ctx`: `names` to look up people, `press(text)` for buttons, and in a modal `form`, which gathers its fields.
 */
export function drawBlocks(blocks, ctx) {
  return blocks.map((block) => {
    const node = BLOCKS[block.type]?.(block, ctx) ?? unknown(block);
    if (block.block_id) node.dataset.block = block.block_id;
    return node;
  });
}

const BLOCKS = {
  header: (block, ctx) => h('h3', { class: 'block-header' }, textObject(block.text, ctx.names)),
  divider: () => h('hr', { class: 'block-divider' }),
  section: drawSection,
  context: (block, ctx) =>
    h(
      'div',
      { class: 'block-context' },
      block.elements.map((item) => contextItem(item, ctx)),
    ),
  actions: (block, ctx) =>
    h(
      'div',
      { class: 'block-actions' },
      block.elements.map((item) => element(item, block, ctx)),
    ),
  input: drawInput,
  rich_text: (block, ctx) => richText(block, ctx.names),
  data_table: drawTable,
  alert: (block, ctx) =>
    h(
      'div',
      { class: `block-alert ${block.level ?? 'default'}`, role: 'note' },
      textObject(block.text, ctx.names),
    ),
  image: (block) => h('div', { class: 'block-image' }, block.alt_text),
};

function drawSection(block, ctx) {
  return h(
    'div',
    { class: block.accessory ? 'block-section with-accessory' : 'block-section' },
    h(
      'div',
      { class: 'section-body' },
      block.text && h('div', { class: 'section-text' }, textObject(block.text, ctx.names)),
      block.fields &&
        h(
          'div',
          { class: 'section-fields' },
          block.fields.map((field) => h('div', { class: 'section-field' }, textObject(field, ctx.names))),
        ),
    ),
    block.accessory && h('div', { class: 'section-accessory' }, element(block.accessory, block, ctx)),
  );
}

function drawTable({ caption, rows }, ctx) {
  const [header = [], ...body] = rows;
  const draw = (cell) =>
    cell.type === 'rich_text' ? richText(cell, ctx.names) : String(cell.text ?? cell.value);
  const row = (tag) => (cells) =>
    h(
      'tr',
      {},
      cells.map((cell) => h(tag, {}, draw(cell))),
    );
  return h(
    'div',
    { class: 'block-table' },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, row('th')(header)),
      h('tbody', {}, body.map(row('td'))),
    ),
  );
}

function contextItem(item, ctx) {
  if (item.type === 'image') return h('span', { class: 'context-image' }, item.alt_text);
  return h('span', { class: 'context-text' }, textObject(item, ctx.names));
}

function drawInput(block, ctx) {
  const id = `field-${block.block_id}-${block.element.action_id}`;
  const error = ctx.form?.errors[block.block_id];
  const described = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ');
  const { node, group } = inputElement(block.element, { id, block, invalid: Boolean(error), described }, ctx);
  const label = [
    ...textObject(block.label, ctx.names),
    block.optional ? h('span', { class: 'optional' }, ' (optional)') : null,
  ];
  return h(
    group ? 'fieldset' : 'div',
    {
      class: error ? 'block-input invalid' : 'block-input',
      'aria-describedby': group ? described || null : null,
    },
    group ? h('legend', { class: 'label' }, label) : h('label', { class: 'label', for: id }, label),
    node,
    error && h('div', { class: 'field-error', id: `${id}-error`, role: 'alert' }, error),
    block.hint && h('div', { class: 'field-hint', id: `${id}-hint` }, textObject(block.hint, ctx.names)),
  );
}

function unknown(block) {
  return h('div', { class: 'block-unknown' }, `A “${block.type}” block, which this page does not draw`);
}
