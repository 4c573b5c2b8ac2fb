import { z } from 'zod';
import type { Answer } from './call.js';

const KNOWN_FOR_MS = 10 * 60_000;
const RETRY_AFTER_MS = 60_000;

const listSchema = z.object({ phone_numbers: z.array(z.object({ phone_number: z.string() })) });

export type OwnLines = () => Promise<ReadonlySet<string>>;

/**
 * Our phone lines, asked for once in ten minutes. They only help to recognise ourselves, so a failure answers with
 * what was known before (at first nothing) and rests for a minute.
 */
export function createOwnLines(ask: () => Promise<Answer>, now: () => Date): OwnLines {
  let lines: ReadonlySet<string> = new Set();
  let freshUntil = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    const numbers = readLines(await ask());
    if (numbers !== null) lines = numbers;
    freshUntil = now().getTime() + (numbers === null ? RETRY_AFTER_MS : KNOWN_FOR_MS);
    asking = null;
  }

  return async () => {
    if (now().getTime() >= freshUntil) {
      asking ??= refresh();
      await asking;
    }
    return lines;
  };
}

/** The numbers of `GET /v3/phone_numbers`; null when the answer is no such list. */
function readLines(answer: Answer): ReadonlySet<string> | null {
  const parsed = answer.ok ? listSchema.safeParse(answer.body) : null;
  return parsed?.success ? new Set(parsed.data.phone_numbers.map((line) => line.phone_number)) : null;
}
