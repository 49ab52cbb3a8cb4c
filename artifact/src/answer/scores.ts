import { featureReader } from '../columns/cells.ts';
import type { Column } from '../columns/columns.ts';
import { type Forest, forestsOf, type Trees } from '../forest/forest.ts';
import { joinForests } from '../forest/trees.ts';
import {
  createLeafAdder,
  type LeafAdder,
  type PackedForest,
  treesTogether,
  walkForest,
} from '../walk/index.ts';
import type { Formula } from './formula.ts';
import { exact, float32, ofOutput, type PerOutput, type Rounding } from './link.ts';
import { outputsOf } from './targets.ts';

/**
 * Computes the scores of rows.
 * @param cells [rows × columns]
 * @param scores written; [rows × outputs]
 */
export type Scores = (cells: Float64Array, scores: Float64Array) => void;

export const roundingOf = ({ precision }: Formula['answer']): Rounding =>
  precision === 'float32' ? float32 : exact;

/** For fewer rows, another memory is not worth it. */
const fewestRows = 64;

/** Rows whose features are in memory at once; with leaf values more, because each tree is loaded once for all of them. */
const blockRows = { ofSums: 4096, ofLeafValues: 16384 };

/** The trees of all outputs as one forest, output after output. */
export const joinOutputs = ({ forest, others }: Trees): Forest =>
  others ? joinForests([forest, ...others]) : forest;

/** The scores of a model of any number of outputs, by the steps of docs/FORMAT.md. */
export function createScores(
  formula: Formula & { columns: readonly Column[] },
  trees: Trees,
  packed: PackedForest | undefined,
): Scores {
  const { answer, columns, features, target } = formula;
  const { leafValues, linear, sets } = trees;
  const outputs = outputsOf(target);
  const width = columns.length;
  const r = roundingOf(answer);
  const walk = walkForest(joinOutputs(trees), features.length, packed);
  const starts = startsOf(forestsOf(trees));
  const readFeatures = featureReader(features, columns, sets);
  const perOutput = (value: PerOutput | undefined, absent: number) =>
    Float64Array.from({ length: outputs }, (_, k) => ofOutput(value, k, absent));
  const base = perOutput(answer.base, 0);
  const divisor = perOutput(answer.divisor, 1);
  const scale = perOutput(answer.scale, 1);
  const offset = perOutput(answer.offset, 0);
  const terms = linear ? usedTerms(features.length, outputs, linear.coefficient, linear.missing) : [];
  const fast = once(
    () => leafValues && createLeafAdder(trees.forest, leafValues, outputs, blockRows.ofLeafValues),
  );
  // otherwise the order of the steps of each sum matters
  const isSum = r === exact && !answer.baseFirst && !leafValues;

  return (cells, scores) => {
    const rows = cells.length / width;
    const block = leafValues ? blockRows.ofLeafValues : blockRows.ofSums;
    for (let from = 0; from < rows; from += block) {
      const count = Math.min(block, rows - from);
      const x = new Float64Array(count * features.length);
      for (let row = 0; row < count; row++) {
        readFeatures(cells, (from + row) * width, x, row * features.length);
      }
      const some = scores.subarray(from * outputs, (from + count) * outputs);
      if (isSum) sumTrees(x, some);
      else addTrees(x, some);
      addTerms(x, some);
    }
    for (let i = 0; i < scores.length; i++) {
      const k = i % outputs;
      const whole = answer.baseFirst ? scores[i] : r(scores[i] + base[k]);
      scores[i] = r(r(r(whole / divisor[k]) * scale[k]) + offset[k]);
    }
  };

  function sumTrees(x: Float64Array, scores: Float64Array): void {
    const rows = scores.length / outputs;
    const sums = Array.from({ length: outputs }, () => new Float64Array(rows));
    walk.sumRanges(x, starts, sums);
    for (const [k, some] of sums.entries()) {
      for (let row = 0; row < rows; row++) scores[row * outputs + k] = some[row];
    }
  }

  function addTrees(x: Float64Array, scores: Float64Array): void {
    for (let i = 0; i < scores.length; i++) scores[i] = answer.baseFirst ? base[i % outputs] : 0;
    const rows = scores.length / outputs;
    if (leafValues && r === exact) {
      const { add, finish } = leafAdder(scores, leafValues, outputs, rows < fewestRows ? undefined : fast());
      walk.eachTree(x, rows, add);
      finish();
      return;
    }
    let tree = 0;
    let k = 0;
    walk.eachTree(x, rows, (leaves) => {
      while (tree >= starts[k + 1]) k++;
      tree++;
      if (leafValues) addRows(scores, leaves, leafValues);
      else {
        for (let row = 0; row < rows; row++) {
          scores[row * outputs + k] = r(scores[row * outputs + k] + leaves[row]);
        }
      }
    });
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

/** A value that is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * Adds the rows of leaf values of tree after tree. @returns two functions: one adds a tree's leaves, the other what is left at the end
 * @param fast adds the same faster
 */
function leafAdder(scores: Float64Array, values: Float64Array, outputs: number, fast?: LeafAdder) {
  const rows = scores.length / outputs;
  const waiting = Array.from({ length: treesTogether }, () => new Int32Array(rows));
  let count = 0;
  let added = 0;
  fast?.scores.set(scores);
  return { add, finish };

  function add(leaves: Float64Array): void {
    waiting[count++].set(leaves);
    if (count < treesTogether) return;
    count = 0;
    if (fast) {
      fast.addTrees(added, waiting, rows);
      added += treesTogether;
      return;
    }
    const [l0, l1, l2, l3, l4, l5, l6, l7] = waiting;
    for (let row = 0, to = 0; row < rows; row++, to += outputs) {
      const a = l0[row] * outputs;
      const b = l1[row] * outputs;
      const c = l2[row] * outputs;
      const d = l3[row] * outputs;
      const e = l4[row] * outputs;
      const f = l5[row] * outputs;
      const g = l6[row] * outputs;
      const h = l7[row] * outputs;
      for (let k = 0; k < outputs; k++) {
        // from left to right: in the order of the trees
        scores[to + k] =
          scores[to + k] +
          values[a + k] +
          values[b + k] +
          values[c + k] +
          values[d + k] +
          values[e + k] +
          values[f + k] +
          values[g + k] +
          values[h + k];
      }
    }
  }

  function finish(): void {
    if (fast) scores.set(fast.scores.subarray(0, scores.length));
    for (const leaves of waiting.slice(0, count)) {
      let to = 0;
      for (let row = 0; row < rows; row++) {
        let from = leaves[row] * outputs;
        for (const end = to + outputs; to < end; to++) scores[to] += values[from++];
      }
    }
  }
}

/** First tree of each forest among all trees, and after the last one their number. */
function startsOf(forests: readonly Forest[]): Int32Array {
  const starts = new Int32Array(forests.length + 1);
  for (const [k, { roots }] of forests.entries()) starts[k + 1] = starts[k] + roots.length;
  return starts;
}

/** Features that add something to an output. */
const usedTerms = (features: number, outputs: number, ...tensors: readonly Float64Array[]): number[] =>
  Array.from({ length: features }, (_, j) => j).filter((j) =>
    tensors.some((tensor) => tensor.subarray(j * outputs, (j + 1) * outputs).some((each) => each !== 0)),
  );
