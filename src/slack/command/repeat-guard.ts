/** More than any workspace types within the minutes in which Slack may deliver something again. */
const REMEMBERED = 1_000;

/**
 * Remembers the triggers of commands seen lately: Slack may deliver one twice, Bolt does not notice, and the second
 * would find its trigger spent. Only a courtesy, so it may live in one process: what is removed is guarded by the store.
 * Delivered again to another process, a command finds its trigger spent there, and the person beside the open window a
 * line that says so.
 */
export function createRepeatGuard(): (triggerId: string) => boolean {
  const seen = new Set<string>();
  return (triggerId) => {
    if (seen.has(triggerId)) return true;
    seen.add(triggerId);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
