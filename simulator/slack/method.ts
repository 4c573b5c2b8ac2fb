import type { Block } from './block-kit.js';
import { messageBlocks } from './block-limits.js';
import { isObject, type Json, parseJson, textOf } from './json.js';
import { explained, Refusal } from './refusal.js';

/** One Web API method. `act` returns what comes beside `ok: true`, or throws a `Refusal`. */
export interface Method {
  readonly token: 'bot' | 'app';
  readonly scope?: string;
  act(args: Json): Json;
}

export type MethodTable = Readonly<Record<string, Method>>;

/** Arguments that Slack takes as JSON inside the form. */
const STRUCTURED = ['blocks', 'view', 'metadata', 'attachments'];

/** The arguments of a call, whichever way they were sent. Structured ones are parsed; unreadable ones stay text. */
export function readArgs(contentType: string, body: string): Json {
  const isJson = contentType.startsWith('application/json');
  const parsed = isJson ? parseJson(body) : Object.fromEntries(new URLSearchParams(body));
  const args = isObject(parsed) ? parsed : {};
  const unfolded = Object.entries(args).map(([name, value]) => [name, unfold(name, value)]);
  return Object.fromEntries(unfolded);
}

function unfold(name: string, value: unknown): unknown {
  const isFolded = STRUCTURED.includes(name) && typeof value === 'string';
  return isFolded ? (parseJson(value) ?? value) : value;
}

/** The text, or `invalid_arguments` naming what is missing. */
export function required(args: Json, name: string): string {
  const value = textOf(args[name]);
  if (value === null) throw explained('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
  return value;
}

/** The blocks of a message, checked as Slack checks them; none is an empty list. */
export function readBlocks(value: unknown): readonly Block[] {
  if (value === undefined || value === '') return [];
  if (!Array.isArray(value)) throw new Refusal('invalid_blocks_format');
  const problems = messageBlocks(value, '/blocks');
  if (problems.length > 0) throw explained('invalid_blocks', problems);
  // Checked just now, field by field.
  return value as readonly Block[];
}
