import { countAtMost } from '../thresholds.ts';
import { farRight, type PackedForest } from './pack.ts';

/** Columns of a packed forest, including the two that leaves compare with. */
export const widthOf = ({ featureOf }: PackedForest): number => featureOf.length + 2;

/** Writes the two columns that leaves compare with, the same in every row: code 0 goes left at every leaf, `farRight` right. */
export function writeLeafCodes(codes: Uint16Array, width: number): void {
  for (let at = width; at <= codes.length; at += width) {
    codes[at - 2] = 0;
    codes[at - 1] = farRight;
  }
}

/**
 * Writes rows of features as codes for a packed forest. The two columns of the leaves are left as they are.
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
