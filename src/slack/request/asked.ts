import type { CountryCode } from 'libphonenumber-js/max';
import { INPUT_LENGTH } from '../blocks/blocks.js';
import { meanings } from '../typed/candidate.js';
import { readChat } from '../typed/chat.js';
import type { Named } from '../typed/named.js';
import { readPeople } from '../typed/people.js';
import { explain, explainAll } from '../typed/reasons.js';

/** What stands in the two fields of the request modal. */
export interface Fields<Text = string> {
  readonly chat: Text;
  readonly handle: Text;
}

/** What the request modal asks for, read as the command is read. */
export function readFields({ chat, handle }: Fields, country: CountryCode): Named {
  return { chat: readChat(chat), ...readPeople(handle, country) };
}

/** The same as text for the two fields, so that it can be corrected; null leaves one empty. */
export function fieldsOf({ chat, people }: Named): Fields<string | null> {
  const persons = people.map((person) => {
    const [only, ...others] = meanings(person);
    return person.problem === null && only !== undefined && others.length === 0 ? only : person.typed;
  });
  return { chat: fitting(textOf(chat)), handle: fitting(persons.join(', ')) };
}

function textOf(chat: Named['chat']): string {
  switch (chat.kind) {
    case 'none':
      return '';
    case 'id':
      return chat.id;
    case 'name':
      return chat.name;
    case 'problem':
      return chat.typed;
  }
}

function fitting(text: string): string | null {
  return [...text].slice(0, INPUT_LENGTH).join('') || null;
}

/** Slack: 3,000 characters of `private_metadata`, of which the way back needs some. Twenty addresses rarely need 1,000. */
const HANDLES_LENGTH = 2_400;
const TOO_LONG =
  'These addresses are too long to go into one request. Take some out and ask for them afterwards.';

/** What cannot be gone on with, by the field in which to correct it; null where there is nothing wrong. */
export function mistakesIn({ chat, people, problem }: Named): Fields<string | null> {
  const problems = people.flatMap((person) => person.problem ?? []);
  const tooLong = JSON.stringify(people.map(({ readings }) => readings[0])).length > HANDLES_LENGTH;
  return {
    chat: chatMistake(chat),
    handle: problem ?? (problems.length > 0 ? explainAll(problems) : tooLong ? TOO_LONG : null),
  };
}

function chatMistake(chat: Named['chat']): string | null {
  if (chat.kind === 'problem') return chat.problem;
  return chat.kind === 'name' ? explain('broken-chat-id', chat.name) : null;
}
