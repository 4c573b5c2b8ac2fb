import { stringify } from 'csv-stringify/sync';
import { CSV } from './formats.js';

/** Rows as comma-separated values with a header, every column always there. */
export function toCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | null>>[],
): string {
  return stringify([...rows], { ...CSV, columns: [...columns] });
}
