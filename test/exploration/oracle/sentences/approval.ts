import type { Sentences } from '../meanings.js';

/** What is told about a request that others have to approve. */
export const APPROVAL: Sentences = [
  ['waits for approval', /^Waiting for approval$/],
  ['declined', /^Declined$/],
  ['expired', /^Expired$/],
  ['withdrawn', /^Withdrawn$/],
  [
    'waits for approval',
    /^@\w+ asks for this, and nothing is removed before ((one of )?@\w+(, @\w+)* approves|\d of @\w+(, @\w+)* approve) it\.$/,
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
  ['withdrawn', /^(@\w+ )?Withdrawn by @\w+, who had asked for it\.$/],
  ['nothing', /^Approved by @\w+(, @\w+)*\.$/],
  ['more approvals are needed', /^(One more approval is|\d more approvals are) needed\.$/],
  ['nothing', /^The chats changed after @\w+(, @\w+)* approved this, so that does not count any more\.$/],
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
  [
    'nothing was decided',
    /^Nothing was (decided|declined|withdrawn)(, and nothing is removed)?( by this step)?\.$/,
  ],
  [
    'withdrawal is recorded',
    /^(Your request is withdrawn|Something went wrong on our side after your request was withdrawn)\.$/,
  ],
  ['nothing', /^Nothing is removed by it\.$/],
  ['nothing', /^This has been decided already, so there is nothing left to withdraw\.$/],
  ['withdrawn', /^(@\w+|Somebody) has withdrawn this request\.$/],
  ['nothing', /^The message says how it goes\.$/],
  ['nothing', /^It is not known whether your decision was recorded\.$/],
  ['nothing', /^Close this window and press Review again in a moment(: it says how this stands)?\.$/],
  ['others approved', /^(@\w+|Somebody) has already approved this\.$/],
  ['others declined', /^(@\w+|Somebody) has already declined this\.$/],
  ['nothing', /^The message (follows what happens|says what becomes of it)\.$/],
  ['expired', /^Nobody approved this in time, so nothing was removed\.$/],
  ['nothing', /^You can still decline this request\.$/],
];
