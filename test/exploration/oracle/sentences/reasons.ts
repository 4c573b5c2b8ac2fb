import type { Sentences } from '../meanings.js';

/** What happened, where a change did not simply succeed. */
export const REASONS: Sentences = [
  [
    'Linq refused it',
    /^Something went wrong on our side: Linq (says the request was incomplete|could not read the request)\.$/,
  ],
  [
    'impossible',
    /^Something went wrong on our side: the request could not be built, and nothing was sent to Linq\.$/,
  ],
  ['Linq refused it', /^Linq did not accept ‹member› as a phone number or email\.$/],
  ['Linq refused it', /^Linq would not accept (this removal from|adding ‹member› to) ‹chat›\.$/],
  [
    'Linq refused it',
    /^‹chat› is a one-to-one chat, and Linq (removes people only from|adds people only to) groups\.$/,
  ],
  ['Linq refused it', /^Linq could not find ‹chat›(, or ‹member› is no longer in it)?\.$/],
  ['Linq refused it', /^The app could not sign in to Linq\.$/],
  [
    'Linq refused it',
    /^Our Linq account (has no access to ‹chat›|no longer has the phone line this chat uses)\.$/,
  ],
  ['Linq refused it', /^This Linq account is in test mode and cannot do that\.$/],
  ['Linq refused it', /^Linq has not switched this on for our account\.$/],
  ['Linq refused it', /^Linq says ‹chat› is unavailable: most likely our line is no longer in it\.$/],
  ['Linq refused it', /^Linq says (the removal|this) does not fit the state ‹chat› is in now\.$/],
  ['Linq refused it', /^Linq does not allow this in a group chat\.$/],
  [
    'Linq refused it',
    /^Linq cannot (remove|add) members (from|to) this kind of chat \(‹chat› is probably an SMS group(, or uses another service than they do)?\)\.$/,
  ],
  ['Linq refused it', /^Linq refused( this removal| this)?\.$/],

  ['Linq put it off', /^Linq is busy and asked us to slow down\.$/],
  ['Linq put it off', /^Linq is still setting up ‹chat›\.$/],
  ['Linq asked to stay away for long', /^Linq asked us to stay away for longer than the app waits\.$/],
  ['there was no time left', /^Linq (put us off|could not be reached) until the time for this was over\.$/],
  ['Linq could not be reached', /^Linq cannot be reached\.$/],

  ['Linq failed', /^Linq had (a problem|an internal error)( it did not explain)?\.$/],
  ['Linq failed', /^Linq could not reach ‹chat›\.$/],
  ['Linq failed', /^The phone line of this chat is not available at Linq right now\.$/],
  ['Linq failed', /^Linq is unavailable right now\.$/],

  ['Linq gave no clear answer', /^Linq did not get an answer in time from its own network\.$/],
  ['Linq gave no clear answer', /^Contact with Linq was lost before it gave an answer we could read\.$/],
  ['the app was interrupted', /^The app was interrupted while Linq was being asked\.$/],
  [
    'another request asked for it',
    /^Another request has already asked Linq to remove ‹member› from ‹chat›\.$/,
  ],
  ['was stopped before it was sent', /^This was stopped before it was sent to Linq\.$/],

  ['impossible', /^Linq does not know a chat with this ID, or it belongs to another account\.$/],
  ['is not a member', /^‹member› is not a member of ‹chat›\.$/],
  ['impossible', /^‹member› is our own line in ‹chat›\.$/],
  ['our line left', /^Our line is no longer in ‹chat›, so we cannot change it\.$/],
  ['nothing', /^It cannot be told which member of ‹chat› is our own line\.$/],
  ['too few would remain', /^Fewer than 3 people would remain in ‹chat›, and Linq does not allow that\.$/],
  [
    'too few would remain',
    /^Fewer than 3 people are left in ‹chat›, and Linq adds nobody to so small a chat\.$/,
  ],
  [
    'only three would remain',
    /^Only 3 would remain in ‹chat›, our line included, which may be too few for it\.$/,
  ],

  ['Linq still lists them', /^‹chat› still lists ‹member› as a member\.$/],
  ['Linq does not list them', /^‹chat› still does not list ‹member›\.$/],
  ['Linq gave no reason', /^Linq gave no reason\.$/],
  [
    'Linq never accepted it',
    /^Linq never clearly accepted this, and ‹chat› (still lists ‹member› as a member|does not list ‹member›)\.$/,
  ],
  ['nothing', /^The member list of ‹chat› could not be read, so there is no proof either way\.$/],
];
