import { explainAnswer } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { answerClasses, type Publishable } from '../learners/learner.ts';
import { sampleRows } from '../random.ts';
import { affordableRows } from './affordable-rows.ts';

/** Rows that are explained at most. */
const mostRows = 500;

/**
 * Mean absolute contribution of each column to the score, of several classes to that of the most probable one, largest first, over a sample of
 * the rows: with many classes and trees, all rows would take hours.
 */
export function explainedImportance(
  design: Design,
  { trees, answer, added = [] }: Publishable,
  seed: number,
) {
  const { columns, table, classes, outputs, quantiles } = design;
  const { features } = design.adding(added, trees.sets);
  const rows = sampleRows(Int32Array.from(design.x.keys()), affordableRows(trees.forest, mostRows), seed);
  const chosen = classes
    ? mostProbable(answerClasses(design, trees, answer, added).predictClasses(rows), outputs)
    : rows.map(() => middleOf(outputs));
  const target = classes
    ? { type: 'classes' as const, name: '', classes }
    : { type: 'numeric' as const, name: '', ...(quantiles && { quantiles: [...quantiles.levels] }) };
  const sums = new Map(columns.map(({ name }) => [name, 0]));
  for (const k of new Set(chosen)) {
    const explain = explainAnswer({ columns, features, answer, target }, trees, k);
    for (const [i, row] of rows.entries()) {
      if (chosen[i] !== k) continue;
      for (const [name, value] of Object.entries(explain(table.inputs[row]).values)) {
        sums.set(name, (sums.get(name) ?? 0) + Math.abs(value));
      }
    }
  }
  return [...sums]
    .map(([column, sum]) => ({ column, value: sum / rows.length }))
    .sort((a, b) => b.value - a.value);
}

/** The middle quantile, or the only output. */
const middleOf = (outputs: number): number => outputs >> 1;

const mostProbable = (predictions: Float64Array, outputs: number): Int32Array =>
  Int32Array.from({ length: predictions.length / outputs }, (_, i) => {
    const own = predictions.subarray(i * outputs, (i + 1) * outputs);
    return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
  });
