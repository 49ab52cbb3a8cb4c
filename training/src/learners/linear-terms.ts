import type { Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { totalWeight } from '../sampling/sampling.ts';

export type LinearTerms = NonNullable<Trees['linear']>;

/** Terms that add nothing yet. */
export function noTerms({ features, outputs }: Pick<Design, 'features' | 'outputs'>): LinearTerms {
  const room = () => new Float64Array(features.length * outputs);
  return { coefficient: room(), missing: room(), mean: room() };
}

/** What a number adds. @param at the place of its feature and an output */
const termOf = ({ coefficient, missing }: LinearTerms, at: number, value: number): number =>
  Number.isNaN(value) ? missing[at] : coefficient[at] * value;

/** Adds the terms of rows to their scores. @param x [rows][features] @param scores [rows × outputs] */
export function addTerms(linear: LinearTerms, x: readonly Float64Array[], scores: Float64Array): void {
  const outputs = scores.length / x.length;
  for (let i = 0; i < x.length; i++) {
    for (const [j, value] of x[i].entries()) {
      for (let k = 0; k < outputs; k++) scores[i * outputs + k] += termOf(linear, j * outputs + k, value);
    }
  }
}

/** Writes the mean of each term over these rows, by their weights. */
export function writeMeans(
  linear: LinearTerms,
  { x, outputs, sampling }: Pick<Design, 'x' | 'outputs' | 'sampling'>,
  rows: Int32Array,
): void {
  const weights = sampling?.weights;
  const total = totalWeight(rows, weights);
  for (const row of rows) {
    const weight = weights ? weights[row] : 1;
    for (const [j, value] of x[row].entries()) {
      for (let at = j * outputs; at < (j + 1) * outputs; at++)
        linear.mean[at] += (weight * termOf(linear, at, value)) / total;
    }
  }
}
