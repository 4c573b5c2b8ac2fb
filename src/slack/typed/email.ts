import * as z from 'zod';
import { type Candidate, handleKey } from './candidate.js';
import { QUOTES, trimmed } from './plain-text.js';
import { explain, type Reason } from './reasons.js';

/** RFC 5321, section 4.5.3.1. */
const LONGEST_NAME = 64;
const LONGEST = 254;
const EDGE = new RegExp(`[\\s${QUOTES}*~,;:.!?¡¿…()[\\]{}<>-]`, 'u');
const NAME_CHARACTER = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]*$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
/** Letters of any language in front of the @ (RFC 6531): Apple lets people have such addresses. */
const email = z.email({ pattern: z.regexes.unicodeEmail }).max(LONGEST);

/** Reads one word with an @ in it. The name of a field in front (`email:pat@…`) and a sentence's end are left out. */
export function readEmail(word: string): Candidate {
  const typed = withoutUnderlines(trimmed(word, EDGE)).normalize('NFC') || word;
  const address = typed.slice(typed.lastIndexOf(':') + 1);
  const wide = address.normalize('NFKC');
  const reason = emailProblem(wide);
  const spellings = [wide, reason ? address : wide.toLowerCase(), address];
  return {
    typed,
    readings: [...new Set(spellings)].slice(0, 2),
    problem: reason ? explain(reason, typed, oddCharacter(wide)) : null,
    keys: [...new Set([address, typed, word].map(handleKey))],
  };
}

/** Slack's italic puts one underline on either side; an address may begin with one. */
function withoutUnderlines(text: string): string {
  return text.length > 2 && text.startsWith('_') && text.endsWith('_') ? text.slice(1, -1) : text;
}

function emailProblem(text: string): Reason | null {
  const [name = '', domain = '', ...others] = text.split('@');
  if (others.length > 0) return /[^/&|+][/&|+]/u.test(domain) ? 'email-two' : 'email-two-ats';
  if (name === '') return 'email-no-name';
  if (domain === '') return 'email-no-domain';
  if (/\s/u.test(text)) return 'email-blank';
  if (/^\.|\.\.|\.$/u.test(name) || /^\.|\.\.|\.$/u.test(domain)) return 'email-dots';
  if (!domain.includes('.')) return 'email-no-dot';
  if (!NAME_CHARACTER.test(name)) return 'email-character';
  if (name.length > LONGEST_NAME || text.length > LONGEST) return 'email-too-long';
  return isDomain(domain) && email.safeParse(text).success ? null : 'email-domain';
}

/** Labels of letters, digits and inner hyphens; the last one is no number, or it would be an IP address. */
function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.every((label) => DOMAIN_LABEL.test(label)) && /\p{L}/u.test(labels.at(-1) ?? '');
}

function oddCharacter(text: string): string {
  const odd = [...text].find((char) => char !== '@' && !NAME_CHARACTER.test(char));
  return odd === undefined ? '' : `“${odd}”`;
}
