import { isObject, type Json } from './json.js';

/** Looks at one value and says what Slack would say about it; `at` is a JSON pointer. No problem, empty list. */
export type Check = (value: unknown, at: string) => readonly string[];

/** One line of `response_metadata.messages`. The form is Slack's; only some of the wordings are known from it. */
export function problem(what: string, at: string): string {
  return `[ERROR] ${what} [json-pointer:${at}]`;
}

/** A string of so many characters. Slack counts code points: an emoji is one, not two. */
export function chars(max: number, min = 0): Check {
  return (value, at) => {
    if (typeof value !== 'string') return [problem('must be a string', at)];
    const length = [...value].length;
    if (length > max) return [problem(`must be less than ${max + 1} characters`, at)];
    return length < min ? [problem(`must be more than ${min - 1} characters`, at)] : [];
  };
}

export const flag: Check = (value, at) =>
  typeof value === 'boolean' ? [] : [problem('must be a boolean', at)];

export function whole(min: number, max: number): Check {
  return (value, at) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : [problem(`must be a whole number from ${min} to ${max}`, at)];
}

export function oneOf(...values: readonly string[]): Check {
  return (value, at) =>
    values.includes(String(value)) ? [] : [problem(`value must be one of: ${values.join(', ')}`, at)];
}

export function list(item: Check, max: number, min = 1): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem('must be an array', at)];
    if (value.length > max) return [problem(`no more than ${max} items allowed`, at)];
    if (value.length < min) return [problem(`no less than ${min} items allowed`, at)];
    return value.flatMap((each, index) => item(each, `${at}/${index}`));
  };
}

/** An object with these fields and no others; those named in `required` must be there. */
export function shape(fields: Record<string, Check>, ...required: readonly string[]): Check {
  return (value, at) => {
    if (!isObject(value)) return [problem('must be an object', at)];
    const missing = required
      .filter((name) => value[name] === undefined)
      .map((name) => problem(`missing required field: ${name}`, at));
    return [...missing, ...Object.keys(value).flatMap((name) => checkField(fields, value, name, at))];
  };
}

function checkField(fields: Record<string, Check>, value: Json, name: string, at: string): readonly string[] {
  if (value[name] === undefined) return [];
  const check = fields[name];
  return check ? check(value[name], `${at}/${name}`) : [problem(`invalid additional property: ${name}`, at)];
}

/** An object whose `type` says which of these it must be. */
export function byType(kinds: Record<string, Check>): Check {
  return (value, at) => {
    const type = isObject(value) ? String(value.type) : '';
    const check = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    return check ? check(value, at) : [problem(`unsupported type: ${type}`, `${at}/type`)];
  };
}

/** All of the checks, every complaint. */
export function all(...checks: readonly Check[]): Check {
  return (value, at) => checks.flatMap((check) => check(value, at));
}
