import type { ChatsAnswer } from './answer.js';
import { activeMembers, type Chat, FEWEST_REMAINING, findMember, mostRemaining, sameHandle } from './chat.js';
import { type Choice, judge, type Obstacle, warningsFor, whyUnseen } from './choice.js';
import type { ReasonName } from './reasons.js';

/** One of several people to be removed: from which chats that is possible, and why not from others. */
export interface PersonReview {
  /** As Linq lists them where it shows them, else as asked for. */
  readonly handle: string;
  readonly choices: readonly JointChoice[];
  readonly obstacles: readonly Obstacle[];
  /** Linq has more chats of this person than were read. */
  readonly hasMore: boolean;
  /** Why nothing is known about their chats; null where Linq showed them. */
  readonly unread: ReasonName | null;
}

/** The minimum of a chat is counted for all of them: `remaining` and the warnings are for when all of them go. */
export interface JointChoice extends Choice {
  /** How many of the people asked for could be removed from this chat, each alone. */
  readonly among: number;
  /** How many of them can go together. Fewer than `among`: somebody has to choose. */
  readonly most: number;
}

/** What one answer of Linq's shows of one person. */
interface Judged {
  readonly handle: string;
  readonly choices: readonly Choice[];
  readonly obstacles: readonly Obstacle[];
  readonly hasMore: boolean;
  readonly unread: ReasonName | null;
}

/** Several people and the one chat that was read. */
export function reviewPeopleIn(handles: readonly string[], chat: Chat): readonly PersonReview[] {
  return jointly(handles.map((handle) => judgeAll(handle, [chat], false)));
}

/** Several people, each with the list of their chats. A list that could not be read hides no other. */
export function reviewPeople(
  lists: readonly { readonly handle: string; readonly seen: ChatsAnswer }[],
): readonly PersonReview[] {
  return jointly(
    lists.map(({ handle, seen }) =>
      seen.ok
        ? judgeAll(handle, seen.chats, seen.hasMore)
        : { handle, choices: [], obstacles: [], hasMore: false, unread: whyUnseen(seen.failure) },
    ),
  );
}

function judgeAll(handle: string, chats: readonly Chat[], hasMore: boolean): Judged {
  const judged = chats.map((chat) => judge(chat, handle));
  const choices = judged.filter((each) => 'person' in each);
  const obstacles = judged.filter((each) => 'reason' in each);
  const [listed = handle] = chats.flatMap((chat) => findMember(chat, handle)?.handle ?? []);
  return { handle: listed, choices, obstacles, hasMore, unread: null };
}

/** Two spellings may turn out to be one person. */
function jointly(judged: readonly Judged[]): readonly PersonReview[] {
  const people = judged.filter(
    ({ handle }, index) => judged.findIndex((each) => sameHandle(each.handle, handle)) === index,
  );
  const companies = new Map<string, Choice[]>();
  for (const choice of people.flatMap(({ choices }) => choices)) {
    const key = choice.chat.id.toLowerCase();
    companies.set(key, [...(companies.get(key) ?? []), choice]);
  }
  return people.map((person) => ({
    ...person,
    choices: person.choices.map((choice) =>
      inCompany(choice, companies.get(choice.chat.id.toLowerCase()) ?? [choice]),
    ),
  }));
}

function inCompany(choice: Choice, company: readonly Choice[]): JointChoice {
  // Each list is a reading of its own: the one that shows the fewest members counts.
  const active = Math.min(...company.map(({ chat }) => activeMembers(chat).length));
  const remaining = active - company.length;
  const most = Math.min(...company.map(({ chat }) => mostRemaining(chat, []))) - FEWEST_REMAINING;
  const warnings = warningsFor(choice.chat, remaining);
  return { ...choice, remaining, warnings, among: company.length, most };
}

/** Without the chats in which not all of them can go: what can be approved as a whole. */
export function withoutConflicts(people: readonly PersonReview[]): readonly PersonReview[] {
  return people.map((person) => ({
    ...person,
    choices: person.choices.filter((choice) => !isConflict(choice)),
    obstacles: [
      ...person.obstacles,
      ...person.choices.filter(isConflict).map(({ chat }) => ({ chat, reason: 'too-few' as const })),
    ],
  }));
}

export function isConflict({ among, most }: JointChoice): boolean {
  return among > most;
}
