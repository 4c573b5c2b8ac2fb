import { fieldsOf, type InputValue, keyOf } from './inputs.js';
import type { ModalView } from './modals.js';
import type { Names } from './mrkdwn.js';
import { drawBlock } from './visible-text.js';

/** All that a person reads in a modal: title, blocks with what is typed in them, inline errors, buttons. */
export function modalText(modal: ModalView, names: Names): string {
  const { title, blocks, submit, close } = modal.view;
  const body = blocks.flatMap((block) => {
    const typed = fieldsOf([block]).map((field) => typedText(modal.values.get(keyOf(field)), names));
    return [...drawBlock(block, names), ...typed, modal.errors[block.block_id] ?? ''];
  });
  const buttons = [submit?.text ?? '', close?.text ?? 'Cancel'];
  return [title.text, ...body, ...buttons].filter((line) => line !== '').join('\n');
}

/** Chosen options are on the screen already, as options. */
function typedText(value: InputValue | undefined, names: Names): string {
  if (value && 'selected_conversation' in value)
    return value.selected_conversation === null ? '' : `#${names.channel(value.selected_conversation)}`;
  return value && 'value' in value ? (value.value ?? '') : '';
}
