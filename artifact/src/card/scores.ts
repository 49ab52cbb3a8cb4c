import type {
  ChanceScores,
  ClassScores,
  Difference,
  Evaluation,
  Score,
  ValueScores,
} from '../manifest/evaluation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { decimal, digitsOf, fromTo } from './numbers.ts';

/** The scores of an evaluation of any kind. */
type Scores = Partial<ChanceScores & ValueScores & ClassScores>;

export interface Metric {
  name: string;
  /** Its id on the Hugging Face hub, if it has one. */
  id?: string;
  /** Number of decimals; if omitted, three significant digits. */
  digits?: number;
  of(scores: Scores): Score | undefined;
}

/** Everything that depends on the kind of an evaluation; a missing kind is a compile error. */
const kinds: Record<Evaluation['kind'], { error: string; errorDigits?: number; metrics: Metric[] }> = {
  chance: {
    error: 'Brier score',
    errorDigits: 4,
    metrics: [
      { name: 'Brier score', id: 'brier_score', digits: 4, of: ({ brier }) => brier },
      { name: 'AUC', id: 'roc_auc', digits: 3, of: ({ auc }) => auc },
      { name: 'Log loss', digits: 3, of: ({ logLoss }) => logLoss },
      { name: 'Accuracy', id: 'accuracy', digits: 3, of: ({ accuracy }) => accuracy },
      { name: 'Calibration slope', digits: 2, of: ({ calibration }) => calibration?.slope },
      { name: 'Calibration intercept', digits: 2, of: ({ calibration }) => calibration?.intercept },
    ],
  },
  classes: {
    error: 'Brier score',
    errorDigits: 4,
    metrics: [
      { name: 'Brier score', id: 'brier_score', digits: 4, of: ({ brier }) => brier },
      { name: 'Accuracy', id: 'accuracy', digits: 3, of: ({ accuracy }) => accuracy },
      { name: 'Log loss', digits: 3, of: ({ logLoss }) => logLoss },
      { name: 'AUC', id: 'roc_auc', digits: 3, of: ({ auc }) => auc },
    ],
  },
  value: {
    error: 'squared error',
    metrics: [
      { name: 'RMSE', id: 'rmse', of: ({ rmse }) => rmse },
      { name: 'MAE', id: 'mae', of: ({ mae }) => mae },
      { name: 'R²', id: 'r_squared', digits: 3, of: ({ r2 }) => r2 },
    ],
  },
};

/** Of counts too. */
const deviance: Metric = { name: 'Poisson deviance', digits: 3, of: (scores) => scores.deviance };

/** Of quantiles first; the others are those of the middle one. */
const pinball: Metric = { name: 'Pinball loss', of: (scores) => scores.pinball };

/** The metrics of an evaluation, the main one first. */
export function metricsOf({ kind, model }: Pick<Evaluation, 'kind'> & { model?: Scores }): Metric[] {
  const { metrics } = kinds[kind];
  if (model?.pinball) return [pinball, ...metrics];
  return model?.deviance ? [...metrics, deviance] : metrics;
}

/** The name of the error in which paired differences are measured. */
export const errorOf = ({ kind, model }: Evaluation): string =>
  (model as Scores).pinball ? 'pinball loss' : kinds[kind].error;

/** The mean of a score, or a dash if there is none: constant answers have no calibration. */
export function meanOf({ of, digits }: Metric, scores: Scores): string {
  const score = of(scores);
  return score ? decimal(score.mean, digits ?? digitsOf(score.mean)) : '–';
}

/** The 95 % interval of a score, if it has one. */
export function intervalOf({ of, digits }: Metric, scores: Scores): string | undefined {
  const score = of(scores);
  if (score?.low === undefined || score.high === undefined) return undefined;
  const shown = digits ?? digitsOf(score.mean);
  return fromTo(decimal(score.low, shown), decimal(score.high, shown));
}

/** A score with its 95 % interval in brackets. */
export function written(metric: Metric, scores: Scores): string {
  const interval = intervalOf(metric, scores);
  return interval ? `${meanOf(metric, scores)} (${interval})` : meanOf(metric, scores);
}

/** A paired difference with its 95 % interval in brackets. */
export function writtenDifference({ kind }: Evaluation, { mean, low, high }: Difference): string {
  const digits = kinds[kind].errorDigits ?? digitsOf(low, high);
  return `${decimal(mean, digits)} (${fromTo(decimal(low, digits), decimal(high, digits))})`;
}

export type Verdict = 'better' | 'worse' | 'undecided';

/** The result of a paired comparison of errors (model minus reference); undecided if its 95 % interval contains 0. */
export function verdictOf({ low, high }: Pick<Difference, 'low' | 'high'>): Verdict {
  if (high < 0) return 'better';
  return low > 0 ? 'worse' : 'undecided';
}

export function verdictInWords(difference: Difference, rows: number): string {
  const verdict = verdictOf(difference);
  return verdict === 'undecided' ? `no significant difference in ${rows} rows` : verdict;
}

/** The cross-validation of an evaluation, in words. */
export function protocolOf(
  { method: { folds, repeats, stratified, nested } }: Evaluation,
  { groups, time }: Pick<Manifest['data'], 'groups' | 'time'> = {},
): string {
  const kind = [nested && 'nested', stratified && 'stratified', groups !== undefined && 'grouped']
    .filter(Boolean)
    .join(', ');
  const order = time === undefined ? '' : ' in the order of time';
  return `${repeats > 1 ? `${repeats} × ` : ''}${folds}-fold ${kind ? `${kind} ` : ''}cross-validation${order}`;
}
