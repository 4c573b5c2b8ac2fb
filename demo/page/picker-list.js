import { h, icon } from './dom.js';

const GAP = 4;
const TALLEST = 300;

/** The list of a select menu: over everything, under its box or above it, wherever there is more room. */
export function createPickerList({ id, several, onPick }) {
  const node = h('div', {
    id,
    class: 'picker-list',
    role: 'listbox',
    'aria-label': 'Options',
    'aria-multiselectable': several ? 'true' : null,
    hidden: true,
  });
  let rows = [];
  let active = 0;
  let stopPlacing = () => {};

  function draw(options, chosen) {
    active = Math.max(0, Math.min(active, options.length - 1));
    rows = options.map((option, index) => ({
      text: option.text.text,
      node: row(option, {
        id: `${id}-${index}`,
        active: index === active,
        chosen: chosen.has(option.text.text),
      }),
    }));
    const { scrollTop } = node;
    node.replaceChildren(
      ...(rows.length > 0 ? withHeadings(options, rows) : [h('div', { class: 'picker-none' }, 'No results')]),
    );
    node.scrollTop = scrollTop;
    rows[active]?.node.scrollIntoView({ block: 'nearest' });
  }

  function row(option, { id, active, chosen }) {
    return h(
      'div',
      {
        id,
        role: 'option',
        class: `picker-option${active ? ' active' : ''}`,
        'aria-selected': String(chosen),
        onclick: () => pick(option.text.text),
      },
      h(
        'span',
        { class: 'picker-option-main' },
        h('span', { class: 'picker-option-text' }, option.text.text),
        option.description && h('span', { class: 'picker-option-about' }, option.description.text),
      ),
      chosen && icon('tick', 16),
    );
  }

  function pick(text) {
    active = rows.findIndex((each) => each.text === text);
    onPick(text);
  }

  function place(box) {
    const { left, top, bottom, width } = box.getBoundingClientRect();
    const below = window.innerHeight - bottom;
    const under = below > Math.min(TALLEST, top);
    Object.assign(node.style, {
      left: `${left}px`,
      width: `${width}px`,
      maxHeight: `${Math.min(TALLEST, (under ? below : top) - 3 * GAP)}px`,
      top: under ? `${bottom + GAP}px` : 'auto',
      bottom: under ? 'auto' : `${window.innerHeight - top + GAP}px`,
    });
  }

  return {
    node,
    draw,
    place,
    isOpen: () => !node.hidden,
    open(box) {
      node.hidden = false;
      active = 0;
      place(box);
      const follow = ({ target }) => target !== node && place(box);
      window.addEventListener('scroll', follow, true);
      window.addEventListener('resize', follow);
      stopPlacing = () => {
        window.removeEventListener('scroll', follow, true);
        window.removeEventListener('resize', follow);
      };
    },
    close() {
      node.hidden = true;
      stopPlacing();
    },
    move(by) {
      if (rows.length > 0) active = (active + by + rows.length) % rows.length;
    },
    toTop() {
      active = 0;
    },
    pickActive() {
      if (rows[active]) pick(rows[active].text);
    },
    activeId: () => (node.hidden ? null : (rows[active]?.node.id ?? null)),
  };
}

function withHeadings(options, rows) {
  return rows.flatMap(({ node }, index) => {
    const { group } = options[index];
    const isNew = group !== null && group !== options[index - 1]?.group;
    return isNew ? [h('div', { class: 'picker-heading' }, group), node] : [node];
  });
}
