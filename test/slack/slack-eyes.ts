import type { ModalView } from '@slack/types';
import type { Block, View } from '../../simulator/slack/block-kit.js';
import { messageBlocks } from '../../simulator/slack/block-limits.js';
import { enter, fieldsOf, keyOf, startValues, stateValues } from '../../simulator/slack/inputs.js';
import { type Names, rungBy } from '../../simulator/slack/mrkdwn.js';
import { isTooLarge, viewProblems } from '../../simulator/slack/view-limits.js';
import { rungByBlocks, visibleText } from '../../simulator/slack/visible-text.js';
import type { Message } from '../../src/slack/message/body.js';

/* What Slack makes of our views and messages: its limits, what people see, what comes back. */

const NAMES: Names = { user: (id) => id, channel: (id) => id, channelCalled: (id) => id };

/** As it arrives at Slack. */
function overTheWire<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export function seen(blocks: readonly unknown[]): string {
  return visibleText(overTheWire<Block[]>(blocks), NAMES);
}

export function labels(view: ModalView): string[] {
  return overTheWire<View>(view).blocks.flatMap(({ label }) => (label ? [label.text] : []));
}

export function expectFit(view: ModalView): void {
  expect(viewProblems(overTheWire(view))).toEqual([]);
  expect(isTooLarge(overTheWire(view))).toBe(false);
  expectTame(view.blocks);
}

export function expectFitMessage({ text, blocks }: Message): void {
  expect(messageBlocks(overTheWire(blocks), '/blocks')).toEqual([]);
  expect([...text].length).toBeLessThanOrEqual(4_000);
  expect(text).not.toMatch(/\p{Surrogate}/u);
  expectDisarmed(text);
  expect(rungBy(text)).toEqual([]);
  expectTame(blocks);
}

/** Nothing from outside is live in any markup, and nothing rings a channel. */
function expectTame(blocks: readonly unknown[]): void {
  for (const text of markupIn(blocks)) expectDisarmed(text);
  expect(rungByBlocks(overTheWire<Block[]>(blocks))).toEqual([]);
}

/** Mentions of people and channels and times are ours; besides them there is no angle bracket and no bare ampersand. */
function expectDisarmed(text: string): void {
  const rest = text.replace(/<(?:@U\w+|#C\w+|!date\^\d+\^[^<>|]*\|[^<>]*)>/gu, '');
  expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/u);
}

function markupIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(markupIn);
  if (typeof part !== 'object' || part === null) return [];
  if ('type' in part && part.type === 'mrkdwn' && 'text' in part) return [String(part.text)];
  return Object.values(part).flatMap(markupIn);
}

/** A person fills the view in by its labels and submits it: what Slack sends back of it. */
export function submitted(view: ModalView, entered: Record<string, string | string[]> = {}) {
  const { blocks, private_metadata: metadata } = overTheWire<View>(view);
  const values = new Map(startValues(blocks, new Map(), null));
  for (const [label, text] of Object.entries(entered)) {
    const field = fieldsOf(blocks).find(({ block }) => block.label?.text === label);
    if (!field) throw new Error(`There is no input "${label}"`);
    values.set(keyOf(field), enter(field, text, NAMES));
  }
  return { private_metadata: metadata ?? '', blocks, state: { values: stateValues(blocks, values) } };
}

/** Names, notes and answers that somebody may send to do harm, or merely to be long. */
export const HOSTILE = [
  '<!channel> <!here> <!subteam^S1> <@U1> <#C1>',
  '<https://evil.example|linq.com> https://evil.example @channel',
  '&lt;!channel&gt; &amp; <!date^1^{time}|now>',
  '`*_~> ```\n# heading\n- list',
  '\u202Egnp.exe\u202C\u200B\u200D\u2066x\u2069\u0000\u2028',
  'x'.repeat(3_000),
  '<'.repeat(3_000),
  '&'.repeat(3_000),
  '👨‍👩‍👧‍👦'.repeat(500),
  '\u{1F600}'.repeat(3_000),
  '"quotes" \\backslash\\ {"json": true} $(x)',
  '',
] as const;
