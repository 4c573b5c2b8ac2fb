import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** What Node.js gives a CommonJS module. Without a line break: lines in stack traces are those of the file. */
const HEAD = '(function (exports, require, module, __filename, __dirname) {';

/** Where V8's code cache for this file lies. */
export function cacheOf(file) {
  return `${file}.cache`;
}

/**
 * Compiles a CommonJS file, with its code cache where there is one. The file is ASCII: a single other character would
 * double what it takes in memory. V8 refuses a cache that another version of itself made, or that is cut off, and
 * compiles as it would without.
 */
export function compile(file) {
  const cache = cacheOf(file);
  return new Script(`${HEAD}${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
  });
}

/** Runs what `compile` made of this file as Node.js runs a module. */
export function run(script, file) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}
