import { factorise, solveFactored } from './cholesky.ts';

/** Rows of a softmax regression. */
export interface SoftmaxRows {
  /** Row after row; the first of each is the 1 of the intercept; [rows × width]. */
  x: Float64Array;
  width: number;
  /** Number of the class of each row; [rows]. */
  target: Uint8Array;
  classes: number;
  /** How much each row counts; all 1 if left out; [rows]. */
  weights?: Float64Array;
}

/** Steps of L-BFGS that are remembered, and at most made. */
const memory = 8;
const mostSteps = 200;

/** A step and the change of the gradient over it. */
interface Step {
  s: Float64Array;
  y: Float64Array;
  sy: number;
}

/**
 * Ridge-penalised multinomial logistic regression: minimises Σ −weight · ln p(class) + ridge / 2 · Σ coefficient², without the intercepts, by L-BFGS
 * (Liu & Nocedal 1989). It starts each step from the bound ½ XᵀWX on the second derivatives (Böhning 1992), so that correlated columns do not
 * slow it down.
 * @param precision relative change of the loss at which it ends @param start coefficients to start from
 * @returns coefficients, [width × classes]
 */
export function fitSoftmax(
  rows: SoftmaxRows,
  ridge: number,
  { start, precision = 1e-9 }: { start?: Float64Array; precision?: number } = {},
): Float64Array {
  const { width, classes } = rows;
  const solve = boundSolver(rows, ridge);
  const beta = start ? Float64Array.from(start) : new Float64Array(width * classes);
  const probabilities = new Float64Array(rows.target.length * classes);
  let loss = lossOf(rows, beta, ridge, probabilities);
  let gradient: Float64Array = gradientOf(rows, beta, ridge, probabilities);
  const steps: Step[] = [];
  for (let made = 0; made < mostSteps; made++) {
    const direction = descent(gradient, steps, solve);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) break;
    const next = search(direction, slope);
    if (!next) break;
    const nextGradient = gradientOf(rows, next.beta, ridge, probabilities);
    const s = next.beta.map((value, i) => value - beta[i]);
    const y = nextGradient.map((value, i) => value - gradient[i]);
    const sy = dot(s, y);
    if (sy > 0) steps.push({ s, y, sy });
    if (steps.length > memory) steps.shift();
    const change = loss - next.loss;
    beta.set(next.beta);
    gradient = nextGradient;
    loss = next.loss;
    if (change <= precision * loss) break;
  }
  return beta;

  /** Halves the step until the loss falls enough (Armijo 1966). */
  function search(direction: Float64Array, slope: number) {
    for (let length = 1; length > 1e-8; length /= 2) {
      const tried = beta.map((value, i) => value + length * direction[i]);
      const itsLoss = lossOf(rows, tried, ridge, probabilities);
      if (itsLoss <= loss + 1e-4 * length * slope) return { beta: tried, loss: itsLoss };
    }
    return undefined;
  }
}

/** The scores of rows for each class; [rows × classes]. */
export function softmaxScores(
  { x, width, classes }: Omit<SoftmaxRows, 'target'>,
  beta: Float64Array,
  into: Float64Array = new Float64Array((x.length / width) * classes),
): Float64Array {
  into.fill(0);
  for (let row = 0; row * width < x.length; row++) {
    for (let j = 0; j < width; j++) {
      const value = x[row * width + j];
      if (value === 0) continue;
      for (let k = 0; k < classes; k++) into[row * classes + k] += value * beta[j * classes + k];
    }
  }
  return into;
}

/** Turns scores into probabilities, in place. @returns Σ −weight · ln p(class) */
export function softmaxLoss(
  scores: Float64Array,
  target: ArrayLike<number>,
  classes: number,
  weights?: Float64Array,
): number {
  let loss = 0;
  for (let row = 0; row < target.length; row++) {
    const at = row * classes;
    let most = scores[at];
    for (let k = 1; k < classes; k++) most = Math.max(most, scores[at + k]);
    const own = scores[at + target[row]] - most;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      scores[at + k] = Math.exp(scores[at + k] - most);
      sum += scores[at + k];
    }
    for (let k = 0; k < classes; k++) scores[at + k] /= sum;
    loss += (weights ? weights[row] : 1) * (Math.log(sum) - own);
  }
  return loss;
}

function lossOf(rows: SoftmaxRows, beta: Float64Array, ridge: number, probabilities: Float64Array): number {
  softmaxScores(rows, beta, probabilities);
  let squares = 0;
  for (let i = rows.classes; i < beta.length; i++) squares += beta[i] * beta[i];
  return softmaxLoss(probabilities, rows.target, rows.classes, rows.weights) + (ridge / 2) * squares;
}

/** @param probabilities at `beta`, which it overwrites */
function gradientOf(
  { x, width, target, classes, weights }: SoftmaxRows,
  beta: Float64Array,
  ridge: number,
  probabilities: Float64Array,
): Float64Array {
  const gradient = Float64Array.from(beta, (value, i) => (i < classes ? 0 : ridge * value));
  for (let row = 0; row < target.length; row++) {
    const at = row * classes;
    probabilities[at + target[row]] -= 1;
    if (weights) for (let k = 0; k < classes; k++) probabilities[at + k] *= weights[row];
    for (let j = 0; j < width; j++) {
      const value = x[row * width + j];
      if (value === 0) continue;
      for (let k = 0; k < classes; k++) gradient[j * classes + k] += value * probabilities[at + k];
    }
  }
  return gradient;
}

/** The two loops of L-BFGS. */
function descent(
  gradient: Float64Array,
  steps: readonly Step[],
  solve: (gradient: Float64Array) => Float64Array,
): Float64Array {
  const q = Float64Array.from(gradient);
  const weights = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, sy } = steps[i];
    weights[i] = dot(s, q) / sy;
    for (let j = 0; j < q.length; j++) q[j] -= weights[i] * y[j];
  }
  const direction = solve(q);
  const last = steps[steps.length - 1];
  if (last) {
    const scale = last.sy / dot(last.y, solve(last.y));
    for (let j = 0; j < direction.length; j++) direction[j] *= scale;
  }
  for (const [i, { s, y, sy }] of steps.entries()) {
    const weight = weights[i] - dot(y, direction) / sy;
    for (let j = 0; j < direction.length; j++) direction[j] += weight * s[j];
  }
  return direction.map((value) => -value);
}

/** Solves (½ XᵀWX + ridge) d = g for each class. */
function boundSolver({ x, width, classes, weights }: SoftmaxRows, ridge: number) {
  const bound = Array.from({ length: width }, () => new Float64Array(width));
  for (let at = 0; at < x.length; at += width) {
    const weight = weights ? weights[at / width] : 1;
    for (let i = 0; i < width; i++) {
      const half = (weight * x[at + i]) / 2;
      if (half === 0) continue;
      for (let j = 0; j <= i; j++) bound[i][j] += half * x[at + j];
    }
  }
  for (let i = 0; i < width; i++) bound[i][i] += i === 0 ? 1e-9 : ridge;
  factorise(bound);
  return (gradient: Float64Array): Float64Array => {
    const solved = new Float64Array(gradient.length);
    for (let k = 0; k < classes; k++) {
      const one = solveFactored(
        bound,
        Float64Array.from({ length: width }, (_, j) => gradient[j * classes + k]),
      );
      for (let j = 0; j < width; j++) solved[j * classes + k] = one[j];
    }
    return solved;
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
