import type { ActionsBlock, Button, InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { HistoryRecord } from '../../removal/history.js';
import { context, mrkdwn, plain, section, textInput } from '../blocks/blocks.js';
import { alert, dataTable, personCell, type TwoForms, textCell, timeCell } from '../blocks/rich-view.js';
import { showChat } from '../blocks/text.js';
import { FILTER_LENGTH, type HistoryQuery, writeBeyond, writeQuery } from './history-query.js';
import { details, HISTORY_WORDS, headline, personIn, titleOf } from './history-view.js';
import { type HistoryPage, PAGE_SIZE } from './look-back.js';

export const HISTORY_MODAL = 'history';
export const FILTER = 'history_filter';
export const WHAT = 'history_what';
export const TURN = { newer: 'history_newer', older: 'history_older' } as const;
/** A button for each line; the rest of its id is the line's number. */
export const DETAILS = 'history_details';

/** A page of the history, with its filter and the ways on. */
export function historyModal(page: HistoryPage, query: HistoryQuery): TwoForms {
  const { note } = page;
  const title = section(plain(titleOf({ ...page, isNarrow: !page.seesEverything })));
  const frame = (lines: readonly KnownBlock[], said: KnownBlock[]): ModalView => ({
    type: 'modal',
    callback_id: HISTORY_MODAL,
    title: plain('History'),
    submit: plain('Search'),
    close: plain('Close'),
    private_metadata: writeQuery(query),
    blocks: [...filterInputs(page, query), ...said, title, ...lines, ...turning(page)],
  });
  return {
    rich: frame(inTable(page), note ? [alert(mrkdwn(note), 'warning')] : []),
    plain: frame(inSections(page), note ? [section(mrkdwn(note))] : []),
  };
}

function filterInputs({ seesEverything, what }: HistoryPage, { typed }: HistoryQuery): InputBlock[] {
  const filter = textInput({
    block: FILTER,
    label: 'Person or chat',
    placeholder: 'Phone number, email or chat ID; empty for everything',
    value: typed,
    optional: true,
    max: FILTER_LENGTH,
  });
  return seesEverything ? [filter, whatInput(what)] : [filter];
}

const SHOWN = { requests: 'Removals', refused: 'Refused attempts' } as const;

function whatInput(what: HistoryPage['what']): InputBlock {
  const option = (value: HistoryPage['what']) => ({ text: plain(SHOWN[value], 75), value });
  return {
    type: 'input',
    block_id: WHAT,
    label: plain('Show'),
    element: {
      type: 'radio_buttons',
      action_id: WHAT,
      options: [option('requests'), option('refused')],
      initial_option: option(what),
    },
  };
}

function inTable(page: HistoryPage): KnownBlock[] {
  const { records, display } = page;
  if (records.length === 0) return [];
  const columns = ['#', 'What', 'Person', 'Chat', 'When', 'Asked for by', 'Decided by'];
  const rows = records.map((record, index) => [
    textCell(String(index + 1)),
    textCell(whatOf(record)),
    textCell(personIn(record, display) ?? ''),
    textCell(record.chatId === null ? '' : showChat(record.chatName, record.chatId, display)),
    timeCell(record.at),
    personCell(record.requestedBy),
    personCell(record.decidedBy),
  ]);
  const caption = page.what === 'refused' ? 'Refused attempts, newest first' : 'Removals, newest first';
  const buttons = records.flatMap((record, index) => detailsButton(record, index, `Details ${index + 1}`));
  const actions: ActionsBlock = { type: 'actions', block_id: DETAILS, elements: buttons };
  return [dataTable(caption, columns, rows, PAGE_SIZE), ...(buttons.length > 0 ? [actions] : [])];
}

function whatOf({ kind, reason }: HistoryRecord): string {
  return kind === 'access-refused' && reason !== null ? `Rule “${reason}”` : HISTORY_WORDS[kind];
}

function inSections({ records, display }: HistoryPage): KnownBlock[] {
  return records.flatMap((record, index) => {
    const [button] = detailsButton(record, index, 'Details');
    const text = plain(headline(record, display));
    return [{ ...section(text), ...(button && { accessory: button }) }, context(mrkdwn(details(record)))];
  });
}

/** A refused attempt has no request behind it. */
function detailsButton({ requestId }: HistoryRecord, index: number, label: string): Button[] {
  if (requestId === null) return [];
  const spoken = `Details of line ${index + 1}`;
  return [
    {
      type: 'button',
      action_id: `${DETAILS}_${index + 1}`,
      text: plain(label, 75),
      value: requestId,
      accessibility_label: spoken,
    },
  ];
}

function turning({ records, hasNewer, hasOlder }: HistoryPage): ActionsBlock[] {
  const [first, last] = [records[0], records.at(-1)];
  const elements = [
    ...(hasNewer && first ? [turnButton('newer', 'Newer', first)] : []),
    ...(hasOlder && last ? [turnButton('older', 'Older', last)] : []),
  ];
  return elements.length > 0 ? [{ type: 'actions', block_id: 'history_pages', elements }] : [];
}

function turnButton(order: keyof typeof TURN, label: string, { at, id }: HistoryRecord): Button {
  const value = writeBeyond({ order, at: at.toISOString(), id });
  return { type: 'button', action_id: TURN[order], text: plain(label, 75), value };
}
