import { afterSpace, type Model } from '@hearth/artifact';
import type { Limits } from '../limits/index.ts';
import { depthOfRows } from './json.ts';
import type { Slice } from './slice.ts';

/*
 * Bodies that hold nothing but plain rows are read straight into cells. Of all others it is not even said here what is wrong with
 * them: they are read again, by `parseBody`.
 */

type PlainLimits = Pick<Limits, 'batchRows' | 'jsonDepth'>;

const comma = 44;
const openList = 91;
const closeList = 93;
/** Rows that are read between two looks at the clock. */
const readTogether = 50;
const firstRoom = 256;

/** Reads a body that is one plain row into these cells. @returns false where it is not */
export function readPlainRow(model: Model, bytes: Buffer, cells: Float64Array): boolean {
  const end = model.readPlainRow(bytes, afterSpace(bytes, 0), cells, 0);
  return end >= 0 && afterSpace(bytes, end) === bytes.length;
}

/** Whether a body may be a list. */
export const isList = (bytes: Buffer): boolean => bytes[afterSpace(bytes, 0)] === openList;

/** The cells of a body that is a list of plain rows, at least one and no more than a batch may have: [rows × columns]. */
export async function readPlainRows(
  model: Model,
  bytes: Buffer,
  { batchRows, jsonDepth }: PlainLimits,
  slice: Slice,
): Promise<Float64Array | undefined> {
  if (jsonDepth < depthOfRows) return undefined;
  const width = model.manifest.columns.length;
  let cells = new Float64Array(firstRoom * width);
  let at = afterSpace(bytes, 0);
  for (let row = 0; row < batchRows; row++) {
    if ((row + 1) * width > cells.length) cells = withRoom(cells, 2 * cells.length);
    at = model.readPlainRow(bytes, afterSpace(bytes, at + 1), cells, row * width);
    if (at < 0) return undefined;
    at = afterSpace(bytes, at);
    if (bytes[at] === closeList)
      return afterSpace(bytes, at + 1) === bytes.length ? cells.subarray(0, (row + 1) * width) : undefined;
    if (bytes[at] !== comma) return undefined;
    if (row % readTogether === 0 && slice.isOver()) await slice.rest();
  }
  return undefined;
}

function withRoom(cells: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(cells);
  return larger;
}
