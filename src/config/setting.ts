import * as z from 'zod';

/** One variable of the environment. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** When it is not set; null: nothing, or it has to be set. */
  readonly default: string | null;
  /** Part of a sentence, said when it is missing and when it is wrong. */
  readonly shouldBe: string;
  /** From the text of the variable to what the application uses. */
  readonly schema: Schema;
  /**
   * Also read from the file that `NAME_FILE` names. A `token` travels in headers exactly as it stands; an `address`
   * has a password in it.
   */
  readonly secret?: 'token' | 'address';
}

export type Settings = Readonly<Record<string, Setting>>;

/** The values of a group of settings after all of them were read. */
export type Values<Group extends Settings> = {
  readonly [Name in keyof Group]: z.output<Group[Name]['schema']>;
};

export const text = z.string();

export const wholeNumber = (least: number, most: number) =>
  text
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

export const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** IDs of Slack separated by commas, each once. A list that names none is a mistake, not "no list". */
export const idsLike = (pattern: RegExp) =>
  text
    .transform((value) => [...new Set(value.split(',').map((id) => id.trim()))].filter(Boolean))
    .refine((ids) => ids.length > 0 && ids.every((id) => pattern.test(id)))
    .optional()
    .transform((ids) => ids ?? []);

export const oneOf = (words: readonly string[]) => `one of ${words.map((word) => `"${word}"`).join(', ')}`;

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Tokens travel in every request: unencrypted at most within this machine. */
export const safeUrl = text.refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
});
