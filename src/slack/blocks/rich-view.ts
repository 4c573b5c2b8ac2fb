import type { AlertBlock, DataTableBlock, ModalView, RichTextBlock } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import type { ReplaceView } from './open-view.js';
import { clean, cut } from './text.js';

/** A view in two forms: with the blocks that not every workspace has yet, and with those that all have. */
export interface TwoForms {
  readonly rich: ModalView;
  readonly plain: ModalView;
}

/** Replaces a view by the richest form that Slack takes. False when the person closed it. */
export type ShowRich = (client: WebClient, viewId: string, view: TwoForms) => Promise<boolean>;

/** How Slack says that it does not take a block (docs.slack.dev/reference/methods/views.update). */
const NOT_TAKEN = ['invalid_blocks', 'invalid_arguments', 'invalid_blocks_format', 'unsupported_block'];

/**
 * `data_table` and `alert` reach workspaces one by one. The first refusal is remembered for as long as this process
 * lives, so that no later window waits for another.
 */
export function createShowRich(replaceView: ReplaceView, log: Log): ShowRich {
  let isTaken = true;
  return async (client, viewId, { rich, plain }) => {
    if (!isTaken) return replaceView(client, viewId, plain);
    try {
      return await replaceView(client, viewId, rich);
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError) || !NOT_TAKEN.includes(error.data.error)) throw error;
      isTaken = false;
      log.warn({ error: error.data.error }, 'Slack does not take tables here; windows are made of sections');
      return replaceView(client, viewId, plain);
    }
  };
}

/** Slack: 100 rows beside the header, 20 columns. */
export const TABLE_ROWS = 99;
const CELL_LENGTH = 300;
const CAPTION_LENGTH = 150;

type Cell = DataTableBlock['rows'][number][number];

export function dataTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  pageSize: number,
): DataTableBlock {
  return {
    type: 'data_table',
    caption: cut(caption, CAPTION_LENGTH),
    page_size: pageSize,
    rows: [columns.map(textCell), ...rows.slice(0, TABLE_ROWS).map((row) => [...row])],
  };
}

/** Words from outside, never interpreted. */
export function textCell(text: string): Cell {
  return { type: 'raw_text', text: cut(clean(text), CELL_LENGTH) || '–' };
}

/** A moment that each reader sees in their own zone. */
export function timeCell(at: Date | null): Cell {
  if (at === null) return textCell('');
  const fallback = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const timestamp = Math.floor(at.getTime() / 1_000);
  return cellOf({ type: 'date', timestamp, format: '{date_short_pretty} {time}', fallback });
}

/** A person of Slack, as Slack shows them. */
export function personCell(userId: string | null): Cell {
  return userId === null ? textCell('') : cellOf({ type: 'user', user_id: userId });
}

type Element = Extract<RichTextBlock['elements'][number], { type: 'rich_text_section' }>['elements'][number];

function cellOf(element: Element): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] };
}

export function alert(text: AlertBlock['text'], level: NonNullable<AlertBlock['level']>): AlertBlock {
  return { type: 'alert', text, level };
}
