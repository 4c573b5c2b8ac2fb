import { fileURLToPath } from 'node:url';
import { compile, run } from './code-cache.js';

/* What `node dist/main.js` starts. The build puts the name of the application's file in the place of APP_FILE. */

const file = fileURLToPath(new URL(APP_FILE, import.meta.url));
run(compile(file), file);
