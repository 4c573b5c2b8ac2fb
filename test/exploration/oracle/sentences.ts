import type { Sentences } from './meanings.js';
import { ACCESS } from './sentences/access.js';
import { ANSWERS } from './sentences/answers.js';
import { APPROVAL } from './sentences/approval.js';
import { HISTORY } from './sentences/history.js';
import { NEXT } from './sentences/next.js';
import { PAUSE } from './sentences/pause.js';
import { REASONS } from './sentences/reasons.js';
import { RECEIPTS } from './sentences/receipts.js';
import { STANDING } from './sentences/standing.js';
import { TELLING } from './sentences/telling.js';

/** Every sentence that people read, with what it says. The first that fits counts. */
export const SENTENCES: Sentences = [
  ...STANDING,
  ...REASONS,
  ...NEXT,
  ...TELLING,
  ...APPROVAL,
  ...PAUSE,
  ...ANSWERS,
  ...ACCESS,
  ...HISTORY,
  ...RECEIPTS,
];
