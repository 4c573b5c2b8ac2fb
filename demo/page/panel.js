import { createChats } from './chats.js';
import { h } from './dom.js';
import { createFaults } from './faults.js';
import { createTraffic } from './traffic.js';

const TABS = { traffic: 'Traffic', chats: 'Linq chats', faults: 'Break things' };

/** The side panel: three tabs, and the two things one wants at hand in all of them. */
export function createPanel(root, { onCommand, onTool }) {
  const parts = {
    traffic: createTraffic(),
    chats: createChats({ onCommand, onPutBack: () => onTool('put-back', null) }),
    faults: createFaults({ onTool }),
  };
  const tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Side panel', onkeydown: arrows });
  const bar = h('div', { class: 'panel-bar' });
  const panes = Object.entries(parts).map(([name, part]) =>
    h(
      'div',
      { role: 'tabpanel', id: `pane-${name}`, 'aria-labelledby': `tab-${name}`, class: 'pane' },
      part.node,
    ),
  );
  root.replaceChildren(tabs, bar, ...panes);
  let current = 'traffic';
  let faulty = 0;

  function show(name) {
    current = name;
    tabs.replaceChildren(...Object.entries(TABS).map(([key, label]) => tab(key, label)));
    for (const pane of panes) pane.hidden = pane.id !== `pane-${name}`;
    parts[name].shown?.();
  }

  function tab(name, label) {
    const selected = name === current;
    const attributes = {
      type: 'button',
      role: 'tab',
      id: `tab-${name}`,
      'aria-selected': String(selected),
      'aria-controls': `pane-${name}`,
      tabindex: selected ? '0' : '-1',
      onclick: () => show(name),
    };
    return h(
      'button',
      attributes,
      label,
      name === 'faults' && faulty > 0 && h('span', { class: 'dot' }, String(faulty)),
    );
  }

  function arrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = Object.keys(TABS);
    show(names[(names.indexOf(current) + step + names.length) % names.length]);
    document.getElementById(`tab-${current}`).focus();
  }

  function drawBar(linq) {
    bar.replaceChildren(
      h(
        'span',
        { class: `status ${linq.plugged ? 'on' : 'off'}` },
        linq.plugged ? 'Linq is reachable' : 'Linq is unplugged',
      ),
      h('span', { class: 'settling' }, linq.waiting > 0 ? `${linq.waiting} queued` : linq.settling),
      h(
        'button',
        { type: 'button', id: 'settle-now', class: 'button small', onclick: () => onTool('settle', null) },
        'Settle now',
      ),
    );
  }

  show(current);
  return {
    draw(snapshot) {
      const focused = bar.contains(document.activeElement);
      const now = snapshot.tools
        .flatMap((group) => group.items)
        .filter((item) => item.armed > 0 || item.on).length;
      if (now !== faulty) {
        faulty = now;
        show(current);
      }
      drawBar(snapshot.linq);
      if (focused) document.getElementById('settle-now')?.focus();
      parts.traffic.draw(snapshot.traffic);
      parts.chats.draw(snapshot.linq);
      parts.faults.draw(snapshot.tools);
    },
  };
}
