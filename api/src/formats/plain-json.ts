import { afterSpace, type Model } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Slice } from '../admission/slice.ts';
import { depthOfRows } from './parse-json.ts';

/*
 * Bodies of plain rows only are read straight into cells. Any other is read again by `parseBody`, and checked, which also words its
 * faults.
 */

const comma = 44;
const openBracket = 91;
const closeBracket = 93;
/** Bytes that are read between two looks at the clock. */
const readTogether = 8 * 1024;
/** Rows that there is room for at first. */
const firstRows = 256;

/** Reads a body that is one plain row into these cells. @returns false where it is not */
export function readOneRow(model: Model, bytes: Buffer, cells: Float64Array): boolean {
  const end = model.readPlainRow(bytes, afterSpace(bytes, 0), cells, 0);
  return end >= 0 && afterSpace(bytes, end) === bytes.length;
}

/** Whether a body is a list, if it is JSON. */
export const isList = (bytes: Buffer): boolean => bytes[afterSpace(bytes, 0)] === openBracket;

/** The cells of a body that is a list of plain rows, at least one and no more than a batch may have: [rows × columns]. */
export async function readRowList(
  model: Model,
  bytes: Buffer,
  { batchRows, jsonDepth }: Pick<Limits, 'batchRows' | 'jsonDepth'>,
  slice: Slice,
): Promise<Float64Array | undefined> {
  if (jsonDepth < depthOfRows) return undefined;
  const width = model.manifest.columns.length;
  let cells = new Float64Array(firstRows * width);
  let at = afterSpace(bytes, 0);
  let look = at + readTogether;
  for (let row = 0; row < batchRows; row++) {
    if ((row + 1) * width > cells.length) cells = enlarged(cells);
    at = model.readPlainRow(bytes, afterSpace(bytes, at + 1), cells, row * width);
    if (at < 0) return undefined;
    at = afterSpace(bytes, at);
    if (bytes[at] === closeBracket)
      return afterSpace(bytes, at + 1) === bytes.length ? cells.subarray(0, (row + 1) * width) : undefined;
    if (bytes[at] !== comma) return undefined;
    if (at < look) continue;
    if (slice.isOver()) await slice.rest();
    look = at + readTogether;
  }
  return undefined;
}

function enlarged(cells: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * cells.length);
  larger.set(cells);
  return larger;
}
