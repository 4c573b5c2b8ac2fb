/** Why what was typed is not understood. Every reason has its sentence in `SENTENCES`. */
export type Reason =
  | 'too-short'
  | 'too-long'
  | 'wrong-length'
  | 'unknown-country'
  | 'extension'
  | 'neither'
  | 'link'
  | 'chat-id'
  | 'email-no-name'
  | 'email-no-domain'
  | 'email-two-ats'
  | 'email-blank'
  | 'email-no-dot'
  | 'email-dots'
  | 'email-domain'
  | 'email-character'
  | 'email-too-long'
  | 'email-two'
  | 'broken-chat-id'
  | 'link-without-chat'
  | 'several-chats'
  | 'name-too-long'
  | 'too-many-people';

/** One request takes at most so many people (DESIGN 2.2). */
export const MOST_PEOPLE = 20;
const MOST_MISTAKES = 5;
const LONGEST_SHOWN = 60;

const NUMBER = 'Write a number with + and the country code, like +12052499136, or an email.';
const EMAIL = 'Write an email like pat@example.com.';
const CHAT_ID =
  'A chat ID looks like 550e8400-e29b-41d4-a716-446655440000: copy it from Linq, or enter part of the chat’s name.';
const ADVICE: readonly string[] = [NUMBER, EMAIL, CHAT_ID];

/** What is wrong, then what to do. `detail` is the country code, the character or the count the sentence is about. */
const SENTENCES: Record<Reason, (shown: string, detail: string) => string> = {
  'too-short': (shown, code) => `${shown} is too short for a phone number${withCode(code)}. ${NUMBER}`,
  'too-long': (shown, code) => `${shown} is too long for a phone number${withCode(code)}. ${NUMBER}`,
  'wrong-length': (shown, code) =>
    `${shown} does not have the length of a phone number${withCode(code)}. ${NUMBER}`,
  'unknown-country': (shown) => `${shown} starts with a country code that does not exist. ${NUMBER}`,
  extension: (shown) => `${shown} has an extension, and a chat member has none. Leave it out.`,
  neither: (shown) => `${shown} is neither a phone number nor an email address. ${NUMBER}`,
  link: (shown) => `${shown} is a link, not a person. ${NUMBER}`,
  'chat-id': (shown) => `${shown} is a chat’s ID, not a person. Enter it in the Chat field.`,
  'email-no-name': (shown) => `${shown} has nothing in front of the @. ${EMAIL}`,
  'email-no-domain': (shown) => `${shown} has nothing after the @. ${EMAIL}`,
  'email-two-ats': (shown) => `${shown} has more than one @. ${EMAIL}`,
  'email-blank': (shown) => `${shown} has a blank in it, which no email address has. ${EMAIL}`,
  'email-no-dot': (shown) => `${shown} has no ending like .com after the @. ${EMAIL}`,
  'email-dots': (shown) => `${shown} has a dot too many, or one in the wrong place. ${EMAIL}`,
  'email-domain': (shown) => `${shown} has an address after the @ that cannot exist. ${EMAIL}`,
  'email-character': (shown, char) =>
    `${shown} has ${char} in it, which email addresses do not have. ${EMAIL}`,
  'email-too-long': (shown) => `${shown} is too long for an email address. ${EMAIL}`,
  'email-two': (shown) => `${shown} are several email addresses in one. Put a comma between them.`,
  'broken-chat-id': (shown) => `${shown} is not a whole chat ID. ${CHAT_ID}`,
  'link-without-chat': (shown) => `${shown} is a link without a chat ID in it. ${CHAT_ID}`,
  'several-chats': () => 'There are several chat IDs here. Enter one.',
  'name-too-long': (shown) =>
    `${shown} is longer than the name of any chat. Enter a part of the name, or the chat’s ID.`,
  'too-many-people': (_shown, count) =>
    `There are ${count} people here, and one request takes ${MOST_PEOPLE}. Take some out and ask for them afterwards.`,
};

function withCode(code: string): string {
  return code ? ` with the country code ${code}` : '';
}

/** The sentence for one reason, short enough to stand under its field, whatever was typed. */
export function explain(reason: Reason, typed: string, detail = ''): string {
  return SENTENCES[reason](`“${shortened(typed)}”`, detail);
}

function shortened(typed: string): string {
  const characters = [...typed.replace(/\s+/gu, ' ')];
  if (characters.length <= LONGEST_SHOWN) return characters.join('');
  return `${characters.slice(0, LONGEST_SHOWN - 1).join('')}…`;
}

/** Several mistakes for one field, named one by one; what to do is said once, at the end. */
export function explainAll(problems: readonly string[]): string {
  const advice = ADVICE.filter((each) => problems.some((problem) => problem.endsWith(each)));
  const named = problems.slice(0, MOST_MISTAKES).map(withoutAdvice);
  const more = problems.length - named.length;
  return [...named, ...(more > 0 ? [`And ${more} more.`] : []), ...advice].join(' ');
}

function withoutAdvice(problem: string): string {
  const advice = ADVICE.find((each) => problem.endsWith(each));
  return advice ? problem.slice(0, -advice.length).trimEnd() : problem;
}
