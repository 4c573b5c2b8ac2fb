import { type Change, isOpen } from './change.js';

/** A person keeps everything from being sent to Linq, whatever request and process it belongs to, until it is resumed. */
export interface Pause {
  readonly by: string;
  readonly since: Date;
  /** What that person typed. Untrusted text. */
  readonly reason: string | null;
}

/** A person begins a pause or ends it. */
export interface PauseAct {
  readonly by: string;
  readonly at: Date;
  /** Where it was typed. */
  readonly channelId: string;
}

/**
 * What waits for the pause to end. A call that is on the wire, or that Linq accepted, goes its way; what was stopped has
 * no call left to make.
 */
export function isHeldByPause(change: Change): boolean {
  const { status, stopped } = change;
  const mayCall = status === 'approved' || status === 'waiting' || status === 'unsure';
  return isOpen(change) && !stopped && mayCall;
}
