import type { Delivery, Hint } from '../../removal/delivery.js';

const HINTS: Record<NonNullable<Hint>, string> = {
  invite: 'I cannot post in this conversation. To have results posted there: `/invite @linq-remove`',
  closed:
    'Nobody can post in that conversation right now. Where I should post: open another one and `/invite @linq-remove`',
  admin: 'Slack does not let the app post. Please ask a workspace admin, then `/invite @linq-remove`',
  deleted: 'The message in the conversation was deleted, or can no longer be changed, so this is told here.',
};

/** Under a message that takes no edit any more. */
export const UNCHANGING = 'The message above can no longer be changed, so this is told here.';

/** Where a message is read apart from the threads of Add back. */
export const UNDONE =
  'Since then, people were added back, or are being added back, by the app. A message of its own tells how that ends.';

const UNHEARD =
  'Slack did not say whether my message arrived in the conversation, or wanted it much later. If it never does: `/invite @linq-remove`';

/** Why this is told here and not in the conversation, and what helps; null where it belongs here. */
export function hintFor({ kind, route, hint }: Delivery): string | null {
  if (kind !== 'status' || route === 'channel') return null;
  return hint ? HINTS[hint] : UNHEARD;
}
