import type { AckFn, BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import type { ViewDeps } from '../blocks/open-view.js';
import { readStart } from '../blocks/origin.js';
import { acknowledge } from '../guard/acknowledge.js';
import { fieldsFrom, requestModal } from './request-modal.js';

interface BackArgs {
  readonly body: BlockAction;
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

/** From the review back to the request, with what was typed still there. */
export async function onBack(
  deps: ViewDeps & { readonly log: Log },
  { body, ack, client }: BackArgs,
): Promise<void> {
  await acknowledge(() => ack(), deps.log);
  const { view } = body;
  if (!view) return;
  const origin = readStart(view);
  await deps.replaceView(client, view.id, requestModal(origin, fieldsFrom(origin)), view.hash);
}
