/** A loss that boosting minimises. */
export interface Loss {
  /** The best constant score for a target with this mean over this number of rows. */
  start(mean: number, rows: number): number;
  of(target: number, score: number): number;
  /** Negative first derivative by the score. */
  slope(target: number, score: number): number;
  /** Second derivative by the score. */
  curvature(target: number, score: number): number;
}

const probability = (score: number): number => 1 / (1 + Math.exp(-score));

/** Scores are log-odds, targets 0 or 1. If all are equal, half a row is counted as the other class, so that scores are finite. */
const logistic: Loss = {
  start: (mean, rows) => {
    const share = Math.min(Math.max(mean, 0.5 / rows), 1 - 0.5 / rows);
    return Math.log(share / (1 - share));
  },
  of: (target, score) => Math.max(score, 0) - target * score + Math.log1p(Math.exp(-Math.abs(score))),
  slope: (target, score) => target - probability(score),
  curvature: (_, score) => probability(score) * (1 - probability(score)),
};

/** Scores are in the unit of the target. */
const squared: Loss = {
  start: (mean) => mean,
  of: (target, score) => (target - score) ** 2 / 2,
  slope: (target, score) => target - score,
  curvature: () => 1,
};

/** Scores are logarithms of the expected count. If all are 0, half an event is counted, so that scores are finite. */
const poisson: Loss = {
  start: (mean, rows) => Math.log(Math.max(mean, 0.5 / rows)),
  of: (target, score) => Math.exp(score) - target * score,
  slope: (target, score) => target - Math.exp(score),
  curvature: (_, score) => Math.exp(score),
};

export const losses = { logistic, squared, poisson };
