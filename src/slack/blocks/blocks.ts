import type {
  ActionsBlock,
  Button,
  ContextBlock,
  InputBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextInput,
  SectionBlock,
} from '@slack/types';
import { cut, escapeMrkdwn } from './text.js';

/** Slack's maxima, in code points (docs.slack.dev/reference/block-kit). */
export const SECTION_TEXT_LENGTH = 3_000;
export const INPUT_LENGTH = 3_000;
/** Slack: 2,000 a field; escaping makes up to five of one. */
const FIELD_LENGTH = 380;

/** Text that Slack never interprets: the only form in which words from outside enter a view or a message. */
export function plain(text: string, max = SECTION_TEXT_LENGTH): PlainTextElement {
  return { type: 'plain_text', text: cut(text, max) || ' ', emoji: false };
}

/** Our own words with mentions or times; anything from outside in it must be escaped. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text: cut(text, SECTION_TEXT_LENGTH), verbatim: true };
}

export function section(text: PlainTextElement | MrkdwnElement): SectionBlock {
  return { type: 'section', text };
}

export function context(...elements: (PlainTextElement | MrkdwnElement)[]): ContextBlock {
  return { type: 'context', elements };
}

/** Facts with their labels, two in a row. */
export function fields(...pairs: readonly (readonly [string, string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.map(([label, value]) => mrkdwn(`*${label}*\n${escapeMrkdwn(cut(value, FIELD_LENGTH))}`)),
  };
}

interface TextInput {
  readonly block: string;
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly value?: string | null;
  readonly optional?: boolean;
  readonly multiline?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** A labelled text field; its action has the block's own name. */
export function textInput(input: TextInput): InputBlock {
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: input.block,
    max_length: input.max ?? INPUT_LENGTH,
    ...(input.min && { min_length: input.min }),
    ...(input.multiline && { multiline: true }),
    ...(input.placeholder && { placeholder: plain(input.placeholder, 150) }),
    ...(input.value && { initial_value: input.value }),
  };
  return {
    type: 'input',
    block_id: input.block,
    label: plain(input.label),
    element,
    optional: input.optional ?? false,
    ...(input.hint && { hint: plain(input.hint, 2_000) }),
  };
}

export function button(action: string, label: string, value?: string): ActionsBlock {
  const element: Button = {
    type: 'button',
    action_id: action,
    text: plain(label, 75),
    ...(value !== undefined && { value }),
  };
  return { type: 'actions', block_id: `${action}_actions`, elements: [element] };
}
