import { CHAT_ID } from '../support/stage.js';
import { read } from './oracle/reading.js';
import { SENTENCES } from './oracle/sentences.js';
import { wordsOfWindow } from './oracle/windows-told.js';

const OTHER = '550e8400-e29b-41d4-a716-44665544a004';
const CHATS = [CHAT_ID, OTHER];

const meanings = (text: string) =>
  read(text, CHATS)
    .filter(({ meaning }) => meaning !== 'nothing')
    .map((each) => ('chat' in each ? [each.meaning, each.member, each.chat] : [each.meaning]));

it('reads what a message says, about whom and which chat', () => {
  const text = [
    '*Removed*  :white_check_mark:',
    '+12052499136 is no longer in “Launch crew” (…0000), confirmed after 2 seconds.',
    'Asked for by @alice  ·  Linq trace 662c2d7ce54ad362cb1506fb6963634e',
    'Add back…',
  ].join('\n');
  expect(meanings(text)).toEqual([
    ['removed', 'pat', CHAT_ID],
    ['removed', 'pat', CHAT_ID],
  ]);
});

it('gives each line of a list its own chat', () => {
  const text = [
    '*Finished*  :warning:',
    'Asked to remove +12025550177 from 2 chats',
    '1 of 2 removed, 1 refused.',
    '• “Launch crew” (…0000): Removed',
    "• “Billing” (…a004): Not removed. Linq refused this removal. Nobody was removed. Tell the app's owner what you tried and when.",
  ].join('\n');
  expect(meanings(text)).toEqual([
    ['how far it is', 'max', null],
    ['removed', 'max', CHAT_ID],
    ['not removed', 'max', OTHER],
    ['Linq refused it', 'max', OTHER],
    ['nobody was removed', 'max', OTHER],
  ]);
});

it('knows that a list which is cut short may be about others too', () => {
  const text = [
    '*Withdrawn*  :no_entry:',
    'Nothing was removed. Asked for was to remove 2 people from 41 chats.',
    '+12025550177',
    '• “Launch crew” (…0000)',
    'and 12 more',
    'Withdrawn by @alice, who had asked for it.',
  ].join('\n');
  expect(meanings(text)).toContainEqual(['withdrawn', null, null]);
  expect(meanings(text.replace('and 12 more', ''))).toContainEqual(['withdrawn', 'max', CHAT_ID]);
});

it('takes a name from outside for no words of the app', () => {
  const text =
    'sam@example.com was not a member of “Removed. Nobody was removed.” (…0000) any more. Nothing was sent to Linq.';
  expect(meanings(text)).toEqual([
    ['gone', 'sam', CHAT_ID],
    ['nothing was sent', 'sam', CHAT_ID],
  ]);
});

it('gives each thing that a window recorded its own person and chat', () => {
  const text =
    'Recorded from this window: +1 205 249 9136 from “Launch crew” (…0000), stopped; +1 202 555 0177 from “Billing” (…a004).';
  expect(meanings(text)).toEqual([
    ['is on record', 'pat', CHAT_ID],
    ['is on record', 'max', OTHER],
  ]);
});

it('knows a person who is masked or not named, and the words of a copy that names its moment', () => {
  const text =
    '*As of 10:13:27 UTC: removal queued*  :hourglass_flowing_sand:\nLinq accepted the request to remove …9136 from the chat …0000. It is not done yet.';
  expect(meanings(text)).toEqual([
    ['is queued', 'pat', CHAT_ID],
    ['is queued', 'pat', CHAT_ID],
  ]);
  expect(meanings('This person is no longer in “Launch crew” (…0000), confirmed after 2 minutes.')).toEqual([
    ['removed', null, CHAT_ID],
  ]);
});

it('says which sentence it does not know', () => {
  expect(read('All is well with +12052499136.', CHATS)).toEqual([
    { meaning: 'unknown', sentence: 'All is well with ‹member›.' },
  ]);
});

it('judges only windows that say what happened, and knows every title', () => {
  expect(wordsOfWindow('Approved\nYour approval is recorded.\nClose')).toEqual({
    words: 'Your approval is recorded.',
  });
  expect(wordsOfWindow('Review removal\nRemove +1 205 249 9136?\nRemove\nCancel')).toBeNull();
  expect(wordsOfWindow('Surprise\nIt is done.')).toEqual({ unknown: 'a window called “Surprise”' });
});

it('has no sentence twice with two meanings', () => {
  const patterns = SENTENCES.map(([, pattern]) => pattern.source);
  expect(patterns).toHaveLength(new Set(patterns).size);
});
