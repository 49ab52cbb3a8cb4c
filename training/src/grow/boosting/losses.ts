/** What boosting makes smaller. */
export interface Loss {
  /** The constant score that is best for a target of this mean over so many rows. */
  start(mean: number, rows: number): number;
  /** Loss of a score. */
  of(target: number, score: number): number;
  /** Its negative first derivative by the score. */
  slope(target: number, score: number): number;
  /** Its second derivative. */
  curvature(target: number, score: number): number;
}

const chance = (score: number): number => 1 / (1 + Math.exp(-score));

/** Scores are log-odds, targets 0 or 1. Where all are the same, half a row is taken to be otherwise, so that scores are finite. */
const logistic: Loss = {
  start: (mean, rows) => {
    const share = Math.min(Math.max(mean, 0.5 / rows), 1 - 0.5 / rows);
    return Math.log(share / (1 - share));
  },
  of: (target, score) => Math.max(score, 0) - target * score + Math.log1p(Math.exp(-Math.abs(score))),
  slope: (target, score) => target - chance(score),
  curvature: (_, score) => chance(score) * (1 - chance(score)),
};

/** Scores are on the target's scale. */
const squared: Loss = {
  start: (mean) => mean,
  of: (target, score) => (target - score) ** 2 / 2,
  slope: (target, score) => target - score,
  curvature: () => 1,
};

export const losses = { logistic, squared };
