/** How a score meets a target. */
export interface Family {
  /** Whether the weight is 1 whatever the score. */
  constantWeight: boolean;
  /**
   * For every row the slope of the negative loss along the score (`residual`) and the loss's curvature, or its expectation
   * (`weight`).
   */
  linearise(score: Float64Array, target: Float64Array, residual: Float64Array, weight: Float64Array): void;
  /** Negative log likelihood of all rows, but for a constant. */
  loss(score: Float64Array, target: Float64Array): number;
}

/** One that a target is learned by. */
export interface TargetFamily extends Family {
  /** Whether the target is 0 or 1. */
  hasClasses: boolean;
  /** Whether the target has a noise of its own, so that it is brought to mean 0 and standard deviation 1. */
  isStandardised: boolean;
  /** Loss of a row that was held out. */
  heldOut(score: number, target: number): number;
  /** Negative log likelihood of all rows that have this mean loss, but for a constant. */
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
  loss: (score, target) =>
    score.reduce((sum, s, i) => sum + Math.log1p(Math.exp(-Math.abs(s))) + Math.max(s, 0) - target[i] * s, 0),
};

/** ½ (target - score)² */
export const squared: TargetFamily = {
  hasClasses: false,
  isStandardised: true,
  heldOut: (score, target) => (score - target) ** 2,
  // with the noise's variance estimated too
  inNats: (mean, rows) => (rows / 2) * Math.log(mean),
  constantWeight: true,
  linearise(score, target, residual, weight) {
    for (let i = 0; i < score.length; i++) residual[i] = target[i] - score[i];
    weight.fill(1);
  },
  loss: (score, target) => score.reduce((sum, s, i) => sum + (target[i] - s) ** 2 / 2, 0),
};

/** Target above 0, score the logarithm of its expectation: gamma regression (McCullagh & Nelder 1989), for squared distances. */
export const logGamma: Family = {
  constantWeight: true,
  linearise(score, target, residual, weight) {
    for (let i = 0; i < score.length; i++) residual[i] = target[i] / Math.exp(score[i]) - 1;
    weight.fill(1);
  },
  loss: (score, target) => score.reduce((sum, s, i) => sum + s + target[i] / Math.exp(s), 0),
};

/** By the name of their loss. */
export const families = { logistic, squared };
export type Loss = keyof typeof families;
