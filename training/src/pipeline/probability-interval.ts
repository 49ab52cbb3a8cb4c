import { type Forest, type Manifest, nearestShare } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { keptColumns } from '../evaluation/random-mask.ts';
import { sampleRows } from '../random.ts';
import {
  alwaysGiven,
  type GivenCounter,
  givenCounter,
  maskedShares,
  type SpreadReader,
  shares,
  spreadReader,
} from './masks.ts';

type Probability = NonNullable<NonNullable<Manifest['interval']>['probability']>;

const method =
  'The nearly shortest interval of log-odds that are normal around the centre that gives the answer as their mean (MacKay 1992), with equal density at its ends (Box & Tiao 1973)';

/** So many rows tell a mean over rows well enough. */
const mostRows = 2000;

/** What a row's spread is, and which columns it gives, with all its columns or those of a mask. */
interface MaskedRows {
  rows: Int32Array;
  /** Columns that every row must have: 1 or 0, [columns]. */
  always: Uint8Array;
  spreadOf: SpreadReader;
  given: GivenCounter;
}

/** Of s², the part that columns that are not given cause, by the share of columns given: what a row has beyond its s² with all columns. */
export function missingShares({
  rows,
  always,
  spreadOf,
  given: counter,
}: MaskedRows): Probability['missing'] {
  const sums = shares.map(() => ({ whole: 0, known: 0 }));
  for (const row of rows) {
    const known = spreadOf(row) ** 2;
    for (const share of maskedShares) {
      const kept = keptColumns({ share, always }, row);
      const sum = sums[nearestShare(shares, counter.count(row, kept), counter.used)];
      sum.whole += spreadOf(row, kept) ** 2;
      sum.known += known;
    }
  }
  return shares.map((given, i) => {
    const { whole, known } = sums[i];
    // with all columns nothing is missing; where no row has such a share, as if nothing were
    return { given, share: given === 1 || whole === 0 ? 0 : Math.max(0, 1 - known / whole) };
  });
}

export function learnProbability(
  design: Design,
  { spread, interval }: { spread: Forest; interval: NonNullable<Manifest['interval']> },
  seed: number,
): Probability {
  const missing = missingShares({
    rows: sampleRows(Int32Array.from(design.x.keys()), mostRows, seed),
    always: alwaysGiven(design),
    spreadOf: spreadReader(design, spread, interval),
    given: givenCounter(design),
  });
  return { method, missing };
}
