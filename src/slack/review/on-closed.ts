import type { AckFn, ViewOutput } from '@slack/bolt';
import type { LookUps } from '../guard/look-ups.js';

/** The loading view was closed: its look-up ends. */
export async function onClosed(
  deps: { readonly lookUps: Pick<LookUps, 'abandon'> },
  { view, ack }: { readonly view: ViewOutput; readonly ack: AckFn<void> },
): Promise<void> {
  deps.lookUps.abandon(view.id);
  await ack();
}
