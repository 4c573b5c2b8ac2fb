import { h, icon } from './dom.js';
import { createPickerList } from './picker-list.js';

/**
 * Slack's select menus: a box one types into, a list that opens under it, and with several choices a chip for each.
 * Arrows, Enter, Escape and Backspace do what they do in Slack. `onChosen(texts)` hears of every change.
 */
export function createPicker({ item, place, several, chosen: initial, onChosen }) {
  const options = optionsOf(item);
  const chosen = new Set(initial);
  const input = searchBox(item, place);
  const chips = h('ul', { class: 'picker-chips', 'aria-label': 'Chosen' });
  const box = h('div', { class: 'picker-box' }, several && chips, input, icon('chevron', 16));
  const list = createPickerList({ id: `${place.id}-list`, several, onPick: toggle });
  const node = h('div', { class: `picker${several ? ' several' : ''}` }, box, list.node);

  function query() {
    const typed = input.value.trim().toLowerCase();
    return !several && chosen.has(input.value) ? '' : typed;
  }

  function refresh() {
    const found = options.filter(({ text }) => text.text.toLowerCase().includes(query()));
    list.draw(found, chosen);
    input.setAttribute('aria-expanded', String(list.isOpen()));
    if (list.activeId()) input.setAttribute('aria-activedescendant', list.activeId());
    else input.removeAttribute('aria-activedescendant');
  }

  function open() {
    if (list.isOpen()) return;
    list.open(box);
    refresh();
  }

  function close() {
    if (!list.isOpen()) return;
    list.close();
    input.value = several ? '' : ([...chosen][0] ?? '');
    refresh();
  }

  function toggle(text) {
    const isFull = several && chosen.size >= (item.max_selected_items ?? Number.POSITIVE_INFINITY);
    if (!several) chosen.clear();
    if (several && chosen.has(text)) chosen.delete(text);
    else if (!isFull) chosen.add(text);
    input.value = several ? '' : text;
    drawChips();
    if (several) refresh();
    else close();
    if (list.isOpen()) list.place(box);
    onChosen?.([...chosen]);
  }

  function drawChips() {
    if (!several) return;
    input.placeholder = chosen.size === 0 ? (item.placeholder?.text ?? '') : '';
    chips.replaceChildren(...[...chosen].map((text) => chip(text, () => toggle(text))));
  }

  function onKey(event) {
    const act = KEYS[event.key];
    if (event.key === 'Tab') close();
    else if (event.key === 'Backspace' && several && input.value === '') toggleLast();
    else if (act) act({ event, list, open, close, refresh });
  }

  function toggleLast() {
    const last = [...chosen].at(-1);
    if (last !== undefined) toggle(last);
  }

  input.addEventListener('input', () => {
    open();
    list.toTop();
    refresh();
  });
  input.addEventListener('keydown', onKey);
  box.addEventListener('click', () => {
    input.focus();
    open();
  });
  // A press beside the text, on a chip or in the list must not take the focus away from where one types.
  node.addEventListener('mousedown', (event) => event.target !== input && event.preventDefault());
  node.addEventListener('focusout', ({ relatedTarget }) => node.contains(relatedTarget) || close());

  drawChips();
  if (!several) input.value = [...chosen][0] ?? '';
  return { node, read: () => (several ? [...chosen] : ([...chosen][0] ?? '')) };
}

/** What the window makes of these keys, close and submit, is not meant while the list is open. */
const KEYS = {
  ArrowDown: ({ event, list, open, refresh }) => step(event, list, open, refresh, 1),
  ArrowUp: ({ event, list, open, refresh }) => step(event, list, open, refresh, -1),
  Enter({ event, list, open }) {
    event.preventDefault();
    event.stopPropagation();
    if (list.isOpen()) list.pickActive();
    else open();
  },
  Escape({ event, list, close }) {
    if (!list.isOpen()) return;
    event.stopPropagation();
    close();
  },
};

function step(event, list, open, refresh, by) {
  event.preventDefault();
  if (!list.isOpen()) return open();
  list.move(by);
  refresh();
}

function searchBox(item, place) {
  return h('input', {
    id: place.id,
    type: 'text',
    class: 'picker-input',
    role: 'combobox',
    placeholder: item.placeholder?.text ?? 'Select an option',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': place.label ?? null,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${place.id}-list`,
    'aria-invalid': place.invalid ? 'true' : null,
    'aria-describedby': place.described || null,
  });
}

function chip(text, onclick) {
  const remove = (event) => {
    event.stopPropagation();
    onclick();
  };
  return h(
    'li',
    { class: 'picker-chip' },
    h('span', null, text),
    h(
      'button',
      { type: 'button', tabindex: '-1', 'aria-label': `Remove ${text}`, onclick: remove },
      icon('close', 12),
    ),
  );
}

/** All options, each with the heading of its group at the first one. */
function optionsOf(item) {
  const groups = item.option_groups ?? [{ label: null, options: item.options }];
  return groups.flatMap(({ label, options }) =>
    options.map((option) => ({ ...option, group: label?.text ?? null })),
  );
}
