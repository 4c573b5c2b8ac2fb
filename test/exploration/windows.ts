import { type Option, optionsOf } from '../../simulator/slack/block-kit.js';
import { type Field, fieldsOf, type InputValue, keyOf } from '../../simulator/slack/inputs.js';
import type { Person } from '../../simulator/slack/person.js';
import { MEMBERS, type MemberName, type Pair } from './cast.js';

/** A window as it stands before a person: what they would ask for by pressing its button. */
export interface Window {
  readonly id: string;
  readonly title: string;
  /** The words on its button; null when it has none. */
  readonly button: string | null;
  readonly text: string;
  /** Who and which chats: chosen, or else named. Nobody else than the cast is known. */
  readonly pairs: readonly Pair[];
}

export interface Known {
  /** All chats there are, by ID. */
  readonly chats: readonly { readonly id: string }[];
}

export function readWindow(person: Person, { chats }: Known): Window | null {
  const { modal } = person;
  if (!modal) return null;
  const text = person.modalText();
  const choices = choicesOf(person);
  const ids = chats.map(({ id }) => id);
  return {
    id: modal.id,
    title: modal.view.title.text,
    button: modal.view.submit?.text ?? null,
    text,
    pairs: choices.length > 0 ? chosenIn(choices, text, ids) : namedIn(text, ids),
  };
}

/** The question at the top names the person, a number with blanks in it as people read it, or several people. */
const QUESTION = /(?:Remove|should|Add) (?<people>.+?) (?:from|be removed|be added|back)/u;

function askedAbout(text: string): readonly MemberName[] {
  const people = QUESTION.exec(text)?.groups?.people ?? '';
  return people.split(', ').flatMap((each) => memberCalled(each) ?? []);
}

/** Null for words that are not just a number or an email of the cast. */
function memberCalled(words: string): MemberName | null {
  const bare = (handle: string) => (handle.includes('@') ? handle : handle.replace(/\D/g, ''));
  const entries = Object.entries(MEMBERS) as [MemberName, string][];
  return entries.find(([, handle]) => bare(words.replaceAll('*', '')) === bare(handle))?.[0] ?? null;
}

/** Each option stands for a chat, a person, or one of both; its field or the question says the rest. */
function chosenIn(choices: readonly Choices[], text: string, ids: readonly string[]): readonly Pair[] {
  const [asked = null] = askedAbout(text);
  const [onlyChat = null] = chatsIn(text, ids);
  return choices.flatMap(({ label, picked }) =>
    picked.flatMap(({ text: words, value, description }) => {
      const called = [words.text, description?.text ?? '', label].flatMap((each) => memberCalled(each) ?? []);
      const member = called[0] ?? asked;
      const chat = ids.find((id) => value.includes(id)) ?? chatsIn(words.text, ids)[0] ?? onlyChat;
      return member && chat ? [{ member, chat }] : [];
    }),
  );
}

/** One person, or each of several with a line for each of their chats. What is not possible any more has words for it. */
function namedIn(text: string, ids: readonly string[]): readonly Pair[] {
  const asked = askedAbout(text);
  if (asked.length > 0)
    return asked.flatMap((member) => chatsIn(text, ids).map((chat) => ({ member, chat })));
  let person: MemberName | null = null;
  const pairs: Pair[] = [];
  for (const line of text.split('\n')) {
    const added = /^• (?<handle>.+?) back to /u.exec(line)?.groups?.handle;
    person = memberCalled(added ?? line) ?? person;
    const [chat] = chatsIn(line, ids);
    if (person && chat && line.startsWith('• ') && !IS_IMPOSSIBLE.test(line))
      pairs.push({ member: person, chat });
  }
  return pairs;
}

const IS_IMPOSSIBLE = /Not possible\.$|does not list them there any more$/u;

/** A chat is named by its ID, or by the end of it, behind its name where that is known. */
function chatsIn(text: string, ids: readonly string[]): readonly string[] {
  const isNamed = (tail: string) => text.includes(`(…${tail})`) || text.includes(`the chat …${tail}`);
  return ids.filter((id) => text.includes(id) || isNamed(id.slice(-4)));
}

interface Choices {
  readonly label: string;
  readonly options: readonly string[];
  readonly several: boolean;
  readonly picked: readonly Option[];
}

/** What a window offers to choose from, field by field. */
export function choicesOf({ modal }: Person): readonly Choices[] {
  const fields = modal ? fieldsOf(modal.view.blocks) : [];
  return fields
    .filter(({ element }) => optionsOf(element).length > 0)
    .map((field) => ({
      label: labelOf(field),
      options: optionsOf(field.element).map(({ text }) => text.text),
      several: field.element.type === 'checkboxes' || field.element.type === 'multi_static_select',
      picked: pickedIn(modal?.values.get(keyOf(field))),
    }));
}

function pickedIn(value: InputValue | undefined): readonly Option[] {
  if (value && 'selected_options' in value) return value.selected_options;
  return value && 'selected_option' in value && value.selected_option ? [value.selected_option] : [];
}

/** The labels of a window's text inputs, from top to bottom. */
export function textInputsOf({ modal }: Person): readonly string[] {
  const fields = modal ? fieldsOf(modal.view.blocks) : [];
  return fields.filter(({ element }) => element.type === 'plain_text_input').map(labelOf);
}

function labelOf({ block }: Field): string {
  return block.label?.text ?? block.block_id;
}
