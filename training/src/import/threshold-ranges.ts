import type { Imported } from './imported.ts';

const greatest = 3.4028234663852886e38;

/**
 * For each column, from a little below its least threshold to a little above its greatest one: where answers differ. Not the range of the
 * training rows, which the file does not have. [columns]
 */
export function thresholdRanges({
  columns,
  features,
  trees,
}: Imported): { minimum: number; maximum: number }[] {
  const least = columns.map(() => Infinity);
  const most = columns.map(() => -Infinity);
  for (const [node, j] of trees?.forest.feature.entries() ?? []) {
    const feature = features[j];
    if (!feature || Object.keys(feature).length > 1) continue;
    const threshold = trees?.forest.threshold[node] ?? 0;
    if (Math.abs(threshold) > greatest) continue;
    least[feature.column] = Math.min(least[feature.column], threshold);
    most[feature.column] = Math.max(most[feature.column], threshold);
  }
  return columns.map(({ type }, i) => {
    if (least[i] > most[i]) return { minimum: 0, maximum: 1 };
    const beside = (most[i] - least[i]) / 20 || Math.abs(least[i]) / 2 || 1;
    const ends = [least[i] - beside, most[i] + beside].map((end) =>
      Math.min(greatest, Math.max(-greatest, end)),
    );
    const [minimum, maximum] =
      type === 'integer'
        ? [
            Math.max(Number.MIN_SAFE_INTEGER, Math.floor(ends[0])),
            Math.min(Number.MAX_SAFE_INTEGER, Math.ceil(ends[1])),
          ]
        : ends.map((end) => Number(end.toPrecision(3)));
    return { minimum: Math.min(minimum, maximum), maximum: Math.max(minimum, maximum) };
  });
}
