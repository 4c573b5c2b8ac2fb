import { h } from './dom.js';

/** Buttons that change the world: what Linq or Slack will do to the next request, and switches that stay. */
export function createFaults({ onTool }) {
  const node = h('div', { class: 'faults' });
  const chosen = new Map();
  let shown = '';

  function draw(tools) {
    const signature = JSON.stringify(tools);
    if (signature === shown) return;
    shown = signature;
    const focused = node.contains(document.activeElement) ? document.activeElement.id : null;
    node.replaceChildren(
      h('p', { class: 'panel-note' }, 'Break something, run the command, and see what the app tells people.'),
      ...tools.map((group) =>
        h(
          'section',
          { class: 'tool-group' },
          h('h3', null, group.title),
          group.items.map((item) => drawTool(item, chosen, onTool)),
        ),
      ),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  return { node, draw };
}

function drawTool(item, chosen, onTool) {
  const id = `tool-${item.id}`;
  return h(
    'div',
    { class: `tool${item.on || item.armed ? ' set' : ''}` },
    h(
      'div',
      { class: 'tool-main' },
      h('div', { class: 'tool-label', id: `${id}-label` }, item.label),
      h('div', { class: 'tool-about' }, item.about),
      item.choices && choice(item, chosen, `${id}-label`),
    ),
    item.armed > 0 && h('span', { class: 'armed' }, item.armed === 1 ? 'armed' : `armed × ${item.armed}`),
    h(
      'button',
      {
        type: 'button',
        id,
        class: 'button small',
        'aria-label': `${item.verb}: ${item.label}`,
        'aria-pressed': item.on === null ? null : String(item.on),
        onclick: () => onTool(item.id, chosen.get(item.id) ?? item.choices?.[0].value ?? null),
      },
      item.verb,
    ),
  );
}

function choice(item, chosen, labelledby) {
  const select = h(
    'select',
    { class: 'select small', 'aria-labelledby': labelledby },
    item.choices.map(({ value, label }) =>
      h('option', { value, selected: (chosen.get(item.id) ?? item.choices[0].value) === value }, label),
    ),
  );
  select.addEventListener('change', () => chosen.set(item.id, select.value));
  return select;
}
