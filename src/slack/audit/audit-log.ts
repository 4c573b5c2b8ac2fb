import type { AuditFact } from '../../removal/audit.js';
import type { Log } from '../../removal/ports.js';
import { maskHandle } from '../blocks/text.js';

/** More than one approval may hold. */
const MOST_NAMED = 100;

/** Each fact as a log line of its own that a collector finds by `"audit": true`; described in docs/operations.md. */
export function logFacts(log: Log, facts: readonly AuditFact[]): void {
  for (const { kind, by, askedBy, channelId, requestId, direction, about, detail, at } of facts) {
    const fields = {
      audit: true,
      what: kind,
      at: at.toISOString(),
      by,
      askedBy,
      channel: channelId,
      request: requestId,
      direction,
      about: about.slice(0, MOST_NAMED).map(({ chatId, handle }) => ({
        chatId,
        handle: handle === null ? null : maskHandle(handle),
      })),
      detail,
    };
    log.info(fields, `Audit: ${kind}`);
  }
}
