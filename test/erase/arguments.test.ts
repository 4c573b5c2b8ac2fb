import { readEraseArguments } from '../../src/erase/arguments.js';
import { personOf } from '../../src/erase/person.js';

it.each([
  [[], /--handle needs a phone number or an email/],
  [['--handle', ' '], /--handle needs a phone number or an email/],
  [['--handel', '+12052499136'], /Unknown option '--handel'/],
  [['--handle'], /--handle/],
  [['+12052499136'], /Unexpected argument/],
])('refuses %j with a sentence', (args, words) => {
  expect(() => readEraseArguments(args)).toThrow(words);
});

it('reads several handles of one person, and that nothing shall change', () => {
  expect(
    readEraseArguments(['--handle', ' +12052499136 ', '--handle', 'pat@example.com', '--dry-run']),
  ).toEqual({
    handles: ['+12052499136', 'pat@example.com'],
    dryRun: true,
  });
  expect(readEraseArguments(['--help'])).toBeNull();
});

const PAT = personOf(['+12052499136', 'Pat@Example.com'], 'US');

it.each([
  '+12052499136',
  'Remove +1 205 249 9136 from “Launch crew”?',
  'call (205) 249-9136, please',
  'tel:205.249.9136',
  'ask pat@example.com',
  '<mailto:PAT@EXAMPLE.COM|write>',
  '205‑249‑9136',
])('finds the person in “%s”', (text) => {
  expect(PAT.isNamedIn(text)).toBe(true);
});

it.each([
  '+12052499137',
  '+120524991365',
  'pat@example.com.au',
  'xpat@example.com',
  'left the company',
  '205 and 249 and 9136',
  '',
])('does not find the person in “%s”', (text) => {
  expect(PAT.isNamedIn(text)).toBe(false);
});

it('knows a handle in every spelling that Linq may list', () => {
  const handles = ['+12052499136', '+1 (205) 249-9136', 'PAT@example.com', 'sam@example.com', '+12052499137'];
  expect(handles.map(PAT.isHandle)).toEqual([true, true, true, false, false]);
});

it('does not guess between two people', () => {
  expect(() => personOf(['12052499136'], 'DE')).toThrow(/may be \+\S+ or \+\S+, two different people/);
});

it.each(['x'.repeat(3_000), '.*', '[', '\\'])('takes nonsense for nobody (%#)', (nonsense) => {
  const nobody = personOf([nonsense], 'US');
  expect([PAT.isHandle(nonsense), nobody.isHandle('+12052499136'), nobody.isNamedIn('Launch crew')]).toEqual([
    false,
    false,
    false,
  ]);
});
