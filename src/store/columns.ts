import * as z from 'zod';
import type { Place } from '../removal/delivery.js';

/* How values that are no text or number stand in a column, on both engines alike. */

/** An instant as ISO 8601 UTC with milliseconds: always 24 characters, so it sorts as text on both engines. */
export type Instant = string;

/** SQLite's client binds no booleans. */
export type Flag = 0 | 1;

export const flag = (value: boolean): Flag => (value ? 1 : 0);
export const instant = (date: Date | null): Instant | null => date?.toISOString() ?? null;
export const date = (text: Instant | null): Date | null => (text === null ? null : new Date(text));

export interface PlaceColumns {
  place_channel: string | null;
  place_ts: string | null;
}

export function toPlaceColumns(place: Place | null): PlaceColumns {
  return { place_channel: place?.channel ?? null, place_ts: place?.ts ?? null };
}

export function fromPlaceColumns({ place_channel: channel, place_ts: ts }: PlaceColumns): Place | null {
  return channel === null || ts === null ? null : { channel, ts };
}

const idsSchema = z.array(z.string());

/** A list of ids, as JSON. */
export const toIds = (ids: readonly string[]): string => JSON.stringify(ids);
export const fromIds = (json: string): readonly string[] => idsSchema.parse(JSON.parse(json));
