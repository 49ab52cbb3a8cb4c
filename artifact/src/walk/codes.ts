import type { PackedForest } from './pack.ts';
import { countAtMost } from './thresholds.ts';

/** Columns of a packed forest with the one that leaves ask. */
export const widthOf = ({ featureOf }: PackedForest): number => featureOf.length + 1;

/**
 * Writes rows of features as the codes that the nodes of a packed forest ask for.
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
  for (let row = 0; row < count; row++) codes[row * width + featureOf.length] = 1;
}
