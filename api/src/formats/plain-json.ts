import { afterSpace, type Model } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Slice } from '../admission/slice.ts';
import { depthOfRows } from './parse-json.ts';

/*
 * Bodies with only plain rows are read straight into cells. Any other body is parsed again by `parseBody` and checked, which gives its
 * faults.
 */

const comma = 44;
const openBracket = 91;
const closeBracket = 93;
/** Bytes read between two checks of the clock. */
const readTogether = 8 * 1024;
/** The initial capacity in rows. */
const firstRows = 256;

/** Reads a body that is one plain row into these cells. @returns false if it is not one */
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
