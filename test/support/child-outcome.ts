import type { Message } from '../../simulator/slack/messages.js';
import { LEASE_MS } from '../../src/removal/schedule.js';
import { seconds } from './clock.js';
import type { Stage } from './stage.js';

/* What has become of a removal after the process that carried it died. */

const READ = 'GET /v3/chats/{id}';
export const DELETE = 'DELETE /v3/chats/{id}/participants';

/** After this, whatever the dead process held is taken up by the next. */
export const LEASE_OVER = LEASE_MS + seconds(1);

/** Long enough for every lease and every second look, with a Linq that does what it accepted. */
export async function runsItsCourse({ passes, linq }: Stage): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await passes(LEASE_OVER);
    linq.settles();
  }
  await passes(seconds(61));
}

/** The messages in the channel, replies in threads left out. */
export function topics({ slack, support }: Stage): readonly Message[] {
  return slack.messagesIn(support.id).filter(({ thread_ts }) => !thread_ts);
}

/** The only message in the channel, as it reads in the end. */
export function theMessage(stage: Stage): Message | undefined {
  const messages = topics(stage);
  expect(messages.map(({ text }) => text)).toHaveLength(1);
  return messages[0];
}

/** Between one DELETE and the next, the chat was read. */
export function looksBeforeEachRepeat({ ledger }: Stage): void {
  const whats = ledger.entries.map(({ what }) => what);
  const [, ...repeats] = [...whats.keys()].filter((at) => whats[at] === DELETE);
  for (const at of repeats) {
    const since = whats.slice(whats.lastIndexOf(DELETE, at - 1) + 1, at);
    expect(since).toContain(READ);
  }
}
