import type { Row } from './columns.ts';
import { encodeRow } from './features.ts';
import { sumLeaves } from './forest.ts';
import { chanceInterval, type Interval, logistic, valueInterval } from './interval.ts';
import type { Manifest } from './manifest.ts';
import type { Trees } from './model.ts';

/** The part of a model that computes. */
export interface Predictor {
  answer(row: Row): number;
  interval(row: Row): Interval | undefined;
}

/** answer = link((base + Σ leaf) / divisor) */
export function linked({ base, divisor, link }: Manifest['answer'], sum: number): number {
  const score = (base + sum) / divisor;
  return link === 'identity' ? score : logistic(score);
}

/** Makes the predictor of a sound model. */
export function createPredictor(manifest: Manifest, { forest, spread }: Trees): Predictor {
  const { features, answer, interval, target } = manifest;
  const x = new Float64Array(features.length);
  const around = target.type === 'binary' ? chanceInterval : valueInterval;
  return {
    answer(row) {
      encodeRow(features, row, x);
      return linked(answer, sumLeaves(forest, x));
    },
    interval(row) {
      if (!interval || !spread) return undefined;
      encodeRow(features, row, x);
      const score = (answer.base + sumLeaves(forest, x)) / answer.divisor;
      return around(score, Math.exp((interval.base + sumLeaves(spread, x)) / interval.divisor));
    },
  };
}
