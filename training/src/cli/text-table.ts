/** Rows of cells as lines of equal columns: the first column to the left, the others as `align` says. */
export function textTable(rows: readonly (readonly string[])[], align: 'left' | 'right'): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const cell = (text: string, i: number) =>
    i === 0 || align === 'left' ? text.padEnd(widths[i]) : text.padStart(widths[i]);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
