type ExampleRow = Record<string, number | string>;

export const ndjsonOf = (rows: readonly ExampleRow[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Rows that have the same columns. */
export function csvOf(rows: readonly ExampleRow[]): string {
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\n`).join('');
}

function cellOf(value: number | string): string {
  const cell = String(value);
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
