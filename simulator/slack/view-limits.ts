import { viewBlocks } from './block-limits.js';
import { ID_MAX, plain } from './element-limits.js';
import { isObject, type Json, listOf } from './json.js';
import { all, type Check, chars, flag, oneOf, problem, shape } from './schema.js';

/** Slack: a view of more than 250 KB is `view_too_large`. */
export const VIEW_BYTES_MAX = 250_000;

const fields = shape(
  {
    type: oneOf('modal'),
    title: plain(24),
    submit: plain(24),
    close: plain(24),
    blocks: viewBlocks,
    private_metadata: chars(3000),
    callback_id: chars(ID_MAX),
    external_id: chars(ID_MAX),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
  'type',
  'title',
  'blocks',
);

/** Once there is something to fill in there must be a way to send it. */
const submitWithInputs: Check = (value, at) => {
  if (!isObject(value) || value.submit) return [];
  const asks = listOf(value.blocks).some((block) => isObject(block) && block.type === 'input');
  return asks ? [problem('missing required field: submit', at)] : [];
};

const view = all(fields, submitWithInputs);

/** What is wrong with a modal, a line a problem; the pointer starts at `/view`. */
export function viewProblems(value: unknown): readonly string[] {
  return view(value, '/view');
}

export function isTooLarge(value: Json): boolean {
  return Buffer.byteLength(JSON.stringify(value)) > VIEW_BYTES_MAX;
}
