import type { Sentences } from '../meanings.js';

/** What to do now, or what the app does by itself. */
export const NEXT: Sentences = [
  [
    'nothing',
    /^(Give the app's owner the reference ‹trace›|Tell the app's owner what you tried and when)\.$/,
  ],
  ['nothing', /^If (it happens twice|this stays unclear): (Give|Tell) the app's owner .*$/],
  [
    'nothing',
    /^Ask the app's owner to (check the Linq API key|check the line with Linq|check the Linq account|contact Linq support)\.$/,
  ],
  ['nothing', /^Ask a member of the chat to (remove|add) ‹member› from their phone\.$/],
  ['nothing', /^The member list is being checked(, and what it shows is told here)?\.$/],
  ['nothing', /^How that ends is awaited here\.$/],
  ['nothing', /^It is tried again by itself\.$/],
  ['nothing', /^The member list is read again before the next try\.$/],
  ['nothing', /^If this goes on, ask the app's owner to check the line\.$/],
  ['nothing', /^(Trying again at|Try again after) ‹time›\.$/],
  ['nothing', /^Write the number with \+ and the country code, like \+12025550143, and try again\.$/],
  [
    'nothing',
    /^Check the (chat and the person, then try again|person and the chat: handles must match what Linq lists)\.$/,
  ],
  ['nothing', /^Choose (a group chat|another chat, or ask the app's owner|another member)\.$/],
  ['nothing', /^To leave a chat with our line, use Linq itself\.$/],
  ['nothing', /^Copy the chat ID from Linq once more and try again\.$/],
  [
    'nothing',
    /^Run \/linq-remove again (to see who is in the chat now|and review the chat before you try once more|after that time|once Linq can be reached)\.$/,
  ],
  ['nothing', /^Press “Add back…” again (after that time|once Linq can be reached)\.$/],
  ['nothing', /^Press Retry, or run \/linq-remove again, if it should happen after all\.$/],
  ['nothing', /^Wait a few minutes, then (run \/linq-remove|press “Add back…”) again\.$/],
  ['nothing', /^Nothing needs to be done, unless you meant someone else\.$/],
  ['nothing', /^Go back and enter the person to remove, so that our own line is not offered by mistake\.$/],
  ['nothing', /^Start a new chat (without|with) ‹member› instead\.$/],
  ['nothing', /^To leave ‹member› out, start a new group without them\.$/],
  ['nothing', /^Look at the chat on a phone(, then run \/linq-remove again if needed)?\.$/],
  ['nothing', /^If ‹member› is still there, run \/linq-remove again\.$/],
  ['nothing', /^Linq said: “.*”$/],
];
