import { h } from './dom.js';
import { createPicker } from './picker.js';
import { textObject } from './text.js';

/** An element of an actions block or a section: a button, or a choice that acts at once. */
export function element(item, block, ctx) {
  if (item.type === 'button') return button(item, ctx);
  return inputElement(
    item,
    { id: `field-${block.block_id}-${item.action_id}`, block, label: plain(item) },
    ctx,
  ).node;
}

function plain(item) {
  return item.placeholder?.text ?? item.action_id;
}

function button(item, ctx) {
  const text = item.text.text;
  return h(
    'button',
    {
      type: 'button',
      class: `button ${item.style ?? ''}`,
      'aria-label': item.accessibility_label,
      onclick: () => ctx.press(text, item.confirm ?? null, item.value ?? null),
    },
    textObject(item.text, ctx.names),
  );
}

/**
 * An element of an input block. Registers with the form how to read what the person chose: a string, or a list of
 * the options' texts. `group` tells that it is several controls and needs a legend instead of a label.
 */
export function inputElement(item, place, ctx) {
  const draw = INPUTS[item.type];
  if (!draw)
    return { node: h('div', { class: 'block-unknown' }, `A “${item.type}”, which this page does not draw`) };
  const key = `${place.block.block_id} ${item.action_id}`;
  const { node, read, group = false } = draw(item, place, ctx, ctx.form?.values.get(key));
  ctx.form?.fields.push({ key, blockId: place.block.block_id, label: place.block.label?.text ?? null, read });
  return { node, group };
}

const INPUTS = {
  plain_text_input: drawText,
  email_text_input: drawText,
  number_input: drawText,
  url_text_input: drawText,
  checkboxes: (item, place, ctx, kept) => drawChoices('checkbox', item, place, ctx, kept),
  radio_buttons: (item, place, ctx, kept) => drawChoices('radio', item, place, ctx, kept),
  static_select: (...args) => drawSelect(false, ...args),
  multi_static_select: (...args) => drawSelect(true, ...args),
  conversations_select: drawConversations,
};

function drawText(item, place, _ctx, kept) {
  const input = h(item.multiline ? 'textarea' : 'input', {
    id: place.id,
    class: 'text-input',
    type: item.multiline ? null : 'text',
    rows: item.multiline ? 4 : null,
    placeholder: item.placeholder?.text,
    maxlength: item.max_length,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-invalid': place.invalid ? 'true' : null,
    'aria-describedby': place.described || null,
    'data-autofocus': item.focus_on_load ?? null,
  });
  input.value = kept ?? item.initial_value ?? '';
  return { node: input, read: () => input.value };
}

function initialTexts(item) {
  const chosen = item.initial_options ?? (item.initial_option ? [item.initial_option] : []);
  return chosen.map((option) => option.text.text);
}

function drawChoices(type, item, place, ctx, kept) {
  const chosen = new Set(kept === undefined ? initialTexts(item) : [kept].flat());
  const inputs = [];
  const rows = item.options.map((option, index) => {
    const id = `${place.id}-${index}`;
    const input = h('input', { type, id, name: place.id, value: option.text.text, class: 'choice-input' });
    input.checked = chosen.has(option.text.text);
    inputs.push(input);
    return h(
      'div',
      { class: 'choice' },
      input,
      h(
        'label',
        { for: id },
        h('span', { class: 'choice-text' }, textObject(option.text, ctx.names)),
        option.description &&
          h('span', { class: 'choice-description' }, textObject(option.description, ctx.names)),
      ),
    );
  });
  const checked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const read = type === 'radio' ? () => checked()[0] ?? '' : checked;
  return { node: h('div', { class: 'choices' }, rows), read, group: true };
}

function drawSelect(several, item, place, ctx, kept) {
  const chosen = kept === undefined ? initialTexts(item) : [kept].flat().filter((text) => text !== '');
  const onChosen = ctx.form ? null : ([text]) => ctx.press(text, item.confirm ?? null);
  return createPicker({ item, place, several, chosen, onChosen });
}

/** The conversations of this page's person; the one on the screen is chosen where the app asks for that. */
function drawConversations(item, place, ctx, kept) {
  const { names } = ctx;
  const option = (name) => ({ text: { type: 'plain_text', text: name }, value: name });
  const start =
    names.channel(item.initial_conversation) ?? (item.default_to_current_conversation ? names.here : null);
  const initial = start ? { initial_option: option(start) } : {};
  return drawSelect(false, { ...item, options: names.channels.map(option), ...initial }, place, ctx, kept);
}
