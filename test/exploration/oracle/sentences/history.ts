import type { Sentences } from '../meanings.js';

const KINDS = [
  'Approved',
  'Asking Linq',
  'Trying again soon',
  'No answer yet, checking',
  'Removal queued',
  'Removed',
  'Already gone',
  'Not removed',
  'Not confirmed',
  'Adding back approved',
  'Asking Linq to add back',
  'Adding back, trying again soon',
  'Adding back, no answer yet, checking',
  'Adding back queued',
  'Was added back',
  'Already back',
  'Not added back',
  'Adding back not confirmed',
  'Not allowed',
  'Waiting for approval',
  'Changed since it was shown',
  'Declined',
  'Approval expired',
  'Approved by one, waiting for others',
  'Withdrawn',
  'Adding back, waiting for approval',
  'Adding back, approved by one, waiting for others',
  'Adding back, changed since it was shown',
  'Adding back declined',
  'Adding back withdrawn',
  'Adding back, approval expired',
  'Adding back, no approver could be reached',
  'No approver could be reached',
  'Looked up',
].join('|');

/** The list that `/linq-remove history` answers with. Each entry was true at its time. */
export const HISTORY: Sentences = [
  [
    'nothing',
    /^There are no (removals|refused attempts)( in this workspace| that you or this conversation asked for)?( about .*)? yet\.$/,
  ],
  ['nothing', /^(To make the first one: \/linq-remove|A refusal shows up here at once\.)$/],
  ['nothing', /^Without a filter, \/linq-remove history shows the latest of all\.$/],
  ['nothing', /^(Removals|Refused attempts), newest first$/],
  [
    'nothing',
    /^The latest (removals?|refused attempts?)( in this workspace| that you or this conversation asked for)?( about .*)?$/,
  ],
  [
    'nothing',
    new RegExp(
      `^(${KINDS})(: (by the rule “[^”]+”|‹member›|‹chat›)( · (‹member›|‹chat›))*)?( · Reason: .*)?$`,
    ),
  ],
  ['nothing', /^‹time› · asked for by @.*$/],
];
