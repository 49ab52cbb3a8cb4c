import { readNumber } from '@hearth/artifact/text-table';
import { textOf } from './profile.ts';
import type { RawTable } from './raw-table.ts';

/** With fewer, or shorter ones, blocks may have come about by sorting. */
const fewestBlocks = 5;
const fewestRows = 3;
/** The share of blocks in which the other column rises. */
const mostly = 0.9;

/**
 * The column that rises within almost every block of rows with one value of a column, and begins anew in the next: such rows are
 * measurements of one subject at several times.
 * @returns undefined if the rows do not stand in such blocks
 */
export function risesWithin(table: RawTable, column: string, others: readonly string[]): string | undefined {
  const blocks = blocksOf(table, column);
  if (!blocks) return undefined;
  return others.find((name) => {
    if (name === column) return false;
    const at = table.columns.findIndex((each) => each.name === name);
    const rising = blocks.filter((rows) => {
      const values = rows.map((row) => Number(readNumber(textOf(table.rows[row].cells[at]), table.decimal)));
      return values.every((value, i) => i === 0 || value > values[i - 1]);
    });
    return rising.length >= mostly * blocks.length;
  });
}

/** The rows of each value, if they stand together, by value. */
function blocksOf({ columns, rows }: RawTable, column: string): number[][] | undefined {
  const at = columns.findIndex((each) => each.name === column);
  const byValue = Map.groupBy(rows.keys(), (row) => textOf(rows[row].cells[at]));
  const blocks = [...byValue.values()];
  if (blocks.length < fewestBlocks || rows.length < fewestRows * blocks.length) return undefined;
  return blocks.every((block) => block[block.length - 1] - block[0] === block.length - 1)
    ? blocks
    : undefined;
}
