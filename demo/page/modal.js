import { drawBlocks } from './blocks.js';
import { h, icon } from './dom.js';
import { textObject } from './text.js';

/**
 * The modal over the page. `actions`: `submits(values)`, `presses(text, values)`, `cancels()` (the view on top),
 * `closes()` (all of them), each a promise.
 * What was typed survives an update of the view while block and action ids stay the same, as in Slack.
 */
export function createModal(overlay, actions) {
  let shown = null;
  let form = emptyForm();
  let trouble = null;
  let returnTo = null;

  function draw(modal, app, names) {
    const signature = modal ? JSON.stringify([modal, form.errors, trouble]) : null;
    if (shown?.signature === signature || (!shown && !modal)) return;
    if (!modal) return close();
    if (!shown) returnTo = document.activeElement;
    const focused = document.activeElement?.id;
    if (shown?.id !== modal.view.id) form = emptyForm();
    const errors = shown?.hash === modal.view.hash ? form.errors : modal.errors;
    form = { values: remember(form), errors, fields: [] };
    const dialog = drawDialog(modal, app, names, { form, trouble, act });
    // A click beside the dialog must not take the focus, and with it Escape, away from it.
    const onmousedown = (event) => event.target === event.currentTarget && event.preventDefault();
    const appears = shown ? '' : ' appears';
    overlay.replaceChildren(h('div', { class: `backdrop${appears}`, onkeydown, onmousedown }, dialog));
    document.getElementById('app').inert = true;
    shown = { signature, id: modal.view.id, hash: modal.view.hash, modal, app, names };
    focusIn(dialog, focused);
  }

  function close() {
    overlay.replaceChildren();
    document.getElementById('app').inert = false;
    shown = null;
    form = emptyForm();
    trouble = null;
    returnTo?.focus();
  }

  function redraw() {
    if (shown) draw(shown.modal, shown.app, shown.names);
  }

  async function act(kind, text, confirm) {
    if (confirm && !(await confirmed(overlay, confirm, shown.names))) return;
    const busy = overlay.querySelector('.dialog');
    const view = shown.id;
    busy?.setAttribute('data-busy', kind);
    const values = readByLabel(form);
    const answer = await (kind === 'submits' ? actions.submits(values) : actions.presses(text, values));
    busy?.removeAttribute('data-busy');
    if (shown?.id !== view) return;
    trouble = answer.ok ? null : answer.trouble;
    form.errors = byBlock(answer.errors ?? {}, form);
    redraw();
    if (answer.errors) overlay.querySelector('[aria-invalid="true"], .invalid input')?.focus();
  }

  function onkeydown(event) {
    if (event.key === 'Escape') actions.closes();
    if (event.key === 'Tab')
      trapFocus(event, overlay.querySelector('.dialog.asks') ?? overlay.querySelector('.dialog'));
    const types = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key === 'Enter' && types) {
      event.preventDefault();
      if (shown.modal.view.submit) act('submits');
    }
  }

  function drawDialog({ view, depth }, app, names, { form, trouble, act }) {
    const ctx = { names, form, press: (text, confirm) => act('presses', text, confirm) };
    return h(
      'div',
      {
        class: 'dialog',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': 'modal-title',
        tabindex: '-1',
      },
      h(
        'header',
        { class: 'dialog-header' },
        h('img', { src: 'icon.svg', alt: '', class: 'dialog-icon' }),
        h('h2', { id: 'modal-title' }, view.title.text),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: actions.closes },
          icon('close'),
        ),
      ),
      trouble && h('div', { class: 'trouble', role: 'alert' }, trouble),
      h('div', { class: 'dialog-body' }, drawBlocks(view.blocks, ctx)),
      h(
        'footer',
        { class: 'dialog-footer' },
        h('span', { class: 'dialog-app' }, depth > 1 ? `${app.name} · step ${depth}` : app.name),
        h(
          'button',
          { type: 'button', class: 'button', onclick: actions.cancels },
          view.close ? textObject(view.close, names) : 'Cancel',
        ),
        view.submit &&
          h(
            'button',
            { type: 'button', class: 'button primary submit', onclick: () => act('submits') },
            textObject(view.submit, names),
          ),
      ),
    );
  }

  return { draw };
}

function emptyForm() {
  return { values: new Map(), errors: {}, fields: [] };
}

function remember(form) {
  return new Map(form.fields.map((field) => [field.key, field.read()]));
}

/** Errors come by label, as people see them; a label may stand over several fields. */
function byBlock(errors, form) {
  const wrong = form.fields.filter((field) => field.label in errors);
  return Object.fromEntries(wrong.map((field) => [field.blockId, errors[field.label]]));
}

/** Values by visible label: that is how a person tells fields apart. */
function readByLabel(form) {
  const named = form.fields.filter((field) => field.label !== null);
  return Object.fromEntries(named.map((field) => [field.label, field.read()]));
}

const FOCUSABLE = 'input:not([disabled]), textarea, select, button:not([disabled]), a[href]';

function focusIn(dialog, id) {
  const before = id ? dialog.querySelector(`[id="${CSS.escape(id)}"]`) : null;
  // Further down, focus would scroll past what has to be read first.
  const first = dialog.querySelector(
    '[data-autofocus], .dialog-body > .block-input:first-child :is(input, textarea)',
  );
  (before ?? first ?? dialog).focus();
}

function trapFocus(event, dialog) {
  const stops = [...dialog.querySelectorAll(FOCUSABLE)];
  const first = stops[0];
  const last = stops.at(-1);
  const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** Slack's own confirmation of a button: a small dialog over everything. */
export function confirmed(overlay, confirm, names) {
  return new Promise((resolve) => {
    const layer = h('div', { class: 'backdrop over' });
    const answer = (yes) => () => {
      layer.remove();
      resolve(yes);
    };
    layer.append(
      h(
        'div',
        { class: 'dialog asks', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': confirm.title.text },
        h('header', { class: 'dialog-header' }, h('h2', null, textObject(confirm.title, names))),
        h('div', { class: 'dialog-body' }, h('p', null, textObject(confirm.text, names))),
        h(
          'footer',
          { class: 'dialog-footer' },
          h('span', { class: 'dialog-app' }),
          h(
            'button',
            { type: 'button', class: 'button', onclick: answer(false) },
            confirm.deny?.text ?? 'Cancel',
          ),
          h(
            'button',
            { type: 'button', class: `button ${confirm.style ?? 'primary'}`, onclick: answer(true) },
            confirm.confirm?.text ?? 'Yes',
          ),
        ),
      ),
    );
    overlay.append(layer);
    layer.querySelector('.button:last-child').focus();
  });
}
