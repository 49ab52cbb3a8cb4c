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

/** The rows as the bytes of their file, in the given order, and what the manifest says of them. */
export function encodeOutOfFold(rows: readonly OutOfFoldRow[], seed: number) {
  const isWeighted = rows.some(({ weight }) => weight !== undefined);
  const isGrouped = rows.some(({ group }) => group !== undefined);
  const outputs = rows[0]?.predictions?.length ?? 1;
  const most = mostRows(keyBytes + 8 + 8 * outputs + (isWeighted ? 8 : 0) + (isGrouped ? 4 : 0));
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
    }),
  };
}

/** @throws ArtifactError 'trees' or 'bounds' if the bytes are not those of such a file */
export function decodeOutOfFold(bytes: Uint8Array, outputs: number): OutOfFoldRow[] {
  const { row, target, prediction, weight, group } = decodeTensors(
    bytes,
    { row: 'U8', target: 'F64', prediction: 'F64' },
    { weight: 'F64', group: 'I32' },
  );
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
    ...(outputs > 1 && { predictions: Array.from(prediction.subarray(i * outputs, (i + 1) * outputs)) }),
  }));
}

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
