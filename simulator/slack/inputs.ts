import { type Block, type BlockElement, elementsOf, type Option, optionsOf } from './block-kit.js';
import type { Names } from './mrkdwn.js';
import { drawText } from './visible-text.js';

/** What one input holds, as `view.state.values` carries it. */
export type InputValue =
  | { readonly type: string; readonly value: string | null }
  | { readonly type: string; readonly selected_option: Option | null }
  | { readonly type: string; readonly selected_options: readonly Option[] }
  | { readonly type: string; readonly selected_conversation: string | null };

/** An interactive element that holds a value, and the block it stands in. */
export interface Field {
  readonly block: Block;
  readonly element: BlockElement;
}

/** Values by `keyOf`: they outlive a view's update only while block and action id stay the same. */
export type InputValues = ReadonlyMap<string, InputValue>;

/** `onScreen`: the conversation that the person has before them, or null. */
type Start = (element: BlockElement, onScreen: string | null) => InputValue;

const START: Record<string, Start> = {
  plain_text_input: (element) => written(element, element.initial_value ?? ''),
  email_text_input: (element) => written(element, element.initial_value ?? ''),
  static_select: ({ type, initial_option }) => ({ type, selected_option: initial_option ?? null }),
  radio_buttons: ({ type, initial_option }) => ({ type, selected_option: initial_option ?? null }),
  checkboxes: ({ type, initial_options }) => ({ type, selected_options: initial_options ?? [] }),
  multi_static_select: ({ type, initial_options }) => ({ type, selected_options: initial_options ?? [] }),
  conversations_select: ({ type, initial_conversation, default_to_current_conversation }, onScreen) => ({
    type,
    selected_conversation: initial_conversation ?? (default_to_current_conversation ? onScreen : null),
  }),
};

export function keyOf(field: Field): string {
  return JSON.stringify([field.block.block_id, field.element.action_id]);
}

export function fieldsOf(blocks: readonly Block[]): readonly Field[] {
  return blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => Object.hasOwn(START, element.type))
      .map((element) => ({ block, element })),
  );
}

/** The values a view starts with; what was typed into the one before it stays where the ids do. */
export function startValues(
  blocks: readonly Block[],
  before: InputValues,
  onScreen: string | null,
): InputValues {
  return new Map(
    fieldsOf(blocks).map((field) => [
      keyOf(field),
      keptValue(field, before) ?? initialValue(field, onScreen),
    ]),
  );
}

function keptValue(field: Field, before: InputValues): InputValue | undefined {
  const kept = before.get(keyOf(field));
  return kept?.type === field.element.type ? kept : undefined;
}

function initialValue({ element }: Field, onScreen: string | null = null): InputValue {
  return START[element.type]?.(element, onScreen) ?? written(element, '');
}

function written({ type }: BlockElement, text: string): InputValue {
  return { type, value: text === '' ? null : text };
}

/**
 * What a person enters into a field: text, or the visible text of options, or a conversation's name. Throws when there
 * is no such option or conversation.
 */
export function enter({ element }: Field, entered: string | readonly string[], names: Names): InputValue {
  const { type } = element;
  const start = START[type]?.(element, null);
  if (start && 'value' in start) return written(element, [entered].flat().join(''));
  if (start && 'selected_conversation' in start) return conversation(type, [entered].flat().join(''), names);
  const chosen = [entered]
    .flat()
    .filter((text) => text !== '')
    .map((text) => optionCalled(element, text, names));
  if (start && 'selected_options' in start) return { type, selected_options: chosen };
  if (chosen.length > 1) throw new Error(`Only one option can be chosen of ${type}.`);
  return { type, selected_option: chosen[0] ?? null };
}

function conversation(type: string, name: string, names: Names): InputValue {
  const id = names.channelCalled(name);
  if (name !== '' && id === null) throw new Error(`There is no conversation "${name}".`);
  return { type, selected_conversation: name === '' ? null : id };
}

function optionCalled(element: BlockElement, text: string, names: Names): Option {
  const options = optionsOf(element);
  const found = options.find((option) => drawText(option.text, names) === text);
  if (found) return found;
  const offered = options.map((option) => `"${drawText(option.text, names)}"`).join(', ');
  throw new Error(`No option "${text}". There are: ${offered}.`);
}

/** `view.state.values` of Slack's payloads. */
export function stateValues(blocks: readonly Block[], values: InputValues) {
  const state: Record<string, Record<string, InputValue>> = {};
  for (const field of fieldsOf(blocks)) {
    const { block, element } = field;
    const value = values.get(keyOf(field)) ?? initialValue(field);
    state[block.block_id] = { ...state[block.block_id], [element.action_id ?? '']: value };
  }
  return state;
}

/** What Slack's client says about a field before it sends anything; null when it is content. */
export function clientComplaint(field: Field, values: InputValues): string | null {
  if (field.block.type !== 'input') return null;
  const { block, element } = field;
  const value = values.get(keyOf(field)) ?? initialValue(field);
  if (isEmpty(value)) return block.optional ? null : 'Please complete this required field.';
  if ('selected_options' in value) return tooMany(element, value.selected_options.length);
  return 'value' in value ? badLength(element, [...(value.value ?? '')].length) : null;
}

function isEmpty(value: InputValue): boolean {
  if ('value' in value) return !value.value?.trim();
  if ('selected_conversation' in value) return value.selected_conversation === null;
  return 'selected_option' in value ? value.selected_option === null : value.selected_options.length === 0;
}

function badLength({ min_length = 0, max_length = 3000 }: BlockElement, length: number): string | null {
  if (length > max_length) return `Please use ${max_length} characters or fewer.`;
  return length < min_length ? `Please use ${min_length} characters or more.` : null;
}

function tooMany({ max_selected_items }: BlockElement, count: number): string | null {
  if (max_selected_items === undefined || count <= max_selected_items) return null;
  return `Please choose ${max_selected_items} or fewer.`;
}
