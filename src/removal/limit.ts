import { later } from './schedule.js';

/** For so long a removal counts against what one person may do alone. */
export const LIMIT_PERIOD_MS = 3_600_000;

/** What one person may have removed within an hour without anybody else's approval; null: as much as they like. */
export interface Limits {
  /** APPROVAL=bulk: all that the asker asked for counts, approved or not, over all people removed. */
  readonly bulkAbove: number | null;
  /** REMOVALS_PER_HOUR: what no approver approved counts. */
  readonly perHour: number | null;
}

/** One person would have more removed within an hour, without anybody else's approval, than a rule allows. */
export interface OverLimit {
  readonly rule: keyof Limits;
  readonly limit: number;
  /** Within the last hour, without this. */
  readonly already: number;
  /** When as many will be possible; null: never at once. */
  readonly freeAt: Date | null;
}

/** Whether `more` removals are too many beside those of the last hour, which were asked for at these times; null: they are not. */
export function overLimit(
  rule: keyof Limits,
  limit: number,
  lately: readonly Date[],
  more: number,
): OverLimit | null {
  const already = lately.length;
  const tooMany = already + more - limit;
  if (tooMany <= 0) return null;
  const oldestFirst = [...lately].sort((a, b) => a.getTime() - b.getTime());
  const last = oldestFirst[tooMany - 1];
  return { rule, limit, already, freeAt: last ? later(last, LIMIT_PERIOD_MS) : null };
}
