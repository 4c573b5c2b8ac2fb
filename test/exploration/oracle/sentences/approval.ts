import type { Sentences } from '../meanings.js';

/** What is told about a request that others have to approve. */
export const APPROVAL: Sentences = [
  ['waits for approval', /^Waiting for approval$/],
  ['declined', /^Declined$/],
  ['expired', /^Expired$/],
  [
    'waits for approval',
    /^@\w+ asks for this, and nothing is removed before (one of )?@\w+(, @\w+)* approves it\.$/,
  ],
  ['nothing', /^It ends by itself ‹time›\.$/],
  ['nothing', /^and \d+ more, which the review lists$/],
  ['nothing', /^Remove (‹member›|\d+ people) from (‹chat›|\d+ chats)\?$/],
  ['nobody was removed', /^Nothing was removed\.$/],
  ['nothing', /^Asked for was to remove (‹member›|\d+ people) from (‹chat›|\d+ chats)\.$/],
  ['declined', /^(@\w+ )?Declined by @\w+\.$/],
  ['expired', /^(@\w+ )?Nobody approved this in time\.$/],
  ['nothing', /^To ask again, run \/linq-remove\.$/],
  ['nothing', /^Removing (‹member›|\d+ people) from (‹chat›|\d+ chats)\.$/],
  ['nothing', /^Approved by @\w+\.$/],
  ['nothing', /^Why: .*$/],
  ['nothing', /^Nobody but you can see this, so nobody can approve it\.$/],
  ['nothing', /^Invite the app to a conversation where approvers are, and ask there\.$/],

  // Windows of a decision.
  ['decision is recorded', /^Something went wrong on our side after your decision was recorded\.$/],
  ['decline is recorded', /^Nothing is removed\.$/],
  [
    'nothing',
    /^The person who asked reads your reason in the conversation, unless another organisation reads there too\.$/,
  ],
  ['nothing was decided', /^Nothing was (decided|declined)( by this step)?\.$/],
  ['nothing', /^It is not known whether your decision was recorded\.$/],
  ['nothing', /^Close this window and press Review again in a moment(: it says how this stands)?\.$/],
  ['others approved', /^(@\w+|Somebody) has already approved this\.$/],
  ['others declined', /^(@\w+|Somebody) has already declined this\.$/],
  ['nothing', /^The message (follows what happens|says what becomes of it)\.$/],
  ['expired', /^Nobody approved this in time, so nothing was removed\.$/],
  ['nothing', /^You can still decline this request\.$/],
];
