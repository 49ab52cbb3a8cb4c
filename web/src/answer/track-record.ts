import type { ChanceEvaluation } from '@hearth/artifact';

type Bins = ChanceEvaluation['reliability'];

/** How it went for those who were given about the same chance. */
export interface Alike {
  /** The ends of what they were given, as chances. */
  low: number;
  high: number;
  rows: number;
  positives: number;
}

/** Fewer than these say next to nothing, and could be recognised. */
const fewest = 20;

/**
 * The bin of a calibration that a chance lies in, joined with the smaller of its neighbours until there are enough rows in it to say
 * something; undefined where there never are.
 */
export function alike(bins: Bins, chance: number): Alike | undefined {
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
