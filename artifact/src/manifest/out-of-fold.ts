import * as v from 'valibot';
import { count, finite } from '../columns/columns.ts';
import { ArtifactError } from '../errors.ts';
import { decodeTensors, encodeTensors } from '../forest/safetensors.ts';
import { createUniform } from '../random.ts';

/** The prediction for a training row by a model that was not trained on it. */
export const OutOfFoldRow = v.strictObject({
  /** Names the row without showing it: 16 hexadecimal digits. */
  row: v.string(),
  target: finite,
  /** The only output, or the first of several. */
  prediction: finite,
  /** All of them, if there are several. */
  predictions: v.optional(v.array(finite)),
  /** How much it counts in scores, if rows differ. */
  weight: v.optional(v.pipe(finite, v.gtValue(0))),
  /** The number of its group, if rows of a group stay in one fold. */
  group: v.optional(count),
  /** The places in `evaluation.subgroups` of those that the row is in. */
  subgroups: v.optional(v.array(count)),
});
export type OutOfFoldRow = v.InferOutput<typeof OutOfFoldRow>;

/** What a manifest of format 2 says of the rows, which are in a file of their own: how many of how many, drawn with which seed. */
export const OutOfFoldSummary = v.strictObject({ rows: count, of: count, seed: count });

/** Bytes that the file of the rows can have. */
export const outOfFoldBytes = 16 << 20;
const headerBytes = 4096;
const keyBytes = 8;

/** Rows that a version keeps at most, from the bytes of a row; of more it keeps a sample. */
const mostRows = (rowBytes: number): number =>
  Math.min(100_000, Math.floor((outOfFoldBytes - headerBytes) / rowBytes));

/** Bytes for one bit each. */
const bytesOf = (subgroups: number): number => (subgroups + 7) >> 3;

/**
 * The rows as the bytes of their file, in the given order, and what the manifest says of them.
 * @param subgroups how many there are
 */
export function encodeOutOfFold(rows: readonly OutOfFoldRow[], seed: number, subgroups = 0) {
  const isWeighted = rows.some(({ weight }) => weight !== undefined);
  const isGrouped = rows.some(({ group }) => group !== undefined);
  const outputs = rows[0]?.predictions?.length ?? 1;
  const own = keyBytes + 8 + 8 * outputs + bytesOf(subgroups);
  const most = mostRows(own + (isWeighted ? 8 : 0) + (isGrouped ? 4 : 0));
  const kept = rows.length > most ? sample(rows, most, seed) : rows;
  const keys = Buffer.alloc(keyBytes * kept.length);
  for (const [i, { row }] of kept.entries()) {
    if (keys.write(row, keyBytes * i, keyBytes, 'hex') !== keyBytes) {
      throw new TypeError(`a row is named by 16 hexadecimal digits, not by "${row}"`);
    }
  }
  const predictions = kept.map(({ prediction, predictions = [prediction] }) => predictions);
  return {
    summary: { rows: kept.length, of: rows.length, seed },
    bytes: encodeTensors({
      row: Uint8Array.from(keys),
      target: Float64Array.from(kept, ({ target }) => target),
      prediction: Float64Array.from(predictions.flat()),
      ...(isWeighted && { weight: Float64Array.from(kept, ({ weight = 1 }) => weight) }),
      ...(isGrouped && { group: Int32Array.from(kept, ({ group = 0 }) => group) }),
      ...(subgroups > 0 && { subgroups: packBits(kept, bytesOf(subgroups)) }),
    }),
  };
}

function packBits(rows: readonly OutOfFoldRow[], width: number): Uint8Array {
  const bits = new Uint8Array(rows.length * width);
  for (const [i, { subgroups = [] }] of rows.entries())
    for (const each of subgroups) bits[i * width + (each >> 3)] |= 1 << (each & 7);
  return bits;
}

/**
 * @param subgroups how many there are
 * @throws ArtifactError 'trees' or 'bounds' if the bytes are not those of such a file
 */
export function decodeOutOfFold(bytes: Uint8Array, outputs: number, subgroups = 0): OutOfFoldRow[] {
  const { row, target, prediction, weight, group, ...more } = decodeTensors(
    bytes,
    { row: 'U8', target: 'F64', prediction: 'F64' },
    { subgroups: 'U8', weight: 'F64', group: 'I32' },
  );
  const bits = more.subgroups;
  const width = bytesOf(subgroups);
  if (bits && bits.length !== width * target.length) {
    throw new ArtifactError('bounds', `the subgroups of the out-of-fold predictions are not of ${subgroups}`);
  }
  const others = [weight, group].filter((tensor) => tensor !== undefined);
  if (others.some(({ length }) => length !== target.length)) {
    throw new ArtifactError('bounds', `the weights or groups are not those of ${target.length} rows`);
  }
  if (weight?.some((each) => !(each > 0 && each < Infinity)) || group?.some((each) => each < 0)) {
    throw new ArtifactError(
      'finite',
      'a weight of an out-of-fold prediction is not above 0, or a group below 0',
    );
  }
  if (row.length !== keyBytes * target.length || prediction.length !== outputs * target.length) {
    throw new ArtifactError(
      'bounds',
      `the out-of-fold predictions are of ${target.length} rows, but the number of keys or predictions differs`,
    );
  }
  if (![target, prediction].every((numbers) => numbers.every(Number.isFinite))) {
    throw new ArtifactError('finite', 'an out-of-fold prediction is not a finite number');
  }
  return Array.from(target, (value, i) => ({
    row: Buffer.from(row.subarray(i * keyBytes, (i + 1) * keyBytes)).toString('hex'),
    target: value,
    prediction: prediction[i * outputs],
    ...(weight && { weight: weight[i] }),
    ...(group && { group: group[i] }),
    ...(bits && { subgroups: placesOf(bits.subarray(i * width, (i + 1) * width), subgroups) }),
    ...(outputs > 1 && { predictions: Array.from(prediction.subarray(i * outputs, (i + 1) * outputs)) }),
  }));
}

/** The bits that are set, of so many. */
const placesOf = (bits: Uint8Array, count: number): number[] =>
  Array.from({ length: count }, (_, i) => i).filter((i) => bits[i >> 3] & (1 << (i & 7)));

/** A sample without repetition, in the order of the rows (Fan, Muller & Rezucha 1962, selection sampling). */
function sample<T>(rows: readonly T[], most: number, seed: number): T[] {
  const uniform = createUniform(seed);
  let needed = most;
  return rows.filter((_, i) => {
    if (uniform() * (rows.length - i) >= needed) return false;
    needed--;
    return true;
  });
}
