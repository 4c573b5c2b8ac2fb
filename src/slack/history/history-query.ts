import { z } from 'zod';

/** What a history window shows, carried in its `private_metadata` and parsed each time. */
const querySchema = z.object({
  /** Where the command was typed: what was asked for there is seen from there. */
  channel: z.string().min(1),
  what: z.enum(['requests', 'refused']),
  /** The filter as it was typed; empty for none. */
  typed: z.string(),
  /** The end of the page before, and on which side of it this one lies; null for the newest. */
  beyond: z
    .object({ order: z.enum(['older', 'newer']), at: z.iso.datetime(), id: z.number().int() })
    .nullable(),
});

export type HistoryQuery = z.infer<typeof querySchema>;

/** Slack: 3,000 characters of metadata. */
export const FILTER_LENGTH = 300;

/** The window with one request. */
export const DETAILED = 'history_request';

export function writeQuery(query: HistoryQuery): string {
  return JSON.stringify(query);
}

/** Throws when the metadata is not ours: a window we did not build. */
export function readQuery(view: { readonly private_metadata: string }): HistoryQuery {
  return querySchema.parse(JSON.parse(view.private_metadata));
}

const beyondSchema = querySchema.shape.beyond;

/** The page beside the one that is shown, as a button carries it. */
export function writeBeyond(beyond: NonNullable<HistoryQuery['beyond']>): string {
  return JSON.stringify(beyond);
}

export function readBeyond(value: string | undefined): HistoryQuery['beyond'] {
  return beyondSchema.parse(JSON.parse(value ?? 'null'));
}
