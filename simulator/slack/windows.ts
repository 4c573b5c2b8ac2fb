import { enter, fieldsOf, keyOf } from './inputs.js';
import type { Modals, ModalView } from './modals.js';
import { closedPayload, type ResponseUrl, submissionPayload } from './payloads.js';
import type { Person, Screen } from './person.js';
import { applyAck, clientErrors, labelOf, type Submitted } from './submission.js';
import type { User } from './world.js';

/** Enters values into the inputs of a window, by label. Throws when there is no such input. */
export function fill(
  { world, ledger }: Screen,
  modal: ModalView,
  entered: Parameters<Person['fills']>[0],
): void {
  const fields = fieldsOf(modal.view.blocks).filter(({ block }) => block.type === 'input');
  const values = new Map(modal.values);
  for (const [label, value] of Object.entries(entered)) {
    const field = fields.find((each) => labelOf(each, world.names) === label);
    const labels = fields.map((each) => `"${labelOf(each, world.names)}"`).join(', ');
    if (!field)
      throw new Error(`No input "${label}" in "${modal.view.title.text}". There are: ${labels || 'none'}.`);
    values.set(keyOf(field), enter(field, value, world.names));
  }
  modal.values = values;
  ledger.note();
}

/** Presses the submit button of a window. */
export async function submit(screen: Screen, user: User, modal: ModalView): Promise<Submitted> {
  const { world, modals, triggers, courier, ledger, record } = screen;
  if (!modal.view.submit) throw new Error(`"${modal.view.title.text}" has no submit button.`);
  const errors = clientErrors(modal, world.names);
  if (errors) return { outcome: 'not_sent', body: null, errors };
  const ways = { trigger_id: triggers.issue(user.id, modal.id) };
  const waysBack = waysBackOf(screen, user, modal);
  const payload = submissionPayload(world, user, modal, ways, waysBack);
  const delivery = await courier.send('view_submission', payload);
  const submitted = applyAck(modals, modal, delivery, world.names);
  if (submitted.trouble) record.trouble(user.id, submitted.trouble);
  ledger.note();
  return submitted;
}

/** A `response_url` for each conversation that was chosen in a field which asks for it. */
function waysBackOf({ responseUrls, origin }: Screen, user: User, modal: ModalView): readonly ResponseUrl[] {
  return fieldsOf(modal.view.blocks).flatMap((field) => {
    const { block, element } = field;
    const value = modal.values.get(keyOf(field));
    const chosen = value && 'selected_conversation' in value ? value.selected_conversation : null;
    if (chosen === null || !element.response_url_enabled || block.type !== 'input') return [];
    const occasion = { channelId: chosen, userId: user.id, command: null, source: null };
    const response_url = origin + responseUrls.issue(occasion);
    return [
      { block_id: block.block_id, action_id: element.action_id ?? '', channel_id: chosen, response_url },
    ];
  });
}

/** Cancel names the view it closes; the x names the first view and clears them all. */
export async function leave(screen: Screen, user: User, modal: ModalView, all: boolean): Promise<void> {
  const { modals, world, courier, ledger } = screen;
  const clears = all || modal.view.clear_on_close === true;
  if (clears) modals.clear(user.id);
  else modals.close(modal);
  ledger.note();
  if (modal.view.notify_on_close) {
    await courier.send('view_closed', closedPayload(world, user, modal, clears));
  }
}

export function openModal(modals: Modals, user: User): ModalView {
  const modal = modals.top(user.id);
  if (!modal) throw new Error(`${user.name} has no modal open.`);
  return modal;
}
