import type { Block } from './row-blocks.ts';

/**
 * A loss that boosting minimises over rows. Scores are before the link, of each output; [outputs][rows]. All sums are over rows times their
 * weight.
 */
export interface Loss {
  outputs: number;
  /** The best constant score of each output. @param offset of each row, added to its score */
  start(target: Float64Array, weight: Float64Array, offset?: Float64Array): number[];
  total(target: Float64Array, weight: Float64Array, scores: readonly Float64Array[]): number;
  /**
   * Fills, for the rows of a block, the negative first derivative by the score of an output, and the second.
   * @param shares of each output as `share` made them
   */
  derive(
    output: number,
    of: {
      target: Float64Array;
      weight: Float64Array;
      scores: readonly Float64Array[];
      shares: readonly Float64Array[];
    },
    gradient: Float64Array,
    hessian: Float64Array,
    block: Block,
  ): void;
  /** Of several outputs: what their derivatives have in common, for the rows of a block, before the first derivative of a round. */
  share?(scores: readonly Float64Array[], shares: readonly Float64Array[], block: Block): void;
  /** The share of the target that lies below the answer: leaves then are quantiles of residuals instead of Newton steps. */
  quantile?: number;
}

export type LossName = 'logistic' | 'squared' | 'poisson' | { quantile: number } | { classes: number };

export function lossOf(name: LossName): Loss {
  if (typeof name === 'string') return { logistic, squared, poisson }[name];
  return 'classes' in name ? softmax(name.classes) : pinball(name.quantile);
}

function weightedMean(target: Float64Array, weight: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    sum += weight[row] * target[row];
    total += weight[row];
  }
  return sum / total;
}

/** Scores are log-odds, targets 0 or 1. If all are equal, half a row is counted as the other class, so that scores are finite. */
const logistic: Loss = {
  outputs: 1,
  start(target, weight) {
    const least = 0.5 / target.length;
    const share = Math.min(Math.max(weightedMean(target, weight), least), 1 - least);
    return [Math.log(share / (1 - share))];
  },
  total(target, weight, [score]) {
    let sum = 0;
    for (let row = 0; row < target.length; row++) {
      const s = score[row];
      sum += weight[row] * (Math.max(s, 0) - target[row] * s + Math.log1p(Math.exp(-Math.abs(s))));
    }
    return sum;
  },
  derive(_, { target, weight, scores: [score] }, gradient, hessian, { from, to }) {
    for (let row = from; row < to; row++) {
      const probability = 1 / (1 + Math.exp(-score[row]));
      gradient[row] = weight[row] * (target[row] - probability);
      hessian[row] = weight[row] * probability * (1 - probability);
    }
  },
};

/** Scores are in the unit of the target. */
const squared: Loss = {
  outputs: 1,
  start: (target, weight) => [weightedMean(target, weight)],
  total(target, weight, [score]) {
    let sum = 0;
    for (let row = 0; row < target.length; row++) sum += (weight[row] * (target[row] - score[row]) ** 2) / 2;
    return sum;
  },
  derive(_, { target, weight, scores: [score] }, gradient, hessian, { from, to }) {
    for (let row = from; row < to; row++) {
      gradient[row] = weight[row] * (target[row] - score[row]);
      hessian[row] = weight[row];
    }
  },
};

/** Scores are logarithms of the mean of a count; an offset is the logarithm of the exposure. */
const poisson: Loss = {
  outputs: 1,
  start(target, weight, offset) {
    let [count, exposure] = [0, 0];
    for (let row = 0; row < target.length; row++) {
      count += weight[row] * target[row];
      exposure += weight[row] * Math.exp(offset ? offset[row] : 0);
    }
    return [Math.log((count || 0.5) / exposure)];
  },
  total(target, weight, [score]) {
    let sum = 0;
    for (let row = 0; row < target.length; row++)
      sum += weight[row] * (Math.exp(score[row]) - target[row] * score[row]);
    return sum;
  },
  derive(_, { target, weight, scores: [score] }, gradient, hessian, { from, to }) {
    for (let row = from; row < to; row++) {
      const mean = Math.exp(score[row]);
      gradient[row] = weight[row] * (target[row] - mean);
      hessian[row] = weight[row] * mean;
    }
  },
};

/** The pinball loss (Koenker & Bassett 1978). It has no second derivative: splits follow the first one, leaves are quantiles. */
const pinball = (share: number): Loss => ({
  outputs: 1,
  quantile: share,
  start: (target, weight) => [weightedQuantile(target, weight, share)],
  total(target, weight, [score]) {
    let sum = 0;
    for (let row = 0; row < target.length; row++) {
      const residual = target[row] - score[row];
      sum += weight[row] * residual * (residual > 0 ? share : share - 1);
    }
    return sum;
  },
  derive(_, { target, weight, scores: [score] }, gradient, hessian, { from, to }) {
    for (let row = from; row < to; row++) {
      gradient[row] = weight[row] * (target[row] > score[row] ? share : share - 1);
      hessian[row] = weight[row];
    }
  },
});

/** The least value up to which the values have this share of the weight. */
export function weightedQuantile(
  values: ArrayLike<number>,
  weight: ArrayLike<number>,
  share: number,
): number {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const wanted = share * order.reduce((sum, i) => sum + weight[i], 0);
  let below = 0;
  for (const i of order) {
    below += weight[i];
    if (below >= wanted) return values[i];
  }
  return values[order[order.length - 1]];
}

/**
 * The cross-entropy of the softmax of the scores; targets are numbers of classes. One tree for each class, with the diagonal of the second
 * derivatives (Friedman, Hastie & Tibshirani 2000).
 */
function softmax(classes: number): Loss {
  const factor = classes / (classes - 1); // so that two classes take the steps of the logistic loss
  return {
    outputs: classes,
    start(target, weight) {
      const shares = new Float64Array(classes).fill(0.5);
      for (let row = 0; row < target.length; row++) shares[target[row]] += weight[row];
      const total = shares.reduce((a, b) => a + b);
      return Array.from(shares, (share) => Math.log(share / total));
    },
    total(target, weight, scores) {
      let sum = 0;
      for (let row = 0; row < target.length; row++)
        sum += weight[row] * (logSum(scores, row) - scores[target[row]][row]);
      return sum;
    },
    share: fillShares,
    derive(output, { target, weight, shares }, gradient, hessian, { from, to }) {
      const own = shares[output];
      for (let row = from; row < to; row++) {
        const probability = own[row];
        gradient[row] = weight[row] * ((target[row] === output ? 1 : 0) - probability);
        hessian[row] = weight[row] * factor * probability * (1 - probability);
      }
    },
  };
}

/** The probability of each class: its exponential above the row's highest score, by the sum of those of the row. */
function fillShares(
  scores: readonly Float64Array[],
  shares: readonly Float64Array[],
  { from, to }: Block,
): void {
  const most = new Float64Array(to - from).fill(-Infinity);
  for (const score of scores)
    for (let row = from; row < to; row++) if (score[row] > most[row - from]) most[row - from] = score[row];
  const sums = new Float64Array(to - from);
  for (const [k, score] of scores.entries()) {
    const { [k]: share } = shares;
    for (let row = from; row < to; row++) {
      share[row] = Math.exp(score[row] - most[row - from]);
      sums[row - from] += share[row];
    }
  }
  for (const share of shares) for (let row = from; row < to; row++) share[row] /= sums[row - from];
}

/** ln Σ exp of the scores of a row. */
function logSum(scores: readonly Float64Array[], row: number): number {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score[row]);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score[row] - most);
  return most + Math.log(sum);
}
