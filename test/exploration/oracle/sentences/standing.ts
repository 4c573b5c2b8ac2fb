import type { Sentences } from '../meanings.js';

/** How a change stands: headlines, and the sentences below them. */
export const STANDING: Sentences = [
  ['is being asked for', /^Asking Linq$/],
  ['waits for Linq', /^Trying again soon$/],
  ['is being checked', /^No answer yet, checking$/],
  ['is queued', /^Removal queued$/],
  ['removed', /^Removed$/],
  ['left', /^No longer in the chat$/],
  ['not in the chat', /^Not in the chat$/],
  ['gone', /^Already gone$/],
  ['not removed', /^Not removed$/],
  ['not confirmed', /^Not confirmed$/],
  ['is being added', /^Adding back( queued)?$/],
  ['is added back', /^Back$/],
  ['was back already', /^Already back$/],
  ['not added', /^Not added back$/],
  ['is paused', /^Paused$/],
  ['nothing', /^(Removing|Finished|Approved)$/],

  ['is being asked for', /^Linq has not yet answered the request to remove ‹member› from ‹chat›\.?$/],
  ['nothing', /^What happens next is told here\.$/],
  ['is queued', /^Linq accepted the request to remove ‹member› from ‹chat›\.$/],
  ['nothing', /^It is not done yet(: once the member list shows it, you read it here)?\.$/],
  [
    'removed',
    /^‹member› is no longer in ‹chat›, confirmed after (1 second|\d+ seconds|\d+ minutes|\d+ hours)\.$/,
  ],
  // Why it is so follows in the next sentence, and what it means for the change in the headline.
  ['is not a member', /^‹member› is no longer in ‹chat›\.$/],
  ['left', /^Linq shows that they left on their own\.$/],
  ['nothing of ours was carried out', /^As far as Linq says, that was not done by this request\.$/],
  ['not in the chat', /^‹member› is not in ‹chat›\.$/],
  ['nothing', /^The app never saw them there, so check that it is the right number or email\.$/],
  ['gone', /^‹member› left ‹chat› just before Linq was asked, so Linq had nothing to do\.$/],
  ['gone', /^‹member› was not a member of ‹chat› any more\.$/],
  ['nothing was sent', /^Nothing was sent to Linq\.$/],
  ['nothing of ours was carried out', /^Linq had not carried out a request of ours\.$/],
  ['nobody was removed', /^Nobody was removed( yet)?\.$/],
  ['nothing', /^It is not known yet whether (the removal|it) went through\.$/],
  ['nothing', /^This was not possible any more when it was approved\.$/],
  ['nothing', /^There is nothing left to remove\.$/],
  ['not confirmed', /^The removal is not confirmed\.$/],
  [
    'a call may still be carried out',
    /^An earlier request to Linq was not answered clearly and may still be carried out\.$/,
  ],
  [
    'is paused',
    /^The request to (remove ‹member› from|add ‹member› back to) ‹chat› waits: nothing is sent to Linq while this app is paused\.$/,
  ],
  [
    'Stop came too late',
    /^When Stop was pressed, this was already on its way to Linq(; it is not sent again)?\.$/,
  ],
  ['Linq could not be reached since', /^Linq has not been reachable since ‹time›\.$/],

  [
    'is being added',
    /^Linq (is being asked to add ‹member› back to|accepted the request to add ‹member› back to) ‹chat›\.$/,
  ],
  ['is added back', /^‹member› is in ‹chat› again\.$/],
  ['nothing', /^What was written in between was not restored\.$/],
  ['was back already', /^‹chat› listed ‹member› as a member already\.$/],
  ['nobody was added', /^Nobody was added( yet)?\.$/],
  ['addition not confirmed', /^It is not confirmed that anybody was added\.$/],
];
