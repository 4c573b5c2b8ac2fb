import type { Sentences } from '../meanings.js';

/** What is said about a pause: in the conversation where it was typed, in messages, and in windows. */
export const PAUSE: Sentences = [
  ['was resumed', /^Resumed$/],
  ['is paused', /^Paused by @\w+ since ‹time›: nothing is sent to Linq before it is resumed\.$/],
  ['nothing', /^What was sent before is still checked\.$/],
  ['nothing', /^Why it is paused: .*$/],
  [
    'is paused',
    /^It waits: @\w+ has paused this app ‹time›, and nothing is sent to Linq before it is resumed\.$/,
  ],
  [
    'is paused',
    /^@\w+ has paused this app: nothing is sent to Linq before it is resumed with `?\/linq-remove resume`?\.$/,
  ],
  ['nothing', /^Requests can still be made and decided, and wait\.$/],
  ['nothing', /^A call that had left by then may still be carried out\.$/],
  ['was resumed', /^@\w+ has resumed this app, which @\w+ had paused ‹time›\.$/],
  ['nothing', /^What waited is sent to Linq now\.$/],
  ['nothing', /^Nobody but you can see this, because the app cannot post in this conversation\.$/],
  ['nothing', /^To have it told here: `?\/invite @linq-remove`?$/],
  ['nothing', /^This app is not paused, so there was nothing to resume\.$/],
  ['nothing', /^This app was paused already, and has just been resumed\.$/],
  ['nothing', /^To pause it again, run \/linq-remove pause\.$/],
  ['is paused', /^@\w+ has paused this app already, ‹time›\.$/],
  ['nothing', /^It stays paused, and nothing was changed by this\.$/],
  ['pause is recorded', /^Something went wrong on our side after the pause was recorded\.$/],
  ['was resumed', /^Something went wrong on our side after the pause was ended\.$/],
  ['nothing', /^Nothing is sent to Linq before it is resumed\.$/],
  ['nothing was paused', /^Nothing was (paused|resumed)( by this step)?\.$/],
];
