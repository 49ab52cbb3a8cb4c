import { Help } from 'commander';

const gap = 2;
const narrowest = 12;

/** How wide the output may be: the terminal, or 80 columns where it goes to a file or a pipe. */
const outputWidth = (): number => process.stdout.columns || 80;

/**
 * Rows of cells as lines of equal columns: the first column to the left, the others as `align` says. Where they are wider than `width`,
 * the text of the widest column is wrapped.
 */
export function textTable(
  rows: readonly (readonly string[])[],
  align: 'left' | 'right',
  width = outputWidth(),
): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  for (let spare = surplus(widths, width); spare > 0; spare = surplus(widths, width)) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest] <= narrowest) break;
    widths[widest]--;
  }
  const cell = (text: string, i: number) =>
    i === 0 || align === 'left' ? text.padEnd(widths[i]) : text.padStart(widths[i]);
  return rows
    .flatMap((row) => wrapped(row, widths).map((line) => line.map(cell).join('  ').trimEnd()))
    .join('\n');
}

const surplus = (widths: readonly number[], width: number): number =>
  widths.reduce((sum, each) => sum + each + gap, -gap) - width;

/** A row as lines of cells, none wider than its column unless by one long word. */
function wrapped(row: readonly string[], widths: readonly number[]): string[][] {
  const help = new Help();
  help.minWidthToWrap = 1;
  const cells = row.map((text, i) => help.boxWrap(text, widths[i]).split('\n'));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, i) => cells.map((lines) => lines[i] ?? ''));
}
