/**
 * After a try that failed the next one had its time, and that may be what Slack asked for: from now on no news overrides
 * it. A held one is on its way, whatever its time says.
 */
export function waitOf(old: { tries: number; held: number; due_at: string | null }): string | null {
  return old.tries > 0 && old.held === 0 ? old.due_at : null;
}
