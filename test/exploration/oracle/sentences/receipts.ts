import type { Sentences } from '../meanings.js';

/** What a receipt says of a request that has ended, line by line, and around it. */
export const RECEIPTS: Sentences = [
  ['nothing', /^Receipt$/],
  ['nothing', /^receipt-[0-9a-f-]{36}\.csv$/],
  ['nothing', /^Request [0-9a-f-]{36}$/],
  ['nothing', /^Asked for by @\w+, ‹time›, in conversation \w+$/],
  ['nothing', /^Approved by @\w+(, ‹time›)?$/],
  ['nothing', /^No other approval was needed\.$/],
  ['declined', /^Declined by @\w+, ‹time›$/],
  ['withdrawn', /^Withdrawn by @\w+, ‹time›$/],
  ['expired', /^Nobody decided in time\.$/],
  ['stopped by', /^Stopped by @\w+$/],
  ['nothing was sent', /^(Nothing was sent|Never sent) to Linq$/],
  ['nothing', /^Chat ID [0-9a-f-]{36}$/],
  ['was sent', /^Sent to Linq: ‹time›$/],
  ['Linq accepted it', /^Accepted by Linq: ‹time›$/],
  ['no acceptance is on record', /^No clear acceptance by Linq is on record$/],
  ['nothing', /^Ended: ‹time›, (proven by (the member list|Linq’s event)|without proof)$/],
  ['nothing', /^Linq’s trace ID ‹trace›$/],
  ['nothing', /^Slack did not take the CSV file\.$/],
  ['may not', /^This receipt is for @\w+, who asked for it.*\.$/],
  ['nothing', /^Nothing was sent\.$/],
  ['nothing', /^No receipt was written\.$/],
];
