import type { ChatAnswer, ChatsAnswer, LinqFailure } from '../../removal/answer.js';
import { whyUnseen } from '../../removal/choice.js';
import { isUnchecked, type LookUp } from '../../removal/review.js';
import { type Candidate, handleKey, matchHandle, meanings } from '../typed/candidate.js';
import { startsWithPlus } from '../typed/number-readings.js';

/** What became of looking for a person as typed. Linq's rosters decide; rules of ours only explain what is not found. */
export type PersonFound =
  /** As Linq lists them; or, where Linq lists nobody like that, the one way to read what is a number or an email. */
  | { readonly kind: 'one'; readonly handle: string }
  /** What was typed may be any of these people, and the person who typed it must say which. */
  | { readonly kind: 'either'; readonly handles: readonly string[] }
  | { readonly kind: 'nobody'; readonly problem: string };

/** Longer than any handle that Linq can list (an email has at most 254 characters): not worth a question. */
export const LONGEST_HANDLE = 320;
/** Linq's refusals of a handle that it takes for none, which are no news about anything else. */
const NOT_A_HANDLE: readonly (number | null)[] = [400, 404, 422];

/** Looks for the person on one chat's roster, past members included. */
export function findInChat(person: Candidate, seen: ChatAnswer): PersonFound {
  if (!seen.ok) {
    const found = findUnasked(person, seen.failure);
    if (found.kind !== 'nobody' || person.problem !== null) return found;
    // The chat is known, so the person may still be chosen, and Linq decides.
    return { kind: 'either', handles: meanings(person) };
  }
  const listed = seen.chat.members.map(({ handle }) => handle).filter((each) => matchHandle(person, each));
  return amongListed(person, listed) ?? notListed(person, 'on the list of this chat’s members');
}

/** Asks Linq for the chats of everyone who may be meant. `signal` abandons it. */
export async function findByChats(
  person: Candidate,
  linq: Pick<LookUp, 'chatsOf'>,
  signal?: AbortSignal,
): Promise<PersonFound> {
  const asked = await Promise.all(
    meanings(person)
      .filter(isWorthAsking)
      .map(async (handle) => ({ handle, answer: await linq.chatsOf(handle, signal) })),
  );
  for (const { answer } of asked) {
    if (!answer.ok && !isNoHandle(person, answer.failure)) return findUnasked(person, answer.failure);
  }
  const found = asked.flatMap(({ handle, answer }) => (answer.ok ? listedIn(handle, answer) : []));
  const listed = found.length > 0 ? found : await asWritten(person, linq, signal);
  return amongListed(person, listed) ?? notListed(person, 'in any chat');
}

function isWorthAsking(handle: string): boolean {
  return handle.length <= LONGEST_HANDLE;
}

/** Linq may list a number just as it was typed, without its country's code or its plus. */
async function asWritten(
  person: Candidate,
  linq: Pick<LookUp, 'chatsOf'>,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const written = handleKey(person.typed);
  if (!isWorthAsking(written) || person.readings.some((reading) => handleKey(reading) === written)) return [];
  const answer = await linq.chatsOf(written, signal);
  return answer.ok ? listedIn(written, answer) : [];
}

function isNoHandle({ problem }: Candidate, { status }: LinqFailure): boolean {
  return problem !== null && NOT_A_HANDLE.includes(status);
}

/** As the chats list them; what was asked for where there may be chats that were not read. */
function listedIn(handle: string, answer: ChatsAnswer & { ok: true }): readonly string[] {
  const [chat] = answer.chats;
  const listed = chat?.members.find((member) => handleKey(member.handle) === handleKey(handle));
  return listed ? [listed.handle] : chat || answer.hasMore ? [handle] : [];
}

/** What was typed to the letter is meant where it is there; null where nobody is. */
function amongListed(person: Candidate, listed: readonly string[]): PersonFound | null {
  if (listed.includes(person.typed)) return { kind: 'one', handle: person.typed };
  const exact = listed.filter((handle) => handleKey(handle) === handleKey(person.typed));
  const [one, ...others] = new Set(exact.length > 0 ? exact : listed);
  if (one === undefined) return null;
  return others.length === 0 ? { kind: 'one', handle: one } : { kind: 'either', handles: [one, ...others] };
}

function notListed(person: Candidate, where: string): PersonFound {
  if (person.problem !== null) return { kind: 'nobody', problem: person.problem };
  const [one = person.typed, ...others] = meanings(person);
  if (others.length === 0) return { kind: 'one', handle: one };
  const problem = `${mayBe(person)}, and Linq has none of them ${where}. Check it, and write numbers with + and the country code.`;
  return { kind: 'nobody', problem };
}

function mayBe(person: Candidate): string {
  return `“${person.typed}” may be ${meanings(person).join(' or ')}`;
}

const NOT_ASKED =
  'Linq could not be asked whether it lists this all the same: try again in a moment if you are sure.';

/** Linq cannot be asked, which stops nobody whose number or email is clear: the review says what could not be read. */
function findUnasked(person: Candidate, failure: LinqFailure): PersonFound {
  const [one = person.typed, ...others] = meanings(person);
  const isRefused = !isUnchecked(whyUnseen(failure));
  // With a plus they are spellings of one line.
  const isClear = person.problem === null && (others.length === 0 || startsWithPlus(person.typed));
  if (isRefused || isClear) return { kind: 'one', handle: one };
  if (person.problem !== null) return { kind: 'nobody', problem: `${person.problem} ${NOT_ASKED}` };
  const problem = `${mayBe(person)}, and Linq could not be asked which. Write it with + and the country code.`;
  return { kind: 'nobody', problem };
}
