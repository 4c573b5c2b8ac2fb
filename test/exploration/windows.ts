import { optionsOf } from '../../simulator/slack/block-kit.js';
import { type Field, fieldsOf, keyOf } from '../../simulator/slack/inputs.js';
import type { Person } from '../../simulator/slack/person.js';
import { MEMBERS, type MemberName } from './cast.js';

/** A window as it stands before a person: what they would ask for by pressing its button. */
export interface Window {
  readonly id: string;
  readonly title: string;
  /** The words on its button; null when it has none. */
  readonly button: string | null;
  readonly text: string;
  /** About whom it is; null when it names nobody that is in the cast. */
  readonly member: MemberName | null;
  /** Chats chosen, or else the ones that it names, by ID. */
  readonly chats: readonly string[];
}

export interface Known {
  /** All chats there are, by ID. */
  readonly chats: readonly { readonly id: string }[];
}

export function readWindow(person: Person, { chats }: Known): Window | null {
  const { modal } = person;
  if (!modal) return null;
  const text = person.modalText();
  const chosen = choicesOf(person);
  return {
    id: modal.id,
    title: modal.view.title.text,
    button: modal.view.submit?.text ?? null,
    text,
    member: memberIn(text),
    chats: chats
      .map(({ id }) => id)
      .filter((id) =>
        chosen ? chosen.picked.some((each) => each.includes(id) || names(each, id)) : names(text, id),
      ),
  };
}

/** The question at the top names the person, a number with blanks in it as people read it. */
const QUESTION = /(?:Remove|should|Add) (?<person>.+?) (?:from|be removed|be added|back)/u;

function memberIn(text: string): MemberName | null {
  const asked = QUESTION.exec(text)?.groups?.person ?? '';
  const bare = (handle: string) => (handle.includes('@') ? handle : handle.replace(/\D/g, ''));
  const entries = Object.entries(MEMBERS) as [MemberName, string][];
  return entries.find(([, handle]) => bare(asked.replaceAll('*', '')) === bare(handle))?.[0] ?? null;
}

/** A chat is named by its ID, or by its name with the end of the ID behind it. */
function names(text: string, id: string): boolean {
  return text.includes(id) || text.includes(`(…${id.slice(-4)})`);
}

interface Choices {
  readonly label: string;
  readonly options: readonly string[];
  readonly several: boolean;
  /** Of those that are chosen, the value and the words: a chat stands in the one or the other. */
  readonly picked: readonly string[];
}

/** What a window offers to choose from; null when it offers nothing. */
export function choicesOf({ modal }: Person): Choices | null {
  const field = modal && fieldsOf(modal.view.blocks).find(({ element }) => optionsOf(element).length > 0);
  if (!modal || !field) return null;
  const value = modal.values.get(keyOf(field));
  const picked =
    value && 'selected_options' in value
      ? value.selected_options
      : value && 'selected_option' in value && value.selected_option
        ? [value.selected_option]
        : [];
  return {
    label: labelOf(field),
    options: optionsOf(field.element).map(({ text }) => text.text),
    several: field.element.type === 'checkboxes' || field.element.type === 'multi_static_select',
    picked: picked.map((option) => `${option.value} ${option.text.text}`),
  };
}

/** The labels of a window's text inputs, from top to bottom. */
export function textInputsOf({ modal }: Person): readonly string[] {
  const fields = modal ? fieldsOf(modal.view.blocks) : [];
  return fields.filter(({ element }) => element.type === 'plain_text_input').map(labelOf);
}

function labelOf({ block }: Field): string {
  return block.label?.text ?? block.block_id;
}
