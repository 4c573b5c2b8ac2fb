import { readFileSync } from 'node:fs';
import { isUnescaped } from './database.js';
import type { Environment } from './environment.js';
import { type Problem, problemOfText, problemOfToken } from './problems.js';
import type { Setting } from './setting.js';

/** The value of one variable, of the type that its schema makes of it. */
export type Reading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** Reads one variable. Blanks around a value do not count, and a blank value counts as not set. */
export function readSetting(name: string, setting: Setting, env: Environment): Reading {
  const written = textOf(env[name]);
  const file = setting.secret && textOf(env[`${name}_FILE`]);
  if (written !== undefined && file !== undefined) return refuse('twice');
  const text = file === undefined ? written : readSecretFile(file);
  if (text === null) return refuse('no-file');
  const problem = text === undefined ? null : problemOf(setting, text);
  if (problem) return refuse(problem);
  const parsed = setting.schema.safeParse(text ?? setting.default ?? undefined);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse(text === undefined ? 'missing' : 'unusable');
}

const textOf = (value: string | undefined) => value?.trim() || undefined;
const refuse = (problem: Problem): Reading => ({ ok: false, problem });

function problemOf({ secret }: Setting, text: string): Problem | null {
  const problem = problemOfText(text);
  if (problem) return problem;
  if (secret === 'token') return problemOfToken(text);
  return secret === 'address' && isUnescaped(text) ? 'unescaped' : null;
}

/** Null when there is no such file, it may not be read, or nothing stands in it. */
function readSecretFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
