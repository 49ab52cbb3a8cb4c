import { explainAnswer, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { ClassModel } from '../learners/learner.ts';
import { sampleRows } from '../random.ts';

/** Nodes × rows that are explained at most: the time is proportional to it. */
const most = { rows: 500, work: 5e7 };

/**
 * Mean absolute contribution of each column to the score of the most probable class, largest first, over a sample of the rows: with many
 * classes and trees, all rows would take hours.
 */
export function classImportance(design: Design, { trees, answer, predictClasses }: ClassModel, seed: number) {
  const { columns, features, table, classes = [], outputs } = design;
  const rows = sampleRows(Int32Array.from(design.x.keys()), affordable(trees), seed);
  const predictions = predictClasses(rows);
  const chosen = Array.from(rows, (_, i) => {
    const own = predictions.subarray(i * outputs, (i + 1) * outputs);
    return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
  });
  const target = { type: 'classes' as const, name: '', classes };
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

const affordable = ({ forest }: Pick<Trees, 'forest'>): number =>
  Math.max(20, Math.min(most.rows, Math.floor(most.work / Math.max(1, forest.feature.length))));
