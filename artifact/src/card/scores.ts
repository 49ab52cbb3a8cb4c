import type { ChanceScores, Difference, Evaluation, Score, ValueScores } from '../manifest/evaluation.ts';
import { decimal, digitsOf, fromTo } from './numbers.ts';

/** One way of scoring. */
export interface Metric {
  name: string;
  /** What the Hugging Face hub calls it, where it does. */
  id?: string;
  /** Decimals; three significant digits where left out. */
  digits?: number;
  of(scores: ChanceScores | ValueScores): Score | undefined;
}

const chance = (pick: (scores: ChanceScores) => Score | undefined) => (scores: ChanceScores | ValueScores) =>
  'auc' in scores ? pick(scores) : undefined;
const value = (pick: (scores: ValueScores) => Score) => (scores: ChanceScores | ValueScores) =>
  'rmse' in scores ? pick(scores) : undefined;

const chanceMetrics: Metric[] = [
  { name: 'Brier score', id: 'brier_score', digits: 4, of: chance(({ brier }) => brier) },
  { name: 'AUC', id: 'roc_auc', digits: 3, of: chance(({ auc }) => auc) },
  { name: 'Log loss', digits: 3, of: chance(({ logLoss }) => logLoss) },
  { name: 'Accuracy', id: 'accuracy', digits: 3, of: chance(({ accuracy }) => accuracy) },
  { name: 'Calibration slope', digits: 2, of: chance(({ calibration }) => calibration?.slope) },
  { name: 'Calibration intercept', digits: 2, of: chance(({ calibration }) => calibration?.intercept) },
];
const valueMetrics: Metric[] = [
  { name: 'RMSE', id: 'rmse', of: value(({ rmse }) => rmse) },
  { name: 'MAE', id: 'mae', of: value(({ mae }) => mae) },
  { name: 'R²', id: 'r_squared', digits: 3, of: value(({ r2 }) => r2) },
];

/** The metrics of an evaluation, the one that decides first. */
export const metricsOf = ({ kind }: Evaluation): Metric[] =>
  kind === 'chance' ? chanceMetrics : valueMetrics;

/** The mean of a score; a dash where there is none: a constant answer has no calibration. */
export function meanOf({ of, digits }: Metric, scores: ChanceScores | ValueScores): string {
  const score = of(scores);
  return score ? decimal(score.mean, digits ?? digitsOf(score.mean)) : '–';
}

/** The 95 % interval of a score, where it has one. */
export function intervalOf({ of, digits }: Metric, scores: ChanceScores | ValueScores): string | undefined {
  const score = of(scores);
  if (score?.low === undefined || score.high === undefined) return undefined;
  const shown = digits ?? digitsOf(score.mean);
  return fromTo(decimal(score.low, shown), decimal(score.high, shown));
}

/** A score with its 95 % interval in brackets. */
export function written(metric: Metric, scores: ChanceScores | ValueScores): string {
  const interval = intervalOf(metric, scores);
  return interval ? `${meanOf(metric, scores)} (${interval})` : meanOf(metric, scores);
}

/** The error that paired differences are in. */
export const errorOf = ({ kind }: Evaluation): string =>
  kind === 'chance' ? 'Brier score' : 'squared error';

/** A paired difference with its 95 % interval in brackets. */
export function writtenDifference({ kind }: Evaluation, { mean, low, high }: Difference): string {
  const digits = kind === 'chance' ? 4 : digitsOf(low, high);
  return `${decimal(mean, digits)} (${fromTo(decimal(low, digits), decimal(high, digits))})`;
}

/** How the predictions that were scored came about. */
export function protocolOf({ method: { folds, repeats, stratified, nested } }: Evaluation): string {
  const kind = [nested && 'nested', stratified && 'stratified'].filter(Boolean).join(', ');
  return `${repeats > 1 ? `${repeats} × ` : ''}${folds}-fold ${kind ? `${kind} ` : ''}cross-validation`;
}
