import { featureReader } from '../columns/cells.ts';
import type { Column } from '../columns/columns.ts';
import { forestsOf, type Trees } from '../forest/forest.ts';
import { createCellWalk, type PackedForest, walkForest } from '../walk/index.ts';
import type { Formula } from './formula.ts';
import { exact, float32, ofOutput, type Rounding } from './link.ts';
import { outputsOf } from './targets.ts';

/**
 * Computes the scores of rows.
 * @param cells [rows × columns]
 * @param scores written; [rows × outputs]
 */
export type Scores = (cells: Float64Array, scores: Float64Array) => void;

export const roundingOf = ({ precision }: Formula['answer']): Rounding =>
  precision === 'float32' ? float32 : exact;

/** Rows whose features are in memory at once. */
const blockRows = 4096;

/** The scores of a model of any number of outputs, by the steps of docs/FORMAT.md. */
export function createScores(
  formula: Formula & { columns: readonly Column[] },
  trees: Trees,
  packed: readonly (PackedForest | undefined)[],
): Scores {
  const { answer, columns, features, target } = formula;
  const { leafValues, linear, sets } = trees;
  const outputs = outputsOf(target);
  const width = columns.length;
  const r = roundingOf(answer);
  const forests = forestsOf(trees);
  // sums in float64 that begin with 0 need no order of their own, and come from tables if there are some
  const sum =
    r === exact && !answer.baseFirst && !leafValues
      ? createCellWalk(formula, forests, packed, sets)
      : undefined;
  const walks = sum ? [] : forests.map((forest, k) => walkForest(forest, features.length, packed[k]));
  const readFeatures = featureReader(features, columns, sets);
  const base = Float64Array.from({ length: outputs }, (_, k) => ofOutput(answer.base, k, 0));
  const divisor = Float64Array.from({ length: outputs }, (_, k) => ofOutput(answer.divisor, k, 1));
  const scale = Float64Array.from({ length: outputs }, (_, k) => ofOutput(answer.scale, k, 1));
  const offset = Float64Array.from({ length: outputs }, (_, k) => ofOutput(answer.offset, k, 0));
  const terms = linear ? usedTerms(features.length, outputs, linear.coefficient, linear.missing) : [];

  return (cells, scores) => {
    const rows = cells.length / width;
    if (sum) sumTrees(sum, cells, scores);
    for (let from = 0; from < rows; from += blockRows) {
      const count = Math.min(blockRows, rows - from);
      const block = scores.subarray(from * outputs, (from + count) * outputs);
      if (sum && terms.length === 0) continue;
      const x = new Float64Array(count * features.length);
      for (let row = 0; row < count; row++)
        readFeatures(cells, (from + row) * width, x, row * features.length);
      if (!sum) addTrees(x, block);
      addTerms(x, block);
    }
    for (let i = 0; i < scores.length; i++) {
      const k = i % outputs;
      const whole = answer.baseFirst ? scores[i] : r(scores[i] + base[k]);
      scores[i] = r(r(r(whole / divisor[k]) * scale[k]) + offset[k]);
    }
  };

  function sumTrees(
    walk: ReturnType<typeof createCellWalk>,
    cells: Float64Array,
    scores: Float64Array,
  ): void {
    const rows = scores.length / outputs;
    const sums = forests.map(() => new Float64Array(rows));
    walk(cells, sums);
    for (const [k, some] of sums.entries())
      for (let row = 0; row < rows; row++) scores[row * outputs + k] = some[row];
  }

  function addTrees(x: Float64Array, scores: Float64Array): void {
    for (let i = 0; i < scores.length; i++) scores[i] = answer.baseFirst ? base[i % outputs] : 0;
    const rows = scores.length / outputs;
    for (const [k, walk] of walks.entries()) {
      walk.eachTree(x, rows, (leaves) => {
        if (leafValues) addRows(scores, leaves, leafValues);
        else
          for (let row = 0; row < rows; row++)
            scores[row * outputs + k] = r(scores[row * outputs + k] + leaves[row]);
      });
    }
  }

  function addRows(scores: Float64Array, leaves: Float64Array, values: Float64Array): void {
    for (let row = 0; row < leaves.length; row++) {
      const to = row * outputs;
      const from = leaves[row] * outputs;
      for (let k = 0; k < outputs; k++) scores[to + k] = r(scores[to + k] + values[from + k]);
    }
  }

  function addTerms(x: Float64Array, scores: Float64Array): void {
    if (!linear) return;
    for (let row = 0; row < scores.length / outputs; row++) {
      for (const j of terms) {
        const value = x[row * features.length + j];
        for (let k = 0; k < outputs; k++) {
          const coefficient = linear.coefficient[j * outputs + k];
          const missing = linear.missing[j * outputs + k];
          if (coefficient === 0 && missing === 0) continue;
          const term = Number.isNaN(value) ? missing : r(coefficient * value);
          scores[row * outputs + k] = r(scores[row * outputs + k] + term);
        }
      }
    }
  }
}

/** Features that add something to an output. */
const usedTerms = (features: number, outputs: number, ...tensors: readonly Float64Array[]): number[] =>
  Array.from({ length: features }, (_, j) => j).filter((j) =>
    tensors.some((tensor) => tensor.subarray(j * outputs, (j + 1) * outputs).some((each) => each !== 0)),
  );
