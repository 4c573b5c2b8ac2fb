import { z } from 'zod';
import type { Chat, Member } from '../removal/chat.js';

const statusSchema = z.enum(['active', 'left', 'removed']).nullable().catch(null);

const handleSchema = z.object({
  handle: z.string().min(1),
  status: statusSchema,
  left_at: z.unknown().optional(),
  is_me: z.boolean().nullable().catch(null),
});

/**
 * Only what a removal depends on is required. The roster is: Linq promises at least two entries, and an empty or
 * half-readable one would count as proof that somebody is out.
 */
const chatSchema = z.object({
  id: z.string().min(1),
  display_name: z.string().nullable().catch(null),
  is_group: z.boolean(),
  service: z.enum(['iMessage', 'RCS', 'SMS']).nullable().catch(null),
  handles: z.array(handleSchema).min(1),
});

type Handle = z.infer<typeof handleSchema>;

/**
 * Linq's answer to `GET /v3/chats/{id}` as our Chat; null when it is not that chat in a shape we can rely on.
 * `isOurLine` knows our numbers, because `is_me` may be missing.
 */
export function parseChat(
  body: unknown,
  chatId: string,
  isOurLine: (handle: string) => boolean,
): Chat | null {
  const parsed = chatSchema.safeParse(body);
  if (!parsed.success || parsed.data.id.toLowerCase() !== chatId.toLowerCase()) return null;
  const { id, display_name, is_group, service, handles } = parsed.data;
  return {
    id,
    name: display_name?.trim() ? display_name : null,
    isGroup: is_group,
    service,
    members: handles.map((handle) => toMember(handle, isOurLine)),
  };
}

function toMember(entry: Handle, isOurLine: (handle: string) => boolean): Member {
  return {
    handle: entry.handle,
    active: isActive(entry),
    isUs: entry.is_me === true || isOurLine(entry.handle),
    leftAlone: entry.status === 'left',
  };
}

/**
 * Status wins, because Linq's own examples put a `left_at` on active handles. A status we do not know says nothing:
 * nobody is counted out on the strength of a new word.
 */
function isActive(entry: Handle): boolean {
  if (entry.status !== null) return entry.status === 'active';
  return entry.left_at === null || entry.left_at === undefined;
}
