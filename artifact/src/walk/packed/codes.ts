import { countAtMost } from '../thresholds.ts';
import { farRight, type PackedForest } from './pack.ts';

/** Columns of a packed forest with the two that leaves ask. */
export const widthOf = ({ featureOf }: PackedForest): number => featureOf.length + 2;

/** Writes the codes that leaves ask for, the same in every row: one is above no number, the other above all. */
export function writeLeafCodes(codes: Uint16Array, width: number): void {
  for (let at = width; at <= codes.length; at += width) {
    codes[at - 2] = 0;
    codes[at - 1] = farRight;
  }
}

/**
 * Writes rows of features as the codes that the nodes of a packed forest ask for, those for its leaves left as they are.
 * @param x [rows × features], NaN where missing
 * @param codes [count × width] or more
 */
export function writeCodes(
  packed: PackedForest,
  x: Float64Array,
  from: number,
  count: number,
  codes: Uint16Array,
): void {
  const { thresholds, featureOf, missingCode } = packed;
  const features = thresholds.starts.length - 1;
  const width = widthOf(packed);
  for (let column = 0; column < featureOf.length; column++) {
    const feature = featureOf[column];
    for (let row = 0; row < count; row++) {
      const value = x[(from + row) * features + feature];
      codes[row * width + column] = Number.isNaN(value)
        ? missingCode[column]
        : countAtMost(thresholds, feature, value);
    }
  }
}
