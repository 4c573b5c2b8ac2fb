import { messageBlocks } from '../../simulator/slack/block-limits.js';
import { isTooLarge, viewProblems } from '../../simulator/slack/view-limits.js';

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const plain = (length: number, letter = 'x') => ({ type: 'plain_text', text: letter.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const option = (length: number, value = 'v') => ({ text: plain(length), value });
const options = (count: number) => times(count, (index) => option(3, String(index)));
const section = { type: 'section', text: mrkdwn(1) };
const input = (element: object, extra = {}) => ({ type: 'input', label: plain(1), element, ...extra });
const button = (extra: object) => ({
  type: 'actions',
  elements: [{ type: 'button', text: plain(1), ...extra }],
});
const modal = (extra: object) => ({ type: 'modal', title: plain(1), submit: plain(1), blocks: [], ...extra });

describe('limits of blocks', () => {
  it.each<[string, (size: number) => object[], number]>([
    ['blocks in a message', (n) => times(n, () => section), 50],
    ['section text', (n) => [{ type: 'section', text: mrkdwn(n) }], 3000],
    ['section fields', (n) => [{ type: 'section', fields: times(n, () => mrkdwn(1)) }], 10],
    ['a section field', (n) => [{ type: 'section', fields: [mrkdwn(n)] }], 2000],
    ['a header', (n) => [{ type: 'header', text: plain(n) }], 150],
    ['context elements', (n) => [{ type: 'context', elements: times(n, () => mrkdwn(1)) }], 10],
    ['actions elements', (n) => [{ type: 'actions', elements: times(n, () => button({}).elements[0]) }], 25],
    ['markdown', (n) => [{ type: 'markdown', text: 'x'.repeat(n) }], 12_000],
    ['an input label', (n) => [input({ type: 'plain_text_input' }, { label: plain(n) })], 2000],
    ['a hint', (n) => [input({ type: 'plain_text_input' }, { hint: plain(n) })], 2000],
    ['button text', (n) => [button({ text: plain(n) })], 75],
    ['a button value', (n) => [button({ value: 'x'.repeat(n) })], 2000],
    ['a button url', (n) => [button({ url: 'x'.repeat(n) })], 3000],
    ['an accessibility label', (n) => [button({ accessibility_label: 'x'.repeat(n) })], 75],
    ['a confirm title', (n) => [button({ confirm: { title: plain(n), text: plain(1) } })], 100],
    ['a confirm text', (n) => [button({ confirm: { text: plain(n) } })], 300],
    ['a confirm button', (n) => [button({ confirm: { text: plain(1), deny: plain(n) } })], 30],
    ['checkboxes', (n) => [input({ type: 'checkboxes', options: options(n) })], 10],
    ['radio buttons', (n) => [input({ type: 'radio_buttons', options: options(n) })], 10],
    ['select options', (n) => [input({ type: 'static_select', options: options(n) })], 100],
    ['multi-select options', (n) => [input({ type: 'multi_static_select', options: options(n) })], 100],
    ['overflow options', (n) => [{ ...section, accessory: { type: 'overflow', options: options(n) } }], 5],
    ['option text', (n) => [input({ type: 'static_select', options: [option(n)] })], 75],
    ['an option value', (n) => [input({ type: 'checkboxes', options: [option(1, 'v'.repeat(n))] })], 75],
    ['a placeholder', (n) => [input({ type: 'plain_text_input', placeholder: plain(n) })], 150],
    ['max_length', (n) => [input({ type: 'plain_text_input', max_length: n })], 3000],
    ['a block id', (n) => [{ ...section, block_id: 'x'.repeat(n) }], 255],
    ['an action id', (n) => [button({ action_id: 'x'.repeat(n) })], 255],
  ])('%s', (_, make, max) => {
    expect(messageBlocks(make(max), '/blocks')).toEqual([]);
    expect(messageBlocks(make(max + 1), '/blocks')).not.toEqual([]);
  });

  it.each<[string, object, string]>([
    ['empty text', { type: 'section', text: mrkdwn(0) }, 'must be more than 0 characters'],
    ['a section of nothing', { type: 'section' }, 'missing required field: text'],
    ['an unknown block', { type: 'sction' }, 'unsupported type: sction'],
    ['an unknown property', { ...section, colour: 'red' }, 'invalid additional property: colour'],
    ['markup in a header', { type: 'header', text: mrkdwn(1) }, 'value must be one of: plain_text'],
    ['no options', input({ type: 'checkboxes', options: [] }), 'no less than 1 items allowed'],
    ['a select without options', input({ type: 'static_select' }), 'missing required field: options'],
    [
      'an initial option that is not offered',
      input({ type: 'static_select', options: options(2), initial_option: option(3, '7') }),
      'initial options must match the options offered',
    ],
    [
      'a button where an input belongs',
      input({ type: 'button', text: plain(1) }),
      'unsupported type: button',
    ],
  ])('refuse %s', (_, block, complaint) => {
    expect(messageBlocks([block], '/blocks').join('\n')).toContain(complaint);
  });

  it('refuse ids that repeat', () => {
    const twice = { ...section, block_id: 'b' };
    expect(messageBlocks([twice, twice], '/blocks')).toEqual([
      '[ERROR] block_id "b" already exists [json-pointer:/blocks/1/block_id]',
    ]);
    const again = { type: 'button', text: plain(1), action_id: 'a' };
    expect(messageBlocks([{ type: 'actions', elements: [again, again] }], '/blocks')).toHaveLength(1);
  });
});

describe('limits of views', () => {
  it.each<[string, (size: number) => object, number]>([
    ['title', (n) => ({ title: plain(n) }), 24],
    ['title in emoji', (n) => ({ title: plain(n, '🙂') }), 24],
    ['submit', (n) => ({ submit: plain(n) }), 24],
    ['close', (n) => ({ close: plain(n) }), 24],
    ['blocks', (n) => ({ blocks: times(n, () => section) }), 100],
    ['private_metadata', (n) => ({ private_metadata: 'x'.repeat(n) }), 3000],
    ['callback_id', (n) => ({ callback_id: 'x'.repeat(n) }), 255],
    ['external_id', (n) => ({ external_id: 'x'.repeat(n) }), 255],
  ])('%s', (_, make, max) => {
    expect(viewProblems(modal(make(max)))).toEqual([]);
    expect(viewProblems(modal(make(max + 1)))).not.toEqual([]);
  });

  it('say what is wrong and point at it', () => {
    expect(viewProblems(modal({ title: plain(25) }))).toEqual([
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
    ]);
  });

  it('want a submit button beside inputs', () => {
    const blocks = [input({ type: 'plain_text_input' })];
    expect(viewProblems(modal({ blocks, submit: undefined })).join()).toContain(
      'missing required field: submit',
    );
    expect(viewProblems(modal({ blocks }))).toEqual([]);
  });

  it('want at most 250 KB', () => {
    const blocks = times(90, () => ({ type: 'section', text: mrkdwn(2_900) }));
    expect(isTooLarge(modal({ blocks }))).toBe(true);
    expect(isTooLarge(modal({ blocks: blocks.slice(10) }))).toBe(false);
  });
});
