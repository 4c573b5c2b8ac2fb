import { h, icon } from './dom.js';

const STORED = 'linq-remove-demo-welcomed';

/**
 * The first-visit card: what to try, each line filling the message box. Once something was sent it makes room for
 * the conversation and keeps only the lines' names; closed, it does not come back.
 */
export function createWelcome(root, { examples, onExample }) {
  if (localStorage.getItem(STORED)) return { shrink() {} };

  function close() {
    localStorage.setItem(STORED, 'yes');
    root.replaceChildren();
  }

  function shrink() {
    if (!root.hasChildNodes()) return;
    const chip = ({ line, name, about }) =>
      h('button', { type: 'button', class: 'chip', title: about, onclick: () => onExample(line) }, name);
    root.replaceChildren(
      h(
        'section',
        { class: 'welcome small', 'aria-label': 'Things to try' },
        h('span', null, 'Try'),
        ...examples.map(chip),
        closeButton(close),
      ),
    );
  }

  root.replaceChildren(card(examples, onExample, close));
  return { shrink };
}

function card(examples, onExample, close) {
  const line = ({ line, about }) =>
    h(
      'li',
      null,
      h(
        'button',
        { type: 'button', onclick: () => onExample(line) },
        h('code', null, line),
        h('span', null, about),
      ),
    );
  return h(
    'section',
    { class: 'welcome', 'aria-label': 'Things to try' },
    h(
      'header',
      null,
      h('h2', null, 'Try it'),
      h('p', null, 'Click a line to put it into the message box, then press Enter.'),
      closeButton(close),
    ),
    h('ul', null, examples.map(line)),
    h(
      'p',
      { class: 'welcome-foot' },
      'Or point at a message and use “Remove from a Linq chat”. The panel on the right shows every request as it happens, who is in which Linq chat, and lets you break things and skip hours.',
    ),
  );
}

function closeButton(close) {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Close these hints', onclick: close },
    icon('close', 16),
  );
}
