import * as z from 'zod';
import type { Answer } from './call.js';

const KNOWN_FOR_MS = 10 * 60_000;
const RETRY_AFTER_MS = 60_000;

const listSchema = z.object({ phone_numbers: z.array(z.object({ phone_number: z.string() })) });

/** Our numbers; null as long as Linq has never told them. */
export type OwnLines = (ask: () => Promise<Answer>) => Promise<ReadonlySet<string> | null>;

/**
 * Our phone lines, asked for once in ten minutes. They only help to recognise ourselves, so a failure answers with
 * what was known before (at first nothing) and rests for a minute. `ask` is the way of the caller who needs them.
 */
export function createOwnLines(elapsed: () => number): OwnLines {
  let lines: ReadonlySet<string> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let freshForMs = 0;
  let asking: Promise<void> | null = null;

  async function refresh(ask: () => Promise<Answer>): Promise<void> {
    const numbers = readLines(await ask());
    if (numbers !== null) lines = numbers;
    askedAt = elapsed();
    freshForMs = numbers === null ? RETRY_AFTER_MS : KNOWN_FOR_MS;
    asking = null;
  }

  return async (ask) => {
    const age = elapsed() - askedAt;
    if (age >= freshForMs) {
      asking ??= refresh(ask);
      await asking;
    }
    return lines;
  };
}

/** The numbers of `GET /v3/phone_numbers`; null when the answer is no such list, or an empty one, which tells nothing. */
function readLines(answer: Answer): ReadonlySet<string> | null {
  const parsed = answer.ok ? listSchema.safeParse(answer.body) : null;
  const numbers = parsed?.success ? parsed.data.phone_numbers.map((line) => line.phone_number) : [];
  return numbers.length > 0 ? new Set(numbers) : null;
}
