import type { ColumnBins } from '../bins.ts';

/** Which byte of a row holds the bin of a column. Columns of few bins share one: their bins are the digits of its code, 0 to 255. */
export interface JointColumns {
  /** Bytes of a row that have a code. */
  count: number;
  /** The byte of each column; [columns]. */
  byte: Int32Array;
  /** By how much the code of its byte grows with a column's bin; [columns]. */
  factor: Int32Array;
  /** The columns of each byte; [bytes]. */
  members: number[][];
  /** The number of codes of each byte; [bytes]. */
  codes: number[];
}

const mostCodes = 256;

/** With fewer rows than these for a code, it takes longer to sum the codes of a node by column than is saved. */
const rowsPerCode = 128;

/** The number of bins of a column, with that of missing values. */
const binsOf = ({ size }: ColumnBins): number => size + 1;

/** Puts each column into the first byte that has room for its bins. */
export function joinColumns(columns: readonly ColumnBins[], rows: number): JointColumns {
  const most = Math.min(mostCodes, rows / rowsPerCode);
  const byte = new Int32Array(columns.length);
  const factor = new Int32Array(columns.length);
  const members: number[][] = [];
  const codes: number[] = [];
  for (const [c, column] of columns.entries()) {
    const found = codes.findIndex((product) => product * binsOf(column) <= most);
    const at = found === -1 ? codes.length : found;
    byte[c] = at;
    factor[c] = codes[at] ?? 1;
    codes[at] = factor[c] * binsOf(column);
    members[at] = [...(members[at] ?? []), c];
  }
  return { count: codes.length, byte, factor, members, codes };
}

/** The bin of a column in each code of its byte. */
export const binInCode = (
  { factor }: JointColumns,
  columns: readonly ColumnBins[],
  c: number,
  code: number,
) => Math.floor(code / factor[c]) % binsOf(columns[c]);
