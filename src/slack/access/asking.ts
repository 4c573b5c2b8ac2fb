import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { missingScope } from '../message/missing-scope.js';
import { createCache } from './cache.js';
import { belongsTo, createMembership, type Home, readHome } from './home.js';
import type { Asked, ConversationFacts, PersonFacts, Unanswered } from './rules.js';

/** The questions about people and conversations that only Slack can answer. None of them rejects. */
export interface Asking {
  person(userId: string): Promise<Asked<PersonFacts>>;
  conversation(channelId: string): Promise<Asked<ConversationFacts>>;
  /** The same right before something is told there: it may have been shared with another organisation just now. */
  conversationNow(channelId: string): Promise<Asked<ConversationFacts>>;
  /** The people of a user group. */
  membersOf(group: string): Promise<Asked<ReadonlySet<string>>>;
  /** The people in a conversation; of a very large one, some. */
  membersIn(channelId: string): Promise<Asked<ReadonlySet<string>>>;
  /** Whether a person is in one of these user groups; one that cannot be read counts only where no other has them. */
  isInGroup(userId: string, groups: readonly string[]): Promise<Asked<boolean>>;
  /** The same; of a group that cannot be read now, the last answer counts, however old. */
  isOrWasInGroup(userId: string, groups: readonly string[]): Promise<Asked<boolean>>;
}

type Members = Asked<ReadonlySet<string>>;

/** Slack answers 20 questions about groups a minute; and a right that was taken away must end soon. */
const REMEMBERED_MS = 60_000;
/** Slack advises at most 200 a page for other lists, and takes up to 1,000 here (method: conversations.members). */
const MEMBERS_A_PAGE = 1_000;
const MEMBER_PAGES = 5;
/** Slack answers 50 questions about conversations a minute, and a message may be edited every second. */
const NOW_MS = 10_000;

/** By `elapsed`, in milliseconds, answers grow old: a clock that is set back makes none of them fresh again. */
export function createAsking(client: WebClient, elapsed: () => number): Asking {
  const home = createCache(() => asked(() => readHome(client)), Number.POSITIVE_INFINITY, elapsed);
  const person = createCache((id) => asked(() => readPerson(client, id, home)), REMEMBERED_MS, elapsed);
  const readMembers = createMembership(client);
  const conversation = createCache((id) => asked(() => readConversation(client, id)), REMEMBERED_MS, elapsed);
  const conversationNow = createCache((id) => asked(() => readConversation(client, id)), NOW_MS, elapsed);
  const lastRead = new Map<string, Members>();
  const members = createCache(readGroup, REMEMBERED_MS, elapsed);

  async function readGroup(id: string): Promise<Members> {
    const answer = await asked(async () => readMembers(id, known(await home(''))), id);
    if (answer.ok) lastRead.set(id, answer);
    return answer;
  }

  async function isOrWasMember(id: string): Promise<Members> {
    const answer = await members(id);
    return answer.ok ? answer : (lastRead.get(id) ?? answer);
  }

  return {
    person,
    conversation,
    conversationNow,
    membersOf: members,
    membersIn: (channelId) => asked(() => readMembersIn(client, channelId)),
    isInGroup: async (userId, groups) => isIn(userId, await Promise.all(groups.map(members))),
    isOrWasInGroup: async (userId, groups) => isIn(userId, await Promise.all(groups.map(isOrWasMember))),
  };

  /** A group lists people by one spelling of their ID, which need not be the one that a payload has. */
  async function isIn(userId: string, answers: readonly Members[]): Promise<Asked<boolean>> {
    const answer = isInAny(userId, answers);
    if (answer.ok && answer.value) return answer;
    const who = await person(userId);
    return who.ok && who.value.person !== userId ? isInAny(who.value.person, answers) : answer;
  }
}

function known<T>(answer: Asked<T>): T {
  if (answer.ok) return answer.value;
  throw new NotAnswered(answer.why);
}

function isInAny(userId: string, answers: readonly Members[]): Asked<boolean> {
  if (answers.some((answer) => answer.ok && answer.value.has(userId))) return { ok: true, value: true };
  return answers.find((answer) => !answer.ok) ?? { ok: true, value: false };
}

async function asked<T>(read: () => Promise<T>, group = ''): Promise<Asked<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    return { ok: false, why: whyUnanswered(error, group) };
  }
}

/** Guests are members of this workspace with a flag; strangers, and people of another team, are not members. */
async function readPerson(
  client: WebClient,
  userId: string,
  askHome: (key: string) => Promise<Asked<Home>>,
): Promise<PersonFacts> {
  const [{ user }, home] = await Promise.all([client.users.info({ user: userId }), askHome('')]);
  const { id, deleted, team_id, enterprise_user, is_stranger, is_restricted, is_ultra_restricted } =
    given(user);
  // In an Enterprise organisation a person's own team may be another one than this workspace.
  const teams = [given(team_id), ...(enterprise_user?.teams ?? [])];
  const isAtHome = belongsTo(known(home), teams, enterprise_user?.enterprise_id);
  return {
    person: enterprise_user?.id ?? given(id),
    isDeactivated: deleted === true,
    isOutsider: is_stranger === true || !isAtHome,
    isGuest: is_restricted === true || is_ultra_restricted === true,
  };
}

/** `is_shared` alone may also mean several workspaces of one organisation. */
async function readConversation(client: WebClient, channelId: string): Promise<ConversationFacts> {
  const { channel } = await client.conversations.info({ channel: channelId });
  const { is_ext_shared, is_pending_ext_shared, is_shared, is_org_shared, is_im, is_member, is_archived } =
    given(channel);
  const isExternal = is_ext_shared || is_pending_ext_shared || (is_shared && !is_org_shared);
  const takesPosts = (is_member === true || is_im === true) && is_archived !== true;
  return { isExternal: isExternal === true, takesPosts };
}

/** The first few thousand members are enough to find approvers among them. */
async function readMembersIn(client: WebClient, channel: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let cursor = '';
  for (let page = 1; page <= MEMBER_PAGES; page++) {
    const { members, response_metadata } = await client.conversations.members({
      channel,
      limit: MEMBERS_A_PAGE,
      ...(cursor && { cursor }),
    });
    for (const id of given(members)) found.add(id);
    cursor = response_metadata?.next_cursor ?? '';
    if (!cursor) break;
  }
  return found;
}

/** Slack answered, and left out what it was asked for. */
function given<T>(value: T | undefined): T {
  if (value === undefined) throw new NotAnswered({ kind: 'no-answer', code: null });
  return value;
}

class NotAnswered extends Error {
  override readonly name = 'NotAnswered';

  constructor(readonly why: Unanswered) {
    super('Slack did not answer a question about access');
  }
}

/** Slack's errors (docs.slack.dev/reference/methods: users.info, conversations.info, usergroups.users.list). */
function whyUnanswered(error: unknown, group: string): Unanswered {
  if (error instanceof NotAnswered) return error.why;
  if (error instanceof WebAPIRateLimitedError) return { kind: 'busy' };
  const scope = missingScope(error);
  if (scope) return { kind: 'missing-scope', scope };
  const code = error instanceof WebAPIPlatformError ? error.data.error : null;
  switch (code) {
    case 'channel_not_found':
      return { kind: 'unseen' };
    case 'plan_upgrade_required':
    case 'paid_teams_only':
      return { kind: 'no-groups' };
    case 'no_such_subteam':
    case 'subteam_not_found':
      return { kind: 'unknown-group', group };
    case 'ratelimited':
    case 'rate_limited':
      return { kind: 'busy' };
    default:
      return { kind: 'no-answer', code };
  }
}
