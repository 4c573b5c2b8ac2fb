import type { Sentences } from '../meanings.js';

/** What a person is answered: in a window that follows a submission, or in words below the conversation. */
export const ANSWERS: Sentences = [
  ['approval is recorded', /^Your approval is recorded( and Linq is being asked now)?\.$/],
  ['approval is recorded', /^Something went wrong on our side after your approval was recorded\.$/],
  ['request is recorded', /^Your request is recorded\.$/],
  ['request is recorded', /^Something went wrong on our side after your request was recorded\.$/],
  ['addition is recorded', /^This is recorded( and Linq is being asked now)?\.$/],
  ['addition is recorded', /^Something went wrong on our side after this was recorded\.$/],
  [
    'nothing',
    /^The result appears in the conversation where you typed the command, and stays up to date there\.$/,
  ],
  ['nothing', /^The (messages? in the conversation|thread of the message) (says?|tells?) how it goes\.$/],
  ['nothing', /^How (it|that) goes is told in the thread of the message\.$/],
  ['nothing', /^You can close this window\.$/],
  ['nothing', /^Nothing is removed before that\.$/],

  // Everything that was recorded from one window; each has a line of its own here.
  [
    'is on record',
    /^Recorded from this window: ‹member› (from|back to) ‹chat›(, (stopped|waiting for approval|declined|withdrawn|not approved in time|not approved, because no approver could be reached))?$/,
  ],
  [
    'nothing',
    /^For what you did not mean, press Stop there: what is not sent to Linq yet is then not sent\.$/,
  ],
  [
    'nothing',
    /^(What waits for approval is not removed before that|Nobody is added before that is approved), and those who may approve it can decline it\.$/,
  ],

  // Nothing came of it.
  ['was not recorded', /^This could not be recorded, so (nothing was removed|nobody is added) by it\.$/],
  ['was not recorded', /^You closed the window before this was recorded\.$/],
  ['was not recorded', /^Nothing was removed by this step\.$/],
  ['nothing', /^Something went wrong on our side while something was to be shown to you\.$/],
  ['nothing', /^(Looking|That) changes nothing\.$/],
  ['nothing', /^Where a window is open all the same, go on in it instead\.$/],
  ['was not recorded', /^Nothing was recorded( yet| and nothing was sent to Linq)?\.$/],
  ['was not recorded', /^Nobody is added( by this step)?\.$/],
  ['was not recorded', /^Nothing was changed( by this)?\.$/],
  ['nothing more was recorded', /^Nothing more was recorded\.$/],
  [
    'is being added by another window',
    /^What you chose, or a part of it, is being added back already, from another window\.$/,
  ],
  ['nothing', /^To see what is left, press “Add back…” again\.$/],

  // Not known.
  ['nothing', /^It is not known whether this was recorded\.$/],
  [
    'nothing',
    /^It is not known whether this was recorded: (look .*|if the message does not say so, press (Stop|“Withdraw…”) again|run \/linq-remove (pause|resume) again, which does no harm)\.$/,
  ],

  // A press on Stop.
  ['stop is recorded', /^Stopped: nothing more is sent to Linq\.$/],
  ['nothing', /^What was on its way before cannot be called back; the message tells how that ends\.$/],
  ['stop is recorded', /^Something went wrong on our side after Stop was recorded\.$/],
  ['nothing', /^The message says what was sent to Linq before it\.$/],
  ['nothing was stopped', /^Nothing was stopped( by this step)?\.$/],
  ['was stopped already', /^This was already stopped\.$/],
  ['nothing is left to stop', /^Everything was already sent to Linq, so there was nothing left to stop\.$/],
  ['has ended already', /^This has already ended, so there was nothing left to stop\.$/],

  // Beside these.
  ['nothing', /^Something went wrong on our side\.$/],
  ['nothing', /^The app is restarting\.$/],
  // Where this is said, the step is not taken up at all.
  ['nothing', /^Nothing was removed by this step; what an earlier one recorded stands\.$/],
  ['nothing', /^Please (try again|press|run|ask|tell|close).*$/i],
  ['nothing', /^This request is no longer on record\.$/],
  ['nothing', /^Run \/linq-remove again\.$/],
  ['nothing', /^There is nothing left to retry here: every chat has ended for good\.$/],
  [
    'nothing',
    /^There is nobody to add back here any more: that is possible for 24 hours after a removal is confirmed, once for each chat\.$/,
  ],
  ['nothing', /^You can still add the person from a phone\.$/],
  ['nothing', /^Slack did not open the window in time\.$/],
  ['nothing', /^Slack did not open the window, because this took too long or the command arrived twice\.$/],
  ['nothing', /^If you see no window, please run it again: .*$/],
  ['nothing', /^The review could not be shown because of a problem on our side\.$/],
  ['nothing', /^Go back and try again\.$/],
];
