/** The loss of a score, given a target. */
export interface Family {
  /** Whether the weight is always 1. */
  constantWeight: boolean;
  /**
   * Computes for every row the negative derivative of the loss by the score (`residual`), and the second derivative or its
   * expectation (`weight`).
   */
  linearise(score: Float64Array, target: Float64Array, residual: Float64Array, weight: Float64Array): void;
  /** Negative log likelihood of all rows, up to a constant; a row of weight 2 counts as two rows. */
  loss(score: Float64Array, target: Float64Array, weights?: Float64Array): number;
}

/** A loss for the target of a table. */
export interface TargetFamily extends Family {
  /** Whether the target is 0 or 1. */
  hasClasses: boolean;
  /** Whether the target is standardised to mean 0 and standard deviation 1. */
  isStandardised: boolean;
  /** Loss of one held-out row. */
  heldOut(score: number, target: number): number;
  /** Negative log likelihood of rows with this mean loss, up to a constant. */
  inNats(mean: number, rows: number): number;
}

/** Target 0 or 1, score its log-odds. */
export const logistic: TargetFamily = {
  hasClasses: true,
  isStandardised: false,
  heldOut: (score, target) => Math.log1p(Math.exp(target === 1 ? -score : score)),
  inNats: (mean, rows) => rows * mean,
  constantWeight: false,
  linearise(score, target, residual, weight) {
    for (let i = 0; i < score.length; i++) {
      const p = 1 / (1 + Math.exp(-score[i]));
      residual[i] = target[i] - p;
      weight[i] = Math.max(p * (1 - p), 1e-6);
    }
  },
  loss: (score, target, weights) =>
    weights
      ? score.reduce(
          (sum, s, i) =>
            sum + weights[i] * (Math.log1p(Math.exp(-Math.abs(s))) + Math.max(s, 0) - target[i] * s),
          0,
        )
      : score.reduce(
          (sum, s, i) => sum + Math.log1p(Math.exp(-Math.abs(s))) + Math.max(s, 0) - target[i] * s,
          0,
        ),
};

/** ½ (target - score)² */
export const squared: TargetFamily = {
  hasClasses: false,
  isStandardised: true,
  heldOut: (score, target) => (score - target) ** 2,
  // the variance of the noise is estimated too
  inNats: (mean, rows) => (rows / 2) * Math.log(mean),
  constantWeight: true,
  linearise(score, target, residual, weight) {
    for (let i = 0; i < score.length; i++) residual[i] = target[i] - score[i];
    weight.fill(1);
  },
  loss: (score, target, weights) =>
    score.reduce((sum, s, i) => sum + ((weights ? weights[i] : 1) * (target[i] - s) ** 2) / 2, 0),
};

/** Target a count, score the logarithm of its expectation: Poisson regression (McCullagh & Nelder 1989). */
export const poisson: TargetFamily = {
  hasClasses: false,
  isStandardised: false,
  heldOut: (score, target) => Math.exp(score) - target * score,
  inNats: (mean, rows) => rows * mean,
  constantWeight: false,
  linearise(score, target, residual, weight) {
    for (let i = 0; i < score.length; i++) {
      const mean = Math.exp(score[i]);
      residual[i] = target[i] - mean;
      weight[i] = Math.max(mean, 1e-6);
    }
  },
  loss: (score, target, weights) =>
    score.reduce((sum, s, i) => sum + (weights ? weights[i] : 1) * (Math.exp(s) - target[i] * s), 0),
};

/** Gamma regression (McCullagh & Nelder 1989) of squared distances: the target is above 0, the score is the logarithm of its expectation. */
export const logGamma: Family = {
  constantWeight: true,
  linearise(score, target, residual, weight) {
    for (let i = 0; i < score.length; i++) residual[i] = target[i] / Math.exp(score[i]) - 1;
    weight.fill(1);
  },
  loss: (score, target, weights) =>
    weights
      ? score.reduce((sum, s, i) => sum + weights[i] * (s + target[i] / Math.exp(s)), 0)
      : score.reduce((sum, s, i) => sum + s + target[i] / Math.exp(s), 0),
};

/** Families by the name of the loss. */
export const families = { logistic, squared, poisson };
export type Loss = keyof typeof families;
