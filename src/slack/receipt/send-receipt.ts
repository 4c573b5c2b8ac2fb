import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import { aboutScope, missingScope } from '../message/missing-scope.js';
import { createPosting } from '../message/posting.js';
import { RECEIPT_COLUMNS, type Receipt, type ReceiptRow } from './receipt.js';
import { receiptMessage } from './receipt-modal.js';

export interface SendReceiptDeps {
  /** Comma-separated values with a header, harmless in a spreadsheet. */
  readonly toCsv: (columns: readonly string[], rows: readonly ReceiptRow[]) => string;
  readonly log: Log;
}

const SENT = 'It was also sent to you as a direct message, with a CSV file.';
const NOT_SENT =
  'It could not be sent to you as a direct message: Slack did not take it. Copy it from here, or press “Receipt…” again in a moment.';
const NO_FILE = 'Slack did not take the CSV file. Press “Receipt…” again in a moment to have it.';
const NO_SCOPE =
  "There is no CSV file, because the app lacks the scope files:write. Please tell the app's owner: it has to be added as in manifest.yml, and the app reinstalled.";

/**
 * Sends the receipt to the person who pressed, as words and as a file, and answers with what came of it. Words first:
 * they open the direct message, whose ID a file needs. Never rejects.
 */
export async function sendReceipt(
  { toCsv, log }: SendReceiptDeps,
  client: WebClient,
  userId: string,
  receipt: Receipt,
): Promise<string> {
  const posting = createPosting(client, log);
  const place = await posting
    .post({ channel: userId, thread: null }, receiptMessage(receipt, null))
    .catch((error: unknown) => {
      log.warn({ err: error, request: receipt.requestId }, 'Slack did not take a receipt');
      return null;
    });
  if (!place) return NOT_SENT;
  try {
    await client.files.uploadV2({
      channel_id: place.channel,
      filename: `receipt-${receipt.requestId}.csv`,
      title: `Receipt of request ${receipt.requestId}`,
      content: toCsv(RECEIPT_COLUMNS, receipt.rows),
    });
    return SENT;
  } catch (error) {
    const scope = missingScope(error);
    log.warn(scope ? { scope } : { err: error }, scope ? aboutScope(scope) : 'Slack did not take a file');
    const words = scope ? NO_SCOPE : NO_FILE;
    await posting.update(place, receiptMessage(receipt, words)).catch(() => {});
    return `The text was also sent to you as a direct message. ${words}`;
  }
}
