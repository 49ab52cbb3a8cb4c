import { factorise, solveFactored } from './cholesky.ts';
import { rowScorer, type ScaledPlace, type SparseRows } from './sparse-rows.ts';

/** What a regression is fitted to. */
export interface RegressionTask {
  x: SparseRows;
  scales: readonly ScaledPlace[];
  /** Those to learn from. */
  rows: Int32Array;
  /** Of all rows; 0 or 1 for the logistic loss. */
  target: ArrayLike<number>;
  /** Of all rows: a row of weight 2 counts as two rows. All 1 if left out. */
  weights?: ArrayLike<number>;
  loss: 'logistic' | 'squared';
}

/** Fits for one penalty after another; a fit starts where the last one ended. @returns intercept, then a coefficient for each regressor */
export type RidgeFit = (ridge: number) => Float64Array;

/** Keeps the equations solvable. */
const least = 1e-9;
const mostSteps = 50;
/** Largest change of a coefficient in a step. */
const longestStep = 5;
/** Relative change of the loss that may be rounding. */
const rounding = 1e-9;

/**
 * Linear regression by the normal equations, or logistic regression by iteratively reweighted least squares (McCullagh & Nelder 1989), with a
 * ridge penalty ½ λ Σ β² on the standardised regressors (Hoerl & Kennard 1970). A step after which the loss is larger is halved: with skewed
 * numbers and unlike weights, full steps can pass the minimum again and again. A row costs the square of its numbers that are not 0.
 * @param precision change of the coefficients at which it ends
 */
export function createRidgeFit(task: RegressionTask, precision = 1e-8): RidgeFit {
  return task.loss === 'squared' ? squaredFit(task) : logisticFit(task, precision);
}

function squaredFit({ x, scales, rows, target, weights }: RegressionTask): RidgeFit {
  const sums = createSums(x, scales);
  for (const row of rows) {
    const count = weights ? weights[row] : 1;
    sums.add(row, count, count * target[row]);
  }
  return (ridge) => {
    const { squares, products } = sums.ofScaled();
    for (let i = 1; i < squares.length; i++) squares[i][i] += ridge + least;
    factorise(squares);
    return solveFactored(squares, products);
  };
}

function logisticFit({ x, scales, rows, target, weights }: RegressionTask, precision: number): RidgeFit {
  const beta = new Float64Array(1 + scales.length);
  const sums = createSums(x, scales);
  return (ridge) => {
    const move = new Float64Array(beta.length);
    let before = Infinity;
    for (let step = 0; step < mostSteps; step++) {
      const score = rowScorer(x, scales, beta);
      let loss = 0;
      for (let i = 1; i < beta.length; i++) loss += (ridge / 2) * beta[i] ** 2;
      sums.clear();
      for (const row of rows) {
        const own = score(row);
        const p = 1 / (1 + Math.exp(-own));
        const count = weights ? weights[row] : 1;
        sums.add(row, count * Math.max(p * (1 - p), least), count * (target[row] - p));
        loss += count * (Math.max(own, 0) - target[row] * own + Math.log1p(Math.exp(-Math.abs(own))));
      }
      if (loss > before * (1 + rounding)) {
        for (let i = 0; i < beta.length; i++) beta[i] -= move[i] /= 2;
        continue;
      }
      before = loss;
      const { squares: hessian, products: gradient } = sums.ofScaled();
      for (let i = 0; i < beta.length; i++) {
        hessian[i][i] += i === 0 ? least : ridge + least;
        if (i > 0) gradient[i] -= ridge * beta[i];
      }
      factorise(hessian);
      const change = solveFactored(hessian, gradient);
      const largest = change.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
      const scale = Math.min(1, longestStep / largest);
      for (let i = 0; i < beta.length; i++) beta[i] += move[i] = scale * change[i];
      if (largest < precision) break;
    }
    return Float64Array.from(beta);
  };
}

/**
 * Weighted sums over rows of x xᵀ, and of x times a number, of the rows as they are; those of the standardised regressors, which have no zeros,
 * follow from them.
 */
function createSums({ width, start, index, value }: SparseRows, scales: readonly ScaledPlace[]) {
  const sums = new Float64Array(width * width);
  const products = new Float64Array(width);
  const of = (a: number, b: number) => (a > b ? sums[a * width + b] : sums[b * width + a]);
  const places: readonly ScaledPlace[] = [{ at: 0, given: 0, mean: 0, sd: 1 }, ...scales];
  return {
    clear() {
      sums.fill(0);
      products.fill(0);
    },
    add(row: number, weight: number, times: number) {
      const end = start[row + 1];
      for (let i = start[row]; i < end; i++) {
        const from = index[i] * width;
        const each = weight * value[i];
        products[index[i]] += times * value[i];
        for (let j = start[row]; j <= i; j++) sums[from + index[j]] += each * value[j];
      }
    },
    /** Only the lower triangle of the squares is filled. */
    ofScaled() {
      const squares = places.map((a, i) => {
        const line = new Float64Array(places.length);
        for (let j = 0; j <= i; j++) {
          const { [j]: b } = places;
          line[j] =
            (of(a.at, b.at) -
              b.mean * of(a.at, b.given) -
              a.mean * (of(a.given, b.at) - b.mean * of(a.given, b.given))) /
            (a.sd * b.sd);
        }
        return line;
      });
      return {
        squares,
        products: Float64Array.from(
          places,
          ({ at, given, mean, sd }) => (products[at] - mean * products[given]) / sd,
        ),
      };
    },
  };
}
