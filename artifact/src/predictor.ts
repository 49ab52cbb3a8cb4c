import type { Row } from './columns.ts';
import { createExplainer } from './explain/index.ts';
import { encodeRow } from './features.ts';
import { sumLeaves } from './forest.ts';
import { chanceInterval, type Interval, logistic, logit, valueInterval } from './interval.ts';
import type { Manifest } from './manifest.ts';
import type { Trees } from './model.ts';

/** A chance from 0 to 1 or a value in the target's unit, and the interval around it where the model has one. */
export interface Reading {
  answer: number;
  interval?: Interval;
}

/** What moved an answer: base + Σ values is the answer on the scale. */
export interface Contributions {
  scale: 'log-odds' | 'chance' | 'value';
  base: number;
  /** By column that the trees look at, also those not given. */
  values: Record<string, number>;
}

/** What of a manifest decides an answer. */
type Formula = Pick<Manifest, 'features' | 'answer' | 'interval' | 'target'>;

/** answer = link((base + Σ leaf) / divisor) */
export function linked({ base, divisor, link }: Manifest['answer'], sum: number): number {
  const score = (base + sum) / divisor;
  return link === 'identity' ? score : logistic(score);
}

/** Makes the function that answers rows by sound trees. */
export function readAnswer({ features, answer, interval, target }: Formula, { forest, spread }: Trees) {
  const x = new Float64Array(features.length);
  return (row: Row): Reading => {
    encodeRow(features, row, x);
    const sum = sumLeaves(forest, x);
    const value = linked(answer, sum);
    if (!interval || !spread) return { answer: value };
    const s = Math.exp((interval.base + sumLeaves(spread, x)) / interval.divisor);
    if (target.type === 'numeric') return { answer: value, interval: valueInterval(value, s) };
    const score = answer.link === 'logit' ? (answer.base + sum) / answer.divisor : logit(value);
    return { answer: value, interval: chanceInterval(score, s) };
  };
}

/** Makes the function that explains answers by exact SHAP values, whose players are columns. */
export function explainAnswer({ features, answer, target }: Formula, { forest }: Trees) {
  const columns = [...new Set(features.map(({ column }) => column))];
  const explainer = createExplainer(
    forest,
    features.map(({ column }) => columns.indexOf(column)),
  );
  const x = new Float64Array(features.length);
  const sums = new Float64Array(columns.length);
  const scale = target.type === 'numeric' ? 'value' : answer.link === 'logit' ? 'log-odds' : 'chance';
  return (row: Row): Contributions => {
    encodeRow(features, row, x);
    explainer.contributions(x, sums);
    return {
      scale,
      base: (answer.base + explainer.expected) / answer.divisor,
      values: Object.fromEntries(columns.map((column, i) => [column, sums[i] / answer.divisor])),
    };
  };
}
