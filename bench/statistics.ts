/** The middle of an odd number of runs; the lower middle of an even one. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1);
  return sorted[index] ?? Number.NaN;
}

/** The median, and from where to where the runs went. */
export function shown(values: readonly number[], show: (value: number) => string): string {
  return `${show(median(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
}

/** One line of the table: ours beside the other, and what we aim at. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  /** With what it is. */
  readonly other: string;
  /** Ours divided by the other, where that is what the goal speaks of. */
  readonly ratio: string;
  readonly goal: string;
}

export const ms = (value: number) => `${value.toFixed(1)} ms`;
export const ratio = (value: number) => value.toFixed(2);

export function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, ours, other, ratio: by, goal }) => `| ${what} | ${ours} | ${other} | ${by} | ${goal} |`,
  );
  return ['| measure | linq-remove | beside it | ratio | goal |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}
