import { z } from 'zod';
import { CLEARED_HANDLE, type ErasedPerson } from '../../removal/erasing.js';

/* Columns of JSON without a person. Null: they are not in it. What this does not know of the JSON stays. */

const subject = z.looseObject({ chatName: z.string().nullable(), handle: z.string().nullable() });
const wantedSchema = z.array(subject);
const factSchema = z.looseObject({ about: z.array(subject), detail: z.string().nullable() });

export function withoutInWanted(json: string, person: ErasedPerson): string | null {
  return differs(
    json,
    wantedSchema.parse(JSON.parse(json)).map((each) => without(each, person, CLEARED_HANDLE)),
  );
}

export function withoutInFact(json: string, person: ErasedPerson): string | null {
  const { about, detail, ...fact } = factSchema.parse(JSON.parse(json));
  const isAbout = about.some(({ handle }) => handle !== null && person.isHandle(handle));
  const kept = about.map((each) => without(each, person, null));
  const words = detail !== null && (isAbout || person.isNamedIn(detail)) ? null : detail;
  return differs(json, { ...fact, about: kept, detail: words });
}

/** Whether anything of a proposal is about them. */
export function isInWanted(json: string, person: ErasedPerson): boolean {
  return wantedSchema
    .parse(JSON.parse(json))
    .some(({ handle }) => handle !== null && person.isHandle(handle));
}

function without<Subject extends z.infer<typeof subject>>(
  each: Subject,
  { isHandle, isNamedIn }: ErasedPerson,
  instead: string | null,
): Subject {
  if (each.handle !== null && isHandle(each.handle)) return { ...each, handle: instead, chatName: null };
  return each.chatName !== null && isNamedIn(each.chatName) ? { ...each, chatName: null } : each;
}

function differs(before: string, after: unknown): string | null {
  const isSame = JSON.stringify(sorted(JSON.parse(before))) === JSON.stringify(sorted(after));
  return isSame ? null : JSON.stringify(after);
}

/** Keys in one order, so that only what they hold is compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sorted(held)]),
  );
}
