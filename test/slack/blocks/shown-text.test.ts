import type { ViewOutput } from '@slack/bolt';
import { shownIn } from '../../../src/slack/blocks/shown-text.js';

const option = { text: { type: 'plain_text', text: '+1 205 555 0102' }, value: '0' };
const label = { type: 'plain_text', text: 'People' };
const placeholder = { type: 'plain_text', text: 'Choose' };
const chosen = { initial_options: [option], initial_option: option };
/** As much of a view as is read: the type wants every field that Slack sends. */
const view = {
  title: { type: 'plain_text', text: 'Review removal' },
  blocks: [
    { type: 'section', fields: [{ type: 'mrkdwn', text: '*Service*\niMessage' }] },
    { type: 'input', label, element: { type: 'checkboxes', options: [option], placeholder, ...chosen } },
    { type: 'section', text: { type: 'plain_text', text: '*not ours*' } },
  ],
} as unknown as Pick<ViewOutput, 'title' | 'blocks'>;

it('keeps each line that a window showed, once and as people read it', () => {
  expect(shownIn(view).split('\n')).toEqual([
    'Review removal',
    'Service',
    'iMessage',
    'People',
    '+1 205 555 0102',
    '*not ours*',
  ]);
});
