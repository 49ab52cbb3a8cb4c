import type { ChanceEvaluation } from '@hearth/artifact';

type Bins = ChanceEvaluation['reliability'];

/** The outcomes of the cases that were given about the same chance. */
export interface TrackRecord {
  /** The range of their chances. */
  low: number;
  high: number;
  rows: number;
  positives: number;
}

/** Fewer cases say very little, and single persons could be recognised. */
const fewest = 20;

/**
 * The calibration bin of a chance, joined with the smaller of its neighbours until it has enough rows; undefined if all bins
 * together have too few.
 */
export function trackRecord(bins: Bins, chance: number): TrackRecord | undefined {
  const sorted = bins.toSorted((a, b) => a.low - b.low);
  const own = sorted.findIndex(({ low, high }) => chance >= low && (chance < high || high === 1));
  if (own < 0) return undefined;
  let [first, last] = [own, own];
  const joined = () => sorted.slice(first, last + 1);
  while (sum(joined(), ({ rows }) => rows) < fewest) {
    const [before, after] = [sorted[first - 1], sorted[last + 1]];
    if (!before && !after) return undefined;
    if (!after || (before && before.rows < after.rows)) first--;
    else last++;
  }
  return {
    low: sorted[first]?.low ?? 0,
    high: sorted[last]?.high ?? 1,
    rows: sum(joined(), ({ rows }) => rows),
    positives: sum(joined(), ({ rows, observed }) => Math.round(rows * observed)),
  };
}

const sum = (bins: Bins, of: (bin: Bins[number]) => number) =>
  bins.reduce((total, bin) => total + of(bin), 0);
