import type { Sentences } from '../meanings.js';

/** What stands in messages around how a change stands: who, how far, and why it is told here. */
export const TELLING: Sentences = [
  ['nothing', /^(Stop|Retry|Review|Withdraw…|Receipt…|Add back…|Receipt…)$/],

  ['nothing', /^(Asked to remove|Removing) (‹member›|\d+ people) from (‹chat›|\d+ chats)$/],
  ['nothing', /^(Asked to add|Adding) (‹member›|\d+ people) back to (‹chat›|\d+ chats)$/],
  ['how far it is', /^\d+ of \d+ [A-Za-z ]+(, \d+ [A-Za-z ]+)*\.$/],
  ['nothing', /^All \d+( chats|, by person)$/],
  ['nothing', /^These need attention\.$/],
  ['nothing', /^The whole list follows in the thread\.$/],

  ['nothing', /^Reason: .*$/],
  ['stopped by', /· stopped by @\w+/],
  ['nothing', /^Asked for by @\w+( · approved by @\w+(, @\w+)*)?( · Linq trace ‹trace›(, ‹trace›)*)?$/],
  ['nothing', /^@\w+ this did not end as asked\.$/],
  ['turned out otherwise', /^@\w+ this turned out otherwise\.$/],

  ['a member added them', /^‹member› was added back to ‹chat›\.$/],
  ['nothing', /^(@\w+ )?Added at ‹time›\.$/],
  ['nothing', /^If that should not be, run \/linq-remove again\.$/],

  ['nothing', /^I cannot post in this conversation\.$/],
  ['nothing', /^Nobody can post in that conversation right now\.$/],
  ['nothing', /^Slack does not let the app post\.$/],
  ['nothing', /^Please ask a workspace admin, then `?\/invite @linq-remove`?$/],
  ['nothing', /^(To have results posted there|Where I should post: open another one and).*$/],
  [
    'nothing',
    /^The message in the conversation was deleted, or can no longer be changed, so this is told here\.$/,
  ],
  [
    'nothing',
    /^Slack did not say whether my message arrived in the conversation, or wanted it much later\.$/,
  ],
  ['nothing', /^If it never does: `?\/invite @linq-remove`?$/],
  ['nothing', /^Since then, people were added back, or are being added back, by the app\.$/],
  ['nothing', /^A message of its own tells how that ends\.$/],
  ['nothing', /^This copy does not change\.$/],
  [
    'nothing',
    /^This copy does not change; a second one here, or a direct message to @\w+, tells how it ends\.$/,
  ],
];
