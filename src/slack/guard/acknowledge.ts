import type { Log } from '../../removal/ports.js';

/**
 * Acknowledges where the work must go on even if Slack cannot hear us: during a reconnect Bolt's `ack` throws, and
 * what was already recorded or opened is not undone by that. True when Slack heard it.
 */
export async function acknowledge(send: () => Promise<void>, log: Log): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    log.warn({ err: error }, 'Slack did not hear an acknowledgement');
    return false;
  }
}
