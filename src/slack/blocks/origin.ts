import * as z from 'zod';

/**
 * Where a dialog came from and what it is about, carried through its views in `private_metadata`: ids and the way
 * back, nothing else. Slack does not promise that it comes back untouched, so it is parsed each time.
 */
const originSchema = z.object({
  /** Where the result is posted. */
  channel: z.string().min(1),
  /** The first message of the thread there that the result belongs in: a shortcut was used on one of its messages. */
  threadTs: z.string().nullable().default(null),
  /** The conversation is the person's choice, in the request window: a global shortcut comes from none. */
  asksWhere: z.boolean().default(false),
  responseUrl: z.string().nullable(),
  commandHadText: z.boolean(),
  chatId: z.string().nullable(),
  /** The part of a chat's name that was typed. Where `chatId` is known too, the chat was found by it. */
  chatName: z.string().nullable().default(null),
  /** Whom it is about, each once; none where the chat's members are to be chosen from. */
  handles: z.array(z.string().min(1)).readonly(),
  /** `handles` are as Linq lists them, or as they were chosen; before that they are as they were typed. */
  areListed: z.boolean().default(false),
  /** The request whose unfinished chats are tried again; they are read from the store. */
  retryOf: z.string().nullable(),
});

/** In the request window the conversation may not be chosen yet. */
const startSchema = originSchema.extend({ channel: z.string().min(1).nullable() });

export type Origin = z.infer<typeof originSchema>;
export type Start = z.infer<typeof startSchema>;

export function writeOrigin(origin: Start): string {
  return JSON.stringify(origin);
}

/** Throws when the metadata is not ours: a view we did not build. */
export function readOrigin(view: { private_metadata: string }): Origin {
  return originSchema.parse(JSON.parse(view.private_metadata));
}

/** The same of a window in which the conversation may still have to be chosen. */
export function readStart(view: { private_metadata: string }): Start {
  return startSchema.parse(JSON.parse(view.private_metadata));
}
