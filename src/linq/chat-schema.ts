import * as z from 'zod';
import { type Chat, type Member, onePerPerson, sameHandle } from '../removal/chat.js';

/** A status word we do not know makes the whole reading one that failed: it may mean that a person is in, or out. */
const statusSchema = z.enum(['active', 'left', 'removed']).nullable().optional();

const handleSchema = z.object({
  handle: z.string().min(1),
  status: statusSchema,
  left_at: z.unknown().optional(),
  joined_at: z.unknown().optional(),
  is_me: z.boolean().nullable().catch(null),
});

/** Linq promises at least two entries, our own line among them: less is not a roster. */
const FEWEST_ENTRIES = 2;

/** Only what a change depends on is required; a roster that is half readable would count as proof that a person is out. */
const chatSchema = z.object({
  id: z.string().min(1),
  display_name: z.string().nullable().catch(null),
  is_group: z.boolean(),
  service: z.enum(['iMessage', 'RCS', 'SMS']).nullable().catch(null),
  handles: z.array(handleSchema).min(FEWEST_ENTRIES),
});

type Handle = z.infer<typeof handleSchema>;

/**
 * Linq's answer to `GET /v3/chats/{id}`, or an entry of the list, as our Chat; null when it is not that chat in a shape
 * that can be believed. `ourLines` are our numbers, because `is_me` may be missing; null while they are not known.
 */
export function parseChat(body: unknown, chatId: string, ourLines: ReadonlySet<string> | null): Chat | null {
  const parsed = chatSchema.safeParse(body);
  if (!parsed.success || parsed.data.id.toLowerCase() !== chatId.toLowerCase()) return null;
  const { id, display_name, is_group, service, handles } = parsed.data;
  const latest = handles.filter((handle) => !isSuperseded(handle, handles));
  const members = onePerPerson(latest.map((handle) => toMember(handle, ourLines)));
  if (!isPlausible(members, ourLines)) return null;
  return { id, name: display_name?.trim() ? display_name : null, isGroup: is_group, service, members };
}

/** A person who came and went twice may be listed twice: how they went the last time is what counts. */
function isSuperseded(entry: Handle, handles: readonly Handle[]): boolean {
  if (isActive(entry)) return false;
  return handles.some(
    (other) =>
      !isActive(other) &&
      sameHandle(other.handle, entry.handle) &&
      timeOf(other.left_at) > timeOf(entry.left_at),
  );
}

/** Milliseconds; not a number, and then neither before nor after any other, where Linq gives no time. */
function timeOf(at: unknown): number {
  return typeof at === 'string' ? Date.parse(at) : Number.NaN;
}

/** A roster without our own line is incomplete, and who else is missing from it cannot be told. */
function isPlausible(members: readonly Member[], ourLines: ReadonlySet<string> | null): boolean {
  if (members.length < FEWEST_ENTRIES) return false;
  return members.some(({ isUs }) => isUs) || ourLines === null;
}

function toMember(entry: Handle, ourLines: ReadonlySet<string> | null): Member {
  const joinedAt = timeOf(entry.joined_at);
  return {
    handle: entry.handle,
    active: isActive(entry),
    ...(Number.isFinite(joinedAt) && { joinedAt: new Date(joinedAt) }),
    isUs: entry.is_me === true || (ourLines?.has(entry.handle) ?? false),
    leftVoluntarily: entry.status === 'left',
  };
}

/** Status wins, because Linq's own examples put a `left_at` on active handles. */
function isActive({ status, left_at: leftAt }: Handle): boolean {
  if (status) return status === 'active';
  return leftAt === null || leftAt === undefined;
}
