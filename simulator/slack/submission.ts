import type { View } from './block-kit.js';
import { clientComplaint, type Field, fieldsOf } from './inputs.js';
import { isObject, type Json } from './json.js';
import type { Modals, ModalView } from './modals.js';
import type { Names } from './mrkdwn.js';
import type { Delivery } from './parcel.js';
import { Refusal } from './refusal.js';
import { drawText } from './visible-text.js';

/** What Slack shows when the app's answer to a modal is late, missing or unusable. */
export const MODAL_TROUBLE = 'We had some trouble connecting. Try again?';

export type Submitted = Delivery & { readonly errors: Record<string, string> | null };

/** What the client says before it sends anything, by label; null when it is content. */
export function clientErrors(modal: ModalView, names: Names): Record<string, string> | null {
  const complaints = fieldsOf(modal.view.blocks).flatMap((field) => {
    const complaint = clientComplaint(field, modal.values);
    return complaint ? [[labelOf(field, names), complaint] as const] : [];
  });
  return complaints.length > 0 ? Object.fromEntries(complaints) : null;
}

/** The label a person sees over an input; its block id where there is none. */
export function labelOf({ block }: Field, names: Names): string {
  return block.label ? drawText(block.label, names) : block.block_id;
}

/** Does to the screen what the acknowledgement asks for. What Slack cannot use becomes `trouble`. */
export function applyAck(modals: Modals, modal: ModalView, delivery: Delivery, names: Names): Submitted {
  if (delivery.outcome !== 'acknowledged') return troubled(delivery);
  try {
    const errors = obey(modals, modal, delivery.body ?? {}, names);
    return { ...delivery, errors };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return troubled(delivery);
  }
}

function troubled(delivery: Delivery): Submitted {
  return { ...delivery, trouble: MODAL_TROUBLE, errors: null };
}

function obey(modals: Modals, modal: ModalView, body: Json, names: Names): Record<string, string> | null {
  if (Object.keys(body).length === 0) modals.close(modal);
  else if (body.response_action === 'clear') modals.clear(modal.userId);
  else if (body.response_action === 'update') modals.replace(modal, accepted(modals, body));
  else if (body.response_action === 'push') modals.push(modal.userId, accepted(modals, body));
  else if (body.response_action === 'errors') return showErrors(modals, modal, body.errors, names);
  else throw new Refusal('invalid_response_action');
  return null;
}

function accepted(modals: Modals, body: Json): View {
  return modals.accept(body.view);
}

/** Only input blocks can carry an error, and only as plain text. */
function showErrors(modals: Modals, modal: ModalView, errors: unknown, names: Names): Record<string, string> {
  const inputs = fieldsOf(modal.view.blocks).filter(({ block }) => block.type === 'input');
  const entries = isObject(errors) ? Object.entries(errors) : [];
  if (entries.length === 0) throw new Refusal('invalid_errors');
  const shown = entries.map(([blockId, text]) => {
    const field = inputs.find(({ block }) => block.block_id === blockId);
    if (!field || typeof text !== 'string' || text === '') throw new Refusal('invalid_errors');
    return { blockId, text, label: labelOf(field, names) };
  });
  modals.complain(modal, Object.fromEntries(shown.map(({ blockId, text }) => [blockId, text])));
  return Object.fromEntries(shown.map(({ label, text }) => [label, text]));
}
