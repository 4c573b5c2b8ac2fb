import * as z from 'zod';
import type { ParticipantEvent } from '../removal/event.js';

const text = z.string().trim().min(1).nullable().catch(null);
const instant = z.iso
  .datetime({ offset: true })
  .transform((written) => new Date(written))
  .nullable()
  .catch(null);

const participantSchema = z
  .object({
    handle: text,
    is_me: z.boolean().nullable().catch(null),
    status: text,
    joined_at: instant,
    left_at: instant,
  })
  .nullable()
  .catch(null);

/** Of what Linq documents only `data.handle` is required, and that is deprecated in favour of `participant`. */
const eventSchema = z.object({
  event_type: z.string(),
  event_id: text,
  created_at: instant,
  trace_id: text,
  data: z.unknown(),
});

const dataSchema = z.object({
  handle: text,
  chat_id: text,
  participant: participantSchema,
  removed_at: instant,
  added_at: instant,
});

const KINDS: ReadonlyMap<string, ParticipantEvent['kind']> = new Map([
  ['participant.removed', 'removed'],
  ['participant.added', 'added'],
]);

export type Reading =
  | { readonly kind: 'event'; readonly event: ParticipantEvent }
  /** One of Linq's many other events. */
  | { readonly kind: 'irrelevant' }
  /** Ours by its name, but it does not say about whom. */
  | { readonly kind: 'unreadable' };

/** A genuine delivery's body as an event. Linq's SDK types the shape but never checks it. */
export function readEvent(body: unknown, deliveryId: string): Reading {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) return { kind: 'unreadable' };
  const kind = KINDS.get(parsed.data.event_type);
  if (!kind) return { kind: 'irrelevant' };
  const data = dataSchema.safeParse(parsed.data.data).data;
  const handle = data?.participant?.handle ?? data?.handle;
  if (!data || !handle) return { kind: 'unreadable' };
  const { participant, chat_id: chatId } = data;
  const { event_id: eventId, created_at: createdAt, trace_id: traceId } = parsed.data;
  const happenedAt =
    kind === 'removed'
      ? (data.removed_at ?? participant?.left_at)
      : (data.added_at ?? participant?.joined_at);
  return {
    kind: 'event',
    event: {
      kind,
      deliveryId,
      eventId: eventId ?? deliveryId,
      chatId: chatId?.toLowerCase() ?? null,
      handle,
      isUs: participant?.is_me === true,
      leftVoluntarily: participant?.status === 'left',
      at: happenedAt ?? createdAt,
      traceId,
    },
  };
}
