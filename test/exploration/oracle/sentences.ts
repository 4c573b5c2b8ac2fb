/**
 * What a sentence of the app says. The rules judge meanings, never words: a new wording is one entry in `SENTENCES`,
 * and a sentence without an entry fails the exploration.
 */
export type Meaning =
  /** How a removal stands. */
  | 'is being asked for'
  | 'waits for Linq'
  | 'is being checked'
  | 'is queued'
  | 'removed'
  | 'left'
  | 'gone'
  | 'not removed'
  | 'not confirmed'
  /** How an addition stands. */
  | 'is being added'
  | 'is added back'
  | 'was back already'
  | 'not added'
  | 'addition not confirmed'
  /** How a request for approval stands. */
  | 'waits for approval'
  | 'declined'
  | 'expired'
  /** Beside these. */
  | 'nobody was removed'
  | 'nothing was sent'
  | 'nobody was added'
  | 'Linq still lists them'
  | 'Linq does not list them'
  | 'Linq gave no reason'
  | 'put off at every try'
  | 'was stopped before it was sent'
  | 'stopped by'
  | 'nothing is left to stop'
  | 'may not stop'
  | 'may not'
  | 'approval is recorded'
  | 'request is recorded'
  | 'addition is recorded'
  | 'was not recorded'
  | 'a member added them'
  /** Nothing that could be false. */
  | 'nothing';

/** In the text that is judged, what comes from outside is replaced: people by ‹pat›, chats by ‹chat›, and so on. */
export const SENTENCES: readonly (readonly [Meaning, RegExp])[] = [
  // Headlines of messages, alone on their line.
  ['is being asked for', /^Asking Linq$/],
  ['waits for Linq', /^Trying again soon$/],
  ['is being checked', /^No answer yet, checking$/],
  ['is queued', /^Removal queued$/],
  ['removed', /^Removed$/],
  ['left', /^No longer in the chat$/],
  ['gone', /^Already gone$/],
  ['not removed', /^Not removed$/],
  ['not confirmed', /^Not confirmed$/],
  ['is being added', /^Adding back( queued)?$/],
  ['is added back', /^Back$/],
  ['was back already', /^Already back$/],
  ['not added', /^Not added back$/],
  ['waits for approval', /^Waiting for approval$/],
  ['declined', /^Declined$/],
  ['expired', /^Expired$/],
  ['nothing', /^(Removing|Finished|Approved)$/],

  // Buttons.
  ['nothing', /^(Stop|Retry|Review|Add back…)$/],

  // How a removal stands, in a sentence.
  ['is being asked for', /^Linq has not yet answered the request to remove ‹member› from ‹chat›\.$/],
  ['nothing', /^What happens next is told here\.$/],
  ['is queued', /^Linq accepted the request to remove ‹member› from ‹chat›\.$/],
  ['nothing', /^It is not done yet: once the member list shows it, you read it here\.$/],
  ['removed', /^‹member› is no longer in ‹chat›, confirmed after (1 second|\d+ seconds|\d+ minutes)\.$/],
  ['nothing', /^‹member› is no longer in ‹chat›\.$/],
  ['left', /^Linq shows that they left on their own\.$/],
  ['gone', /^‹member› left ‹chat› just before Linq was asked, so Linq had nothing to do\.$/],
  ['gone', /^‹member› was not a member of ‹chat› any more\.$/],
  ['nothing was sent', /^Nothing was sent to Linq\.$/],
  ['nobody was removed', /^Nobody was removed\.$/],
  ['nothing', /^Nobody was removed yet\.$/],
  ['nothing', /^It is not (yet )?known( yet)? whether (the removal|it) went through\.$/],
  ['nothing', /^There is nothing left to remove\.$/],
  ['nothing', /^The removal is not confirmed\.$/],
  ['Linq still lists them', /^‹chat› still lists ‹member› as a member\.$/],
  ['Linq gave no reason', /^Linq gave no reason\.$/],
  ['nothing', /^The member list of ‹chat› could not be read, so there is no proof either way\.$/],
  ['put off at every try', /^Linq put us off at every try\.$/],
  ['was stopped before it was sent', /^This was stopped before it was sent to Linq\.$/],

  // Why.
  [
    'nothing',
    /^Something went wrong on our side: Linq (says the request was incomplete|could not read the request)\.$/,
  ],
  ['nothing', /^Linq did not accept ‹member› as a phone number or email\.$/],
  ['nothing', /^Linq would not accept (this removal from|adding ‹member› to) ‹chat›\.$/],
  ['nothing', /^‹chat› is a one-to-one chat, and Linq removes people only from groups\.$/],
  ['nothing', /^Linq is busy and asked us to slow down\.$/],
  ['nothing', /^Linq could not find ‹chat›(, or ‹member› is no longer in it)?\.$/],
  ['nothing', /^The app could not sign in to Linq\.$/],
  ['nothing', /^Our Linq account (has no access to ‹chat›|no longer has the phone line this chat uses)\.$/],
  ['nothing', /^This Linq account is in test mode and cannot do that\.$/],
  ['nothing', /^Linq is still setting up ‹chat›\.$/],
  ['nothing', /^Linq has not switched this on for our account\.$/],
  ['nothing', /^Linq says ‹chat› is unavailable: most likely our line is no longer in it\.$/],
  ['nothing', /^Linq says (the removal|this) does not fit the state ‹chat› is in now\.$/],
  ['nothing', /^Linq does not allow this in a group chat\.$/],
  [
    'nothing',
    /^Linq cannot (remove|add) members (from|to) this kind of chat \(‹chat› is probably an SMS group.*\)\.$/,
  ],
  ['nothing', /^Linq had (a problem|an internal error)( at every try| it did not explain)?\.$/],
  ['nothing', /^Linq did not get an answer in time from its own network\.$/],
  ['nothing', /^Linq could not reach ‹chat›\.$/],
  ['nothing', /^The phone line of this chat is not available at Linq right now\.$/],
  ['nothing', /^Linq is unavailable right now\.$/],
  ['nothing', /^Linq refused( this removal| this)?\.$/],
  ['nothing', /^Contact with Linq was lost before it gave an answer we could read\.$/],
  ['nothing', /^The app stopped while Linq was being asked\.$/],
  ['nothing', /^Linq (had a problem and )?asked us to stay away for longer than the app waits\.$/],
  ['nothing', /^Linq does not know a chat with this ID, or it belongs to another account\.$/],
  ['nothing', /^‹member› is (not a member of|no longer in|our own line in) ‹chat›\.$/],
  ['nothing', /^Our line is no longer in ‹chat›, so we cannot change it\.$/],
  [
    'nothing',
    /^Fewer than 3 people (would remain|are left) in ‹chat›, and Linq (does not allow that|adds nobody to so small a chat)\.$/,
  ],
  ['nothing', /^Only 3 would remain in ‹chat›, our line included, which may be too few for it\.$/],

  // What to do now.
  [
    'nothing',
    /^(Give the app's owner the reference ‹trace›|Tell the app's owner what you tried and when)\.$/,
  ],
  ['nothing', /^If it happens twice: (Give|Tell) the app's owner .*$/],
  ['nothing', /^If this stays unclear: (Give|Tell) the app's owner .*$/],
  [
    'nothing',
    /^The member list is being checked, and (what it shows is told here|this reply will say what it shows)\.$/,
  ],
  ['nothing', /^It is tried again by itself\.$/],
  ['nothing', /^The member list is read again before the next try\.$/],
  ['nothing', /^If this goes on, ask the app's owner to check the line\.$/],
  [
    'nothing',
    /^(Write the number|Check the chat|Choose (a group|another)|Ask |Copy |Check the person|Start a new chat|To leave|Look at the chat|If ‹member› is still there|Wait a few minutes|Run \/linq-remove|Press Retry|Nothing needs to be done).*$/,
  ],
  ['nothing', /^(Trying again at|Try again after) ‹time›( \(\d of \d\))?\.$/],
  ['nothing', /^Press “Add back…” again after that time\.$/],
  ['nothing', /^Linq said: “.*”$/],

  // How far a request about several chats is.
  ['nothing', /^(Asked to remove|Removing) ‹member› from \d+ chats$/],
  ['nothing', /^\d+ of \d+ [A-Za-z ]+(, \d+ [A-Za-z ]+)*\.$/],
  ['nothing', /^All \d+ chats(: .*)?$/],
  ['nothing', /^(These need attention\.|The whole list (is|follows) in the thread\.)$/],

  // Who asked, who decided, who stopped.
  ['stopped by', /· stopped by @\w+/],
  ['nothing', /^Asked for by @\w+( · approved by @\w+)?( · Linq trace ‹trace›(, ‹trace›)*)?$/],
  ['nothing', /^@\w+ this did not end as asked\.$/],

  // An addition.
  [
    'is being added',
    /^Linq (is being asked to add ‹member› back to|accepted the request to add ‹member› back to) ‹chat›\.$/,
  ],
  ['is added back', /^‹member› is in ‹chat› again\.$/],
  ['nothing', /^What was written in between was not restored\.$/],
  ['was back already', /^‹chat› listed ‹member› as a member already\.$/],
  ['nobody was added', /^Nobody was added\.$/],
  ['nothing', /^Nobody was added yet\.$/],
  ['addition not confirmed', /^It is not confirmed that anybody was added\.$/],
  ['Linq does not list them', /^‹chat› still does not list ‹member›\.$/],
  ['a member added them', /^‹member› was added back to ‹chat›\.$/],
  ['nothing', /^(@\w+ )?Added at ‹time›\.$/],
  ['nothing', /^If that should not be, run \/linq-remove again\.$/],

  // A request for approval.
  [
    'waits for approval',
    /^@\w+ asks for this, and nothing is removed before (one of )?@\w+(, @\w+)* approves it\.$/,
  ],
  ['nothing', /^It ends by itself ‹time›\.$/],
  ['nothing', /^and \d+ more, which the review lists$/],
  ['nothing', /^Remove ‹member› from (‹chat›|\d+ chats)\?$/],
  ['nobody was removed', /^Nothing was removed\.$/],
  ['nothing', /^Asked for was to remove ‹member› from (‹chat›|\d+ chats)\.$/],
  ['declined', /^(@\w+ )?Declined by @\w+\.$/],
  ['expired', /^(@\w+ )?Nobody approved this in time\.$/],
  ['nothing', /^To ask again, run \/linq-remove\.$/],
  ['nothing', /^Removing ‹member› from (‹chat›|\d+ chats)\.$/],
  ['nothing', /^Approved by @\w+\.$/],
  ['nothing', /^Why: .*$/],
  ['nothing', /^Nobody but you can see this, so nobody can approve it\.$/],
  ['nothing', /^Invite the app to a conversation where approvers are, and ask there\.$/],

  // Where the bot cannot post.
  ['nothing', /^I cannot post in this conversation\.$/],
  ['nothing', /^Nobody can post in that conversation right now\.$/],
  ['nothing', /^Slack does not let the app post\.$/],
  ['nothing', /^Please ask a workspace admin, then `?\/invite @linq-remove`?$/],
  ['nothing', /^(To have results posted there|Where I should post: open another one and).*$/],
  ['nothing', /^Slack did not say whether my message arrived in the conversation\.$/],
  ['nothing', /^If it never does: `?\/invite @linq-remove`?$/],

  // Windows that answer a submission.
  ['approval is recorded', /^Your approval is recorded and Linq is being asked now\.$/],
  [
    'nothing',
    /^The result appears in the conversation where you typed the command, and stays up to date there\.$/,
  ],
  ['nothing', /^You can close this window\.$/],
  ['nothing', /^The message follows what happens\.$/],
  [
    'request is recorded',
    /^Your request is recorded, and .* can approve or decline it in the conversation where you typed the command\.$/,
  ],
  ['nothing', /^Nothing is removed before that\.$/],
  ['addition is recorded', /^This is recorded and Linq is being asked now\.$/],
  ['nothing', /^How it goes is told in the thread of the message\.$/],
  [
    'was not recorded',
    /^(The approval|The request|Your decision|This) could not be recorded, so (nothing was removed|nobody was asked and nothing was removed|nobody is added)\.$/,
  ],
  ['was not recorded', /^You closed the window before this was recorded\.$/],
  ['was not recorded', /^Nothing was removed by this step\.$/],
  ['nothing', /^Something went wrong on our side\.$/],
  ['nothing', /^The app is restarting\.$/],
  ['nothing', /^Please (try again|press|run|ask|tell|close).*$/i],
  ['nothing', /^Close this window and press Review again in a moment\.$/],
  ['nothing', /^Nobody was asked, and nothing was removed\.$/],
  ['nothing', /^Nothing is removed\.$/],
  ['nothing', /^The person who asked reads your reason in the conversation\.$/],
  ['nothing', /^(@\w+|Somebody) has already (approved|declined) this\.$/],
  ['nothing', /^The message says what becomes of it\.$/],
  [
    'nothing',
    /^Nobody (else is named who may approve this, and nobody approves their own request|approved this in time, so nothing was removed|is named who may approve this)\.$/,
  ],
  ['nothing', /^This request is no longer on record\.$/],
  ['nothing', /^Nothing was changed\.$/],
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

  // The history.
  ['nothing', /^There are no removals (?:in this workspace|that you or this conversation asked for) yet\.$/],
  ['nothing', /^To make the first one: \/linq-remove$/],
  ['nothing', /^The latest removals? (?:in this workspace|that you or this conversation asked for)$/],
  [
    'nothing',
    /^(Approved|Asking Linq|Trying again soon|No answer yet, checking|Removal queued|Removed|Already gone|Not removed|Not confirmed|Was added back|Not allowed|Waiting for approval|Changed since it was shown|Declined|Approval expired): ‹member›( · ‹chat›)?( · Reason: .*)?$/,
  ],
  ['nothing', /^‹time› · asked for by @.*$/],

  // A press on Stop.
  ['nothing is left to stop', /^Everything was already sent to Linq, so there was nothing left to stop\.$/],
  ['nothing', /^This was already stopped\.$/],
  ['may not stop', /^Only @\w+, or somebody who may approve removals, can stop this\.$/],

  // Who may not.
  ['may not', /^You are not among the people who may do this\.$/],
  ['may not', /^\/linq-remove may not be used in this conversation\.$/],
  [
    'may not',
    /^This conversation is shared with another organisation, and \/linq-remove may not be used there\.$/,
  ],
  ['may not', /^It cannot be told .*$/],
  ['may not', /^Only @\w+, who asked for the removal, can add them back\.$/],
  ['may not', /^Somebody else has to decide this: nobody approves their own request\.$/],
  ['nothing', /^(Use it in|Invite it with).*$/],
];
