import type { Log } from '../../removal/ports.js';
import type { Asked as AskedPeople } from '../../removal/proposal.js';
import type { Direction } from '../../removal/request.js';
import type { AccessConfig, ApprovalConfig } from '../access/access-config.js';
import type { Asking } from '../access/asking.js';
import type { Asked, PersonFacts } from '../access/rules.js';

/** Who is asked to decide and where, or why nobody can be: in plain words, for the window. */
export type Reach =
  | { readonly ok: true; readonly asked: AskedPeople }
  | { readonly ok: false; readonly sentence: string };

export interface ReachDeps {
  readonly approval: ApprovalConfig;
  readonly rules: Pick<AccessConfig, 'allowGuests'>;
  readonly asking: Pick<Asking, 'person' | 'membersOf' | 'conversation' | 'membersIn'>;
  readonly log: Log;
}

/** Finds those who may decide what `requestedBy` asks for in `channelId`. Never rejects. */
export type FindApprovers = (requestedBy: string, channelId: string, direction: Direction) => Promise<Reach>;

/** Of so many people Slack is asked whether they are still there; of the others it is taken for granted. */
const MOST_LOOKED_UP = 30;

const NOTHING: Record<Direction, string> = {
  remove: 'Nothing was removed by this step.',
  add: 'Nobody is added by this step.',
};
const SOMEBODY_ELSE: Record<Direction, string> = {
  remove: 'Please ask somebody else to run the command, so that you can approve it.',
  add: "Please ask the person who asked for the removal to press “Add back…”, so that you can approve it, or tell the app's owner: APPROVERS has to name others.",
};
const onlyYou = (direction: Direction) =>
  `Nobody else is named who may approve this, and nobody approves their own request. ${NOTHING[direction]} ${SOMEBODY_ELSE[direction]}`;
const nobody = (direction: Direction) =>
  `Nobody could approve this: apart from you, the people named for that are deactivated, guests or of another organisation. ${NOTHING[direction]} Please tell the app's owner: APPROVERS has to name others.`;
const unknown = (direction: Direction) =>
  `Slack does not say now who may approve this, so nobody could be asked. ${NOTHING[direction]} Please press the button again in a moment; if it stays so, tell the app's owner.`;

export function createFindApprovers({ approval, rules, asking, log }: ReachDeps): FindApprovers {
  const { approvers, needed, channel } = approval;
  const named = [...approvers.users, ...approvers.groups];

  return async (requestedBy, channelId, direction) => {
    const groups = await Promise.all(approvers.groups.map((id) => asking.membersOf(id)));
    const isWhole = groups.every(({ ok }) => ok);
    const everybody = [...approvers.users, ...groups.flatMap((group) => (group.ok ? [...group.value] : []))];
    const people = await whoCan(requestedBy, [...new Set(everybody)]);
    const given = channel !== null && (await takesPosts(channel)) ? channel : null;
    // A group that cannot be read now can still be asked where all of it reads.
    if (isWhole && people.length < needed)
      return { ok: false, sentence: whyTooFew(direction, everybody, requestedBy, people) };
    if (people.length === 0 && given === null) return { ok: false, sentence: unknown(direction) };
    const askedIn = given ?? ((await isReadBy(channelId, people)) ? channelId : null);
    return { ok: true, asked: { approvers: named.filter((id) => id !== requestedBy), people, askedIn } };
  };

  function whyTooFew(
    direction: Direction,
    all: readonly string[],
    requestedBy: string,
    people: readonly string[],
  ): string {
    if (people.length > 0) return tooFew(direction, needed, people.length);
    return all.every((id) => id === requestedBy) ? onlyYou(direction) : nobody(direction);
  }

  /** Those who are still there and would be let in, each once; the asker, however spelled, is not one of them. */
  async function whoCan(requestedBy: string, ids: readonly string[]): Promise<readonly string[]> {
    const [asker = requestedBy] = await personsOf([requestedBy]);
    const facts = await Promise.all(ids.slice(0, MOST_LOOKED_UP).map((id) => asking.person(id)));
    const persons = await personsOf(ids);
    return ids.filter((id, index) => {
      const person = persons[index] ?? id;
      const isNew = persons.indexOf(person) === index;
      return isNew && id !== requestedBy && person !== asker && mayDecide(facts[index]);
    });
  }

  /** Who each ID stands for: in an Enterprise organisation a person has two. Where Slack does not tell, the ID itself. */
  function personsOf(ids: readonly string[]): Promise<readonly string[]> {
    return Promise.all(
      ids.map(async (id, index) => {
        const facts = index < MOST_LOOKED_UP ? await asking.person(id) : null;
        return facts?.ok ? facts.value.person : id;
      }),
    );
  }

  function mayDecide(facts: Asked<PersonFacts> | undefined): boolean {
    if (!facts?.ok) return true;
    const { isDeactivated, isOutsider, isGuest } = facts.value;
    return !isDeactivated && !isOutsider && (!isGuest || rules.allowGuests);
  }

  /** What Slack does not tell is found out by posting; it is told where that did not work. */
  async function takesPosts(id: string): Promise<boolean> {
    const answer = await asking.conversation(id);
    const isOpen = answer.ok ? answer.value.takesPosts : answer.why.kind !== 'unseen';
    if (!isOpen)
      log.warn(
        { channel: id },
        'APPROVAL_CHANNEL takes no posts from the app: invite it there, or name another one',
      );
    return isOpen;
  }

  /** Enough of those who decide are in it, and the app can post there. */
  async function isReadBy(channelId: string, people: readonly string[]): Promise<boolean> {
    const [conversation, members] = await Promise.all([
      asking.conversation(channelId),
      asking.membersIn(channelId),
    ]);
    if (!conversation.ok || !conversation.value.takesPosts || !members.ok) return false;
    if (people.filter((id) => members.value.has(id)).length >= needed) return true;
    // They may be there under the other of their two IDs.
    const there = new Set(await personsOf([...members.value]));
    return (await personsOf(people)).filter((person) => there.has(person)).length >= needed;
  }
}

function tooFew(direction: Direction, needed: number, there: number): string {
  const could = there === 1 ? 'only one person could' : `only ${there} people could`;
  return `${needed} different people have to approve this, and apart from you ${could}. ${NOTHING[direction]} Please tell the app's owner: APPROVERS has to name more people, or APPROVALS_NEEDED fewer.`;
}
