import { expFloat32 } from './exp-float32.ts';

/** An answer has one number, or one per output. */
export type PerOutput = number | readonly number[];

/** The number of output `k`. */
export const ofOutput = (value: PerOutput | undefined, k: number, absent: number): number =>
  typeof value === 'object' ? value[k] : (value ?? absent);

export const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

/** Log-odds of a probability, clipped to finite values. */
export function logit(probability: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
  return Math.log(p / (1 - p));
}

/** `float32`: every result is rounded to float32, as by a tool that computes in it. */
export type Rounding = (x: number) => number;
export const exact: Rounding = (x) => x;
export const float32: Rounding = Math.fround;

const expOf = (r: Rounding): Rounding => (r === float32 ? expFloat32 : Math.exp);

/** Beyond it exp(-score) overflows in float32; XGBoost stops there. */
const mostFloat32 = Math.fround(88.7);

/** Turns the scores of a row into its answer, in place. `r` rounds each result. */
export type LinkScores = (scores: Float64Array, r: Rounding) => void;

const each =
  (answer: (score: number, r: Rounding) => number): LinkScores =>
  (scores, r) => {
    for (let k = 0; k < scores.length; k++) scores[k] = answer(scores[k], r);
  };

/** The functions from scores to answers, and what the scale of the scores is called. Those of one score never fall. */
export const links = {
  identity: { scores: each((score) => score), scale: 'the scale of the answer' },
  logit: {
    scores: each((score, r) =>
      r === float32 ? r(1 / r(1 + expFloat32(Math.min(-score, mostFloat32)))) : logistic(score),
    ),
    scale: 'log-odds',
  },
  log: { scores: each((score, r) => expOf(r)(score)), scale: 'log of the answer' },
  softmax: { scores: softmax, scale: 'log-odds against the other classes' },
  share: { scores: share, scale: 'shares before they are divided by their sum' },
} satisfies Record<string, { scores: LinkScores; scale: string }>;
export type Link = keyof typeof links;

/** Minus the largest, so that no exponential overflows. */
function softmax(scores: Float64Array, r: Rounding): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  const exp = expOf(r);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = exp(r(scores[k] - most));
    sum += scores[k];
  }
  sum = r(sum);
  for (let k = 0; k < scores.length; k++) scores[k] = r(scores[k] / sum);
}

function share(scores: Float64Array, r: Rounding): void {
  let sum = 0;
  for (const score of scores) sum = r(sum + score);
  for (let k = 0; k < scores.length; k++) scores[k] = sum === 0 ? 1 / scores.length : r(scores[k] / sum);
}

/** What the score of a sum of leaves, and the answer, is made with. Absent: 0 for base and offset, 1 for divisor and scale. */
export interface ScoreFormula {
  base?: PerOutput;
  divisor?: PerOutput;
  scale?: PerOutput;
  offset?: PerOutput;
}

/** Makes the function from the sum of an output's leaves to its score: (base + sum) / divisor · scale + offset. */
export function scoreOf(formula: ScoreFormula, k = 0): (sum: number) => number {
  const base = ofOutput(formula.base, k, 0);
  const divisor = ofOutput(formula.divisor, k, 1);
  const scale = ofOutput(formula.scale, k, 1);
  const offset = ofOutput(formula.offset, k, 0);
  return (sum) => ((base + sum) / divisor) * scale + offset;
}

/** What makes an answer of a score. */
export interface LinkFormula {
  link: Link;
  recalibration?: Recalibration;
}

/** Makes the function from the score of the only output to the answer. */
export function answerTo({ link, recalibration }: LinkFormula): (score: number) => number {
  if (link === 'logit') return logistic;
  if (link === 'log') return Math.exp;
  return recalibration ? (score) => recalibrated(recalibration, score) : (score) => score;
}

/** The answer to the sum of the leaves of the only output. */
export const linked = (answer: ScoreFormula & LinkFormula, sum: number): number =>
  answerTo(answer)(scoreOf(answer)(sum));

/** A logistic recalibration (Platt 1999, Cox 1958) of a probability that has no log-odds of its own. */
export interface Recalibration {
  intercept: number;
  slope: number;
}

export const recalibrated = ({ intercept, slope }: Recalibration, probability: number): number =>
  logistic(intercept + slope * logit(probability));
