import type { CountryCode } from 'libphonenumber-js/max';
import { INPUT_LENGTH } from '../blocks/blocks.js';
import type { Origin } from '../blocks/origin.js';
import { LONGEST_NAME } from '../find/find-chats.js';
import { LONGEST_HANDLE } from '../find/find-people.js';
import { type Candidate, meanings } from '../typed/candidate.js';
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
const HANDLES_LENGTH = 2_100;
const areTooLong = (handles: readonly string[]) => JSON.stringify(handles).length > HANDLES_LENGTH;
const TOO_LONG =
  'These addresses are too long to go into one request. Take some out and ask for them afterwards.';

/** The chat and the people that are asked for, as dialogues carry them until Linq was asked. */
export function askedFor({
  chat,
  people,
}: Named): Pick<Origin, 'chatId' | 'chatName' | 'handles' | 'areListed'> {
  return {
    chatId: chat.kind === 'id' ? chat.id : null,
    chatName: chat.kind === 'name' ? [...chat.name].slice(0, LONGEST_NAME).join('') : null,
    handles: people.map((person) => [...carried(person)].slice(0, LONGEST_HANDLE).join('')),
    areListed: false,
  };
}

/** The same for the request window itself, whose fields hold more people than can be carried. */
export function withoutTooMany<O extends Pick<Origin, 'handles'>>(origin: O): O {
  return areTooLong(origin.handles) ? { ...origin, handles: [] } : origin;
}

/** What was typed, unless it is an endless way to write a number that can be read. */
function carried(person: Candidate): string {
  const [reading = person.typed] = person.readings;
  return person.problem === null && isTooLong(person.typed) ? reading : person.typed;
}

function isTooLong(handle: string): boolean {
  return [...handle].length > LONGEST_HANDLE;
}

/**
 * What cannot be gone on with, by the field in which to correct it; null where there is nothing wrong. A person whom no
 * rule of ours knows is no mistake yet: Linq may list them.
 */
export function mistakesIn({ chat, people, problem }: Named): Fields<string | null> {
  const endless = people.filter((person) => isTooLong(carried(person)));
  const problems = explainAll(endless.flatMap((person) => person.problem ?? []));
  const tooLong = areTooLong(people.map(carried)) ? TOO_LONG : null;
  return { chat: chatMistake(chat), handle: problem ?? (problems || tooLong) };
}

function chatMistake(chat: Named['chat']): string | null {
  if (chat.kind === 'problem') return chat.problem;
  const isEndless = chat.kind === 'name' && [...chat.name].length > LONGEST_NAME;
  return isEndless ? explain('name-too-long', chat.name) : null;
}

const IF_LISTED = 'If Linq lists it like this all the same, go on.';

/** Everything that looks wrong, to be said above what was typed; also what Linq may know better. */
export function doubtsAbout(asked: Named): readonly string[] {
  const { chat, handle } = mistakesIn(asked);
  const problems = asked.people.flatMap((person) => person.problem ?? []);
  const doubt = handle === null && problems.length > 0 ? `${explainAll(problems)} ${IF_LISTED}` : null;
  return [chat, handle, doubt].flatMap((sentence) => (sentence ? [`⚠ ${sentence}`] : []));
}
