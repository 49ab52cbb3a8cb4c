import type { Value } from '@hearth/artifact';

type ExampleRow = Record<string, Value>;

export const ndjsonOf = (rows: readonly ExampleRow[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Rows that have the same columns. */
export function csvOf(rows: readonly ExampleRow[]): string {
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\n`).join('');
}

function cellOf(value: Value): string {
  const cell = String(value);
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
