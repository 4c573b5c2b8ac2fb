import { z } from 'zod';

/** The button that leads back to the request. */
export const BACK = 'back';

/**
 * Where a dialog came from and what it is about, carried through its views in `private_metadata`: ids and the way
 * back, nothing else. Slack does not promise that it comes back untouched, so it is parsed each time.
 */
const originSchema = z.object({
  channel: z.string().min(1),
  responseUrl: z.string().nullable(),
  commandHadText: z.boolean(),
  chatId: z.string().nullable(),
  handle: z.string().nullable(),
  /** A reading that this window rests on showed the person in the chat. It can only make a sentence more careful. */
  seen: z.boolean().default(false),
  /** The request whose unfinished chats are tried again; they are read from the store. */
  retryOf: z.string().nullable(),
});

export type Origin = z.infer<typeof originSchema>;

export function writeOrigin(origin: Origin): string {
  return JSON.stringify(origin);
}

/** The origin in a view, where it carries one. */
export function originIn(view: { private_metadata: string }): Origin | null {
  try {
    return readOrigin(view);
  } catch {
    return null;
  }
}

/** Throws when the metadata is not ours: a view we did not build. */
export function readOrigin(view: { private_metadata: string }): Origin {
  return originSchema.parse(JSON.parse(view.private_metadata));
}
