import '../flow/crash.test.js';
import { useEngine } from '../support/stage.js';

/* The very same tests on a database server. */

beforeAll(() => useEngine('postgres'));
