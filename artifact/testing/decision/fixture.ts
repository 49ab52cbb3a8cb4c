import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countAtThresholds, figuresAt, placeOf } from '../../src/decision/index.ts';
import type { OutOfFoldRow } from '../../src/manifest/out-of-fold.ts';

/** The figures of real tools on the out-of-fold predictions of heart; `npm run prove -- decision` compares them again. */
export const fixture = join(import.meta.dirname, 'figures.jsonl');

export interface Recorded {
  threshold: number;
  /** Sensitivity, specificity, positive and negative predictive value: estimate, low, high of each. */
  rates: number[];
  /** Net benefit, its low and high, and that of calling every row positive. */
  netBenefit: number[];
}

/** Twentieths, and one that is no hundredth. */
export const thresholds = [...Array.from({ length: 18 }, (_, i) => (i + 1) / 20), 1 / 13];

export function rows(): OutOfFoldRow[] {
  const heart = join(import.meta.dirname, '../../../models/heart/2-ea09fb3/model.json');
  return JSON.parse(readFileSync(heart, 'utf8')).evaluation.outOfFold;
}

export const recorded = (): Recorded[] =>
  readFileSync(fixture, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** By how much our figures differ from those of the tools, one by one. */
export function differences(theirs: readonly Recorded[]): number[] {
  const [target, prediction] = [rows().map((row) => row.target), rows().map((row) => row.prediction)];
  return theirs.flatMap(({ threshold, rates, netBenefit }) => {
    const counts = countAtThresholds(target, prediction, threshold);
    const figures = figuresAt(counts, placeOf(counts, threshold));
    const { sensitivity, specificity, ppv, npv, netBenefit: ours, netBenefitOfAll } = figures;
    const all = [sensitivity, specificity, ppv, npv, ours].flatMap((each) => [
      each?.value,
      each?.low,
      each?.high,
    ]);
    return [...rates, ...netBenefit].map((value, i) =>
      Math.abs(value - ([...all, netBenefitOfAll][i] ?? Infinity)),
    );
  });
}
