import { z } from 'zod';

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
  /** The request whose unfinished chats are tried again; they are read from the store. */
  retryOf: z.string().nullable(),
});

export type Origin = z.infer<typeof originSchema>;

export function writeOrigin(origin: Origin): string {
  return JSON.stringify(origin);
}

/** Throws when the metadata is not ours: a view we did not build. */
export function readOrigin(view: { private_metadata: string }): Origin {
  return originSchema.parse(JSON.parse(view.private_metadata));
}
