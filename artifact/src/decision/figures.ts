import type { ThresholdCounts } from './counts.ts';

/** Half the width of a 95 % interval, in standard errors. */
const z = 1.959963984540054;

/** An estimate with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** What a threshold does. The shares are undefined where there is no row to take a share of. */
export interface ThresholdFigures {
  threshold: number;
  /** Of all rows, the share that is called positive. */
  flagged: number;
  sensitivity?: Estimate;
  specificity?: Estimate;
  /** Positive and negative predictive value. */
  ppv?: Estimate;
  npv?: Estimate;
  /** Of the model, and of calling every row positive; of none it is 0. */
  netBenefit: Estimate;
  netBenefitOfAll: number;
}

/** The figures at one of the thresholds that were counted. */
export function figuresAt(counts: ThresholdCounts, i: number): ThresholdFigures {
  const { rows, positives, at } = counts;
  const [tp, fp] = [counts.truePositives[i], counts.falsePositives[i]];
  const negatives = rows - positives;
  const [fn, tn] = [positives - tp, negatives - fp];
  return {
    threshold: at[i],
    flagged: (tp + fp) / rows,
    sensitivity: share(tp, positives),
    specificity: share(tn, negatives),
    ppv: share(tp, tp + fp),
    npv: share(tn, tn + fn),
    netBenefit: netBenefit(tp, fp, rows, at[i]),
    netBenefitOfAll: netBenefit(positives, negatives, rows, at[i]).value,
  };
}

/** The place of a threshold among those that were counted, or of the nearest one. */
export const placeOf = ({ at }: ThresholdCounts, threshold: number): number =>
  at.reduce((best, each, i) => (Math.abs(each - threshold) < Math.abs(at[best] - threshold) ? i : best), 0);

/**
 * Net benefit (Vickers & Elkin 2006, Medical Decision Making 26:565): the share of true positives minus the share of false positives,
 * which count as much as the odds of the threshold. It is the mean over the rows of 1 for a true positive, −odds for a false one and
 * otherwise 0; the interval is the normal one of that mean (delta method, as in Marsh et al. 2020, Biometrics 76:843).
 */
function netBenefit(tp: number, fp: number, rows: number, threshold: number): Estimate {
  const odds = threshold / (1 - threshold);
  const value = tp / rows - (fp / rows) * odds;
  const variance = ((tp + fp * odds ** 2) / rows - value ** 2) * (rows / Math.max(1, rows - 1));
  const half = z * Math.sqrt(Math.max(0, variance) / rows);
  return { value, low: value - half, high: value + half };
}

/** A share with its interval by Wilson (1927), which is within 0 and 1 also for few rows. */
function share(of: number, rows: number): Estimate | undefined {
  return rows === 0 ? undefined : { value: of / rows, ...wilson(of / rows, rows) };
}

/** 95 % interval of a share (Wilson 1927). */
export function wilson(share: number, rows: number): { low: number; high: number } {
  const centre = share + z ** 2 / (2 * rows);
  const half = z * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  const scale = 1 + z ** 2 / rows;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/** What a threshold does to so many people like those in the rows, in whole people that add up. */
export interface People {
  of: number;
  flagged: number;
  flaggedWith: number;
  missed: number;
}

export function peopleAt(counts: ThresholdCounts, i: number, of = 100): People {
  const [tp, fp] = [counts.truePositives[i], counts.falsePositives[i]];
  const whole = (rows: number) => Math.round((of * rows) / counts.rows);
  const flaggedWith = whole(tp);
  const flagged = Math.max(flaggedWith, whole(tp + fp));
  return { of, flagged, flaggedWith, missed: Math.min(of - flagged, whole(counts.positives - tp)) };
}
