import type { Imported } from './imported.ts';

const greatest = 3.4028234663852886e38;

/**
 * For each column, round numbers around its thresholds: as far beyond the least and the greatest one as thresholds lie apart, so that there is
 * a value on each side of all of them. Not the range of the training rows, which the file does not have. [columns]
 */
export function thresholdRanges({
  columns,
  features,
  trees,
}: Imported): { minimum: number; maximum: number }[] {
  const thresholds = columns.map(() => new Set<number>());
  for (const [node, j] of trees?.forest.feature.entries() ?? []) {
    const feature = features[j];
    if (!feature || Object.keys(feature).length > 1) continue;
    const threshold = trees?.forest.threshold[node] ?? 0;
    if (Math.abs(threshold) <= greatest) thresholds[feature.column].add(threshold);
  }
  return columns.map(({ type }, i) => around(Float64Array.from(thresholds[i]).sort(), type === 'integer'));
}

/** @param thresholds ascending */
function around(thresholds: Float64Array, isWhole: boolean): { minimum: number; maximum: number } {
  if (thresholds.length === 0) return { minimum: 0, maximum: 1 };
  const [least, most] = [thresholds[0], thresholds[thresholds.length - 1]];
  const gaps = thresholds.subarray(1).map((each, i) => each - thresholds[i]);
  const gap = gaps.sort()[gaps.length >> 1] ?? 0;
  const beside = Math.max((most - least) / 20, gap) || Math.abs(least) / 2 || 1;
  const step = Math.max(roundStep((most - least + 2 * beside) / 20), isWhole ? 1 : 0);
  // a threshold may be one step of float32 below the number that it stands for
  const near = 1e-4;
  const low = Math.floor((least - beside) / step + near) * step;
  const high = Math.ceil((most + beside) / step - near) * step;
  const bound = isWhole ? Number.MAX_SAFE_INTEGER : greatest;
  const within = (end: number) => Math.min(bound, Math.max(-bound, Number(end.toPrecision(12))));
  return { minimum: within(least >= 0 ? Math.max(0, low) : low), maximum: within(high) };
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}
