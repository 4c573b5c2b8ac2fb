import {
  type CountryCode,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { z } from 'zod';
import { clean, cut } from '../blocks/text.js';

/** What a person's text means, or a sentence that says why it means nothing and how to write it. */
export type Input =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: string };

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
/** Quotation marks, and what stood between this and its neighbour. */
const QUOTES = /^["'“”„«»‘’`,;\s]+|["'“”„«»‘’`,;\s]+$/gu;
/** Hyphens that word processors and contact lists put between digits. */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;
/** Slack's own link markup: `<tel:+1555|555>`, `<mailto:a@b|a@b>`, `<https://…|…>`. */
const LINK = /^<(?<target>[^|>]*)(?:\|[^>]*)?>$/u;
const SCHEME = /^(?:mailto|tel|sms|imessage):(?:\/\/)?/iu;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/giu;

/** Pasted text without what pasting added: entities, invisible marks, odd hyphens, quotes, link markup. */
export function unwrap(text: string): string {
  const decoded = text.replace(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity] ?? entity);
  const bare = straighten(decoded).replace(QUOTES, '').trim();
  const target = LINK.exec(bare)?.groups?.target ?? bare;
  return target.replace(SCHEME, '').replace(QUOTES, '').trim();
}

/** Text without invisible marks and with plain hyphens. */
export function straighten(text: string): string {
  return clean(text).replace(DASHES, '-');
}

/** All chat IDs (UUIDs, lower case) that occur in a text. */
export function findChatIds(text: string): string[] {
  return (straighten(text).match(UUID) ?? []).map((id) => id.toLowerCase());
}

/** A chat ID, alone or inside a link to the chat. */
export function parseChatId(text: string): Input {
  const ids = new Set(findChatIds(text));
  const [id] = ids;
  if (ids.size === 1 && id) return { ok: true, value: id };
  if (ids.size > 1) return { ok: false, problem: 'There are several chat IDs here. Enter one.' };
  const shown = cut(unwrap(text), 40);
  return {
    ok: false,
    problem: `“${shown}” is not a chat ID. It looks like 550e8400-e29b-41d4-a716-446655440000: copy it from Linq.`,
  };
}

/**
 * A phone number or an email. Numbers without a country code are read in `defaultCountry`. A number that is possible
 * is accepted even where metadata does not know it: Linq knows its members better.
 */
export function parseHandle(text: string, defaultCountry: CountryCode): Input {
  const bare = unwrap(text);
  return bare.includes('@') ? parseEmail(bare) : parsePhone(bare, defaultCountry);
}

function parseEmail(text: string): Input {
  const email = z.email().max(254).safeParse(text);
  if (email.success) return { ok: true, value: email.data };
  return {
    ok: false,
    problem: `“${cut(text, 60)}” is not a complete email address. Write it like pat@example.com.`,
  };
}

function parsePhone(text: string, defaultCountry: CountryCode): Input {
  // libphonenumber-js reads `(205) 249-9136` but not `(+44) 20…`, which contact lists write.
  const dialable = text.replace(/^\((\+\d+)\)/u, '$1 ');
  const phone = parsePhoneNumberFromString(dialable, { defaultCountry, extract: false });
  if (phone?.isPossible() && !phone.ext) return { ok: true, value: phone.number };
  return { ok: false, problem: phoneProblem(dialable, defaultCountry, phone?.ext) };
}

type LengthProblem = NonNullable<ReturnType<typeof validatePhoneNumberLength>>;

const WHAT_IS_WRONG: Record<LengthProblem, string> = {
  TOO_SHORT: 'is too short for a phone number',
  TOO_LONG: 'is too long for a phone number',
  INVALID_LENGTH: 'does not have the length of a phone number',
  INVALID_COUNTRY: 'starts with a country code that does not exist',
  NOT_A_NUMBER: 'is neither a phone number nor an email address',
};

function phoneProblem(text: string, defaultCountry: CountryCode, extension: string | undefined): string {
  const shown = `“${cut(text, 40)}”`;
  if (extension) return `${shown} has an extension, and a chat member has none. Leave it out.`;
  const wrong = WHAT_IS_WRONG[validatePhoneNumberLength(text, { defaultCountry }) ?? 'NOT_A_NUMBER'];
  return `${shown} ${wrong}. Write a number with + and the country code, like +12052499136, or an email.`;
}
