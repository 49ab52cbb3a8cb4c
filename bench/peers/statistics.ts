import { mean } from './scores.ts';

/**
 * The corrected resampled t-test (Nadeau & Bengio 2003, Machine Learning 52), two-sided: the variance of the mean difference of J folds is
 * (1/J + tested/trained) times that of a fold, because the folds share their training rows.
 * @param differences of the losses; [folds]
 * @param ratio rows tested over rows trained on, in a fold
 * @returns the p value
 */
export function correctedResampledTest(differences: readonly number[], ratio: number): number {
  const folds = differences.length;
  const centre = mean(differences);
  const variance = differences.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (folds - 1);
  if (variance === 0) return centre === 0 ? 1 : 0;
  return studentTail(centre / Math.sqrt((1 / folds + ratio) * variance), folds - 1);
}

/** The same of one fold with many rows: the paired test of the rows' losses. */
export function pairedTest(differences: Float64Array): number {
  const centre = mean(differences);
  const variance = mean(differences.map((each) => (each - centre) ** 2));
  if (variance === 0) return centre === 0 ? 1 : 0;
  return studentTail(centre / Math.sqrt(variance / differences.length), differences.length - 1);
}

/** P(|T| ≥ |t|) of Student's distribution with whole degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4). */
export function studentTail(t: number, freedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const cos2 = Math.cos(angle) ** 2;
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < freedom; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, 1 - within);
}
