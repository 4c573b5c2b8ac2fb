import { h, icon } from './dom.js';

/**
 * The box one types into. A line that starts with "/" is completed from `commands`; Enter sends.
 * `shortcuts` are the names of those that Slack offers beside the box; `onShortcut(name)` uses one.
 * `onSend(text)` resolves to true when the text may be cleared: after a timeout Slack leaves it there.
 */
export function createComposer(root, { commands, shortcuts, onSend, onShortcut }) {
  const input = h('textarea', {
    id: 'composer-input',
    rows: 1,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Message or command',
    'aria-autocomplete': 'list',
    'aria-controls': 'completions',
  });
  const list = h('div', {
    id: 'completions',
    class: 'completions',
    role: 'listbox',
    'aria-label': 'Commands',
    hidden: true,
  });
  const send = h(
    'button',
    { type: 'button', class: 'send', 'aria-label': 'Send', onclick: submit },
    icon('send'),
  );
  const tip = h('span', { class: 'composer-tip' });
  const offered = shortcuts.map((name) =>
    h(
      'button',
      { type: 'button', class: 'composer-shortcut', onclick: () => onShortcut(name) },
      icon('bolt', 14),
      name,
    ),
  );
  const foot = h('div', { class: 'composer-foot' }, ...offered, tip, send);
  const box = h('div', { class: 'composer-box' }, input, foot);
  root.replaceChildren(list, box);
  let active = 0;
  let dismissed = false;

  input.addEventListener('input', () => {
    dismissed = false;
    active = 0;
    refresh();
  });
  input.addEventListener('keydown', onKey);

  function matches() {
    const typed = input.value;
    if (dismissed || !typed.startsWith('/')) return [];
    const word = typed.split(' ')[0];
    return commands.filter((item) => (typed.includes(' ') ? item.name === word : item.name.startsWith(word)));
  }

  function refresh() {
    const found = matches();
    list.hidden = found.length === 0;
    list.replaceChildren(
      h('div', { class: 'completions-title' }, 'Commands'),
      ...found.map((item, index) => option(item, index === active, () => complete(item))),
    );
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
    send.disabled = input.value.trim() === '';
    tip.replaceChildren(...(input.value ? [h('kbd', null, 'Enter'), ' to send'] : []));
  }

  function complete(item) {
    input.value = `${item.name} `;
    input.focus();
    refresh();
  }

  function onKey(event) {
    const found = matches();
    const typingName = found.length > 0 && !input.value.includes(' ');
    if (event.key === 'Escape') hide();
    else if (event.key === 'Tab' && typingName) take(event, () => complete(found[active] ?? found[0]));
    else if (event.key === 'ArrowDown' && typingName) take(event, () => move(1, found.length));
    else if (event.key === 'ArrowUp' && typingName) take(event, () => move(-1, found.length));
    else if (event.key === 'Enter' && !event.shiftKey) {
      const partial = typingName && !commands.some((item) => item.name === input.value);
      take(event, () => (partial ? complete(found[active]) : submit()));
    }
  }

  function hide() {
    dismissed = true;
    refresh();
  }

  function take(event, act) {
    event.preventDefault();
    act();
  }

  function move(step, count) {
    active = (active + step + count) % count;
    refresh();
  }

  async function submit() {
    const text = input.value.trim();
    if (!text || input.readOnly) return;
    input.readOnly = true;
    hide();
    const clear = await onSend(text);
    input.readOnly = false;
    if (clear) input.value = '';
    refresh();
  }

  refresh();
  return {
    /** Puts a line into the box, ready to be sent with Enter. */
    fill(text) {
      input.value = text;
      dismissed = true;
      refresh();
      input.focus();
    },
    focus: () => input.focus(),
    placeholder(text) {
      input.placeholder = text;
    },
  };
}

function option(item, selected, onclick) {
  return h(
    'button',
    {
      type: 'button',
      role: 'option',
      tabindex: '-1',
      class: 'completion',
      'aria-selected': String(selected),
      onclick,
    },
    h('img', { src: 'icon.svg', alt: '', class: item.app ? '' : 'plain' }),
    h(
      'span',
      { class: 'completion-main' },
      h('span', null, h('strong', null, item.name), ' ', h('span', { class: 'usage' }, item.usage)),
      h('span', { class: 'completion-about' }, item.about),
    ),
    h('span', { class: 'completion-app' }, item.app ?? 'Slack'),
  );
}
