import type { Sentences } from '../meanings.js';

/** What people read who may not, or of whom that cannot be told. What was not done stands among the answers. */
export const ACCESS: Sentences = [
  ['may not', /^You are not among the people who may do this\.$/],
  ['may not', /^Guests of this workspace may not do this\.$/],
  ['may not', /^Only members of this workspace may do this, and you belong to another one\.$/],
  ['may not', /^\/linq-remove may not be used in this conversation\.$/],
  [
    'may not',
    /^This conversation is shared with another organisation, and \/linq-remove may not be used there\.$/,
  ],
  ['may not', /^Slack says that your account is deactivated\.$/],
  ['may not', /^It cannot be told whether .*$/],
  ['may not', /^This cannot be approved: @\w+ .*\.$/],
  ['nothing', /^If it is still wanted, a person who may has to ask for it with \/linq-remove\.$/],
  ['may not', /^Only @\w+, who asked for this, can withdraw it\.$/],
  ['nothing', /^Whoever may approve it can decline it: press Review\.$/],
  ['may not', /^Only @\w+, who asked for the removal, can add them back\.$/],
  ['may not', /^Somebody else has to decide this: nobody approves their own request\.$/],
  ['may not', /^Nobody (else )?is named who may approve this(, and nobody approves their own request)?\.$/],
  [
    'may not',
    /^Nobody could approve this: apart from you, the people named for that are deactivated, guests or of another organisation\.$/,
  ],
  [
    'may not',
    /^\d different people have to approve this, and apart from you only (one person|\d+ people) could\.$/,
  ],
  ['nothing', /^Slack does not say now who may approve this, so nobody could be asked\.$/],
  ['may not stop', /^Only @\w+, or somebody who may approve removals, can stop this\.$/],
  [
    'may not',
    /^One person may have \d+ people removed within an hour \(REMOVALS_PER_HOUR\), and .* recorded for you in the last one\.$/,
  ],
  ['nothing', /^Beyond that a removal needs somebody else's approval\.$/],
  [
    'nothing',
    /^Up to \d+ removals within an hour need nobody else \(APPROVAL_BULK_ABOVE\), and you asked for \d+ in the last one\.$/,
  ],
  ['nothing', /^Choose \d+ at most, or ask the app's owner\.$/],
  ['nothing', /^Nothing is shown\.$/],
  ['nothing', /^(Use it in|Invite it with) .*$/],
];
