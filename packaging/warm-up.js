import { writeFileSync } from 'node:fs';
import { cacheOf, compile, run } from './code-cache.js';

/* Runs the file it is given, and leaves V8's code cache beside it when that ends in order. Used by the build alone. */

const file = process.argv[2];
const script = compile(file);
process.on('exit', (code) => {
  if (code === 0) writeFileSync(cacheOf(file), script.createCachedData());
});
run(script, file);
