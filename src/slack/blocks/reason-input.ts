import type { InputBlock } from '@slack/types';
import { textInput } from './blocks.js';

/** REASON: whether a person may, must or cannot say why in a window that changes something. */
export const REASON_RULES = ['optional', 'required', 'off'] as const;
export type ReasonRule = (typeof REASON_RULES)[number];

/** Long enough for a sentence or three, short enough to stay readable in the channel. */
export const REASON_LENGTH = 300;
/** Fewer characters say nothing. */
const LEAST_REASON = 5;

interface ReasonInput {
  readonly block: string;
  readonly label: string;
  readonly hint: string;
}

/** The field for a reason, as a list: none where reasons are off. */
export function reasonInput(rule: ReasonRule, { block, label, hint }: ReasonInput): InputBlock[] {
  if (rule === 'off') return [];
  const isRequired = rule === 'required';
  const input = textInput({
    block,
    label,
    hint,
    optional: !isRequired,
    multiline: true,
    max: REASON_LENGTH,
    ...(isRequired && { min: LEAST_REASON }),
  });
  return [input];
}

/** Slack's client counts blanks too, and may be left out altogether. Null: the reason will do. */
export function mistakeInReason(rule: ReasonRule, reason: string | null): string | null {
  if (rule !== 'required' || [...(reason ?? '')].length >= LEAST_REASON) return null;
  return `Say why, in ${LEAST_REASON} characters or more. Nothing was recorded yet.`;
}
