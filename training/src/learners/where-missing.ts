import { type Forest, leafOf, ofOutput } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { Split } from '../evaluation/folds.ts';
import {
  boostLeafwise,
  chooseLeafwise,
  emptyForest,
  type GradientBoosting,
  joinForests,
  type StartScores,
} from '../grow/index.ts';
import { boostedLoss, heldOut, packSets, roundsForAll } from './leafwise.ts';
import { type Publishable, trainingOf } from './learner.ts';
import { given, leaf, split, stepNode, type WrittenNode, writeForest } from './written-trees.ts';

/** A sum over features, and trees of one feature each. */
type Regression = Pick<Publishable, 'trees' | 'answer'>;

const boosting = {
  rate: 0.1,
  leaves: 15,
  l2: 1,
  minimumWeight: 1e-3,
  maxDepth: Infinity,
  rowShare: 0.3,
  columnShare: 0.7,
};
/** Copies of a row, as far as there are not more answers than these; they have nearly all of the weight, as rows without a missing value need no trees. */
const copies = { most: 4, answers: 60_000, share: 0.9 };
const search = { first: 0, maximum: 500, patience: 30 };
/** As many rows are enough to choose the number of rounds. */
const enoughHeldOut = 300;
/** With more rows × outputs, or more columns, a regression stays as it is. */
const mostAnswers = { ofOne: 3000, ofClasses: 15_000 };
const mostColumns = 100;

/**
 * Adds to a regression trees that correct it where columns are missing, and add nothing where all are given. A regression has one coefficient
 * for each column, which is wrong where a column that it is correlated with is missing. The trees are boosted on masked copies of the rows, from the
 * scores of the regression or from a constant, whichever has the smaller loss on masked copies of rows held out. Each tree is there twice: as
 * it is, and with the opposite sign below a chain of splits that only rows pass that have all columns.
 */
export function correctWhereMissing(
  design: Design,
  rows: Int32Array,
  seed: number,
  regression: Regression,
  fit: (design: Design, rows: Int32Array) => Regression,
): Pick<Publishable, 'trees' | 'answer' | 'added'> | undefined {
  const gate = gateOf(design, rows);
  const splits = heldOut(design, rows, seed, enoughHeldOut);
  const hasOthers = design.columns.length > 1; // whose coefficients would be wrong
  if (!hasOthers || gate.length === 0 || splits.length === 0 || isLarge(design, rows, gate)) return undefined;
  const options = boostingOf(design, rows, seed);
  const scores = additiveScores(design, regression);
  const { fromRegression, rounds } = chooseStart(design, rows, splits, fit, options);
  const started = { ...trainingOf(design, rows), start: startOf(design, rows, scores, fromRegression) };
  const grown = boostLeafwise(started, options, rounds);
  const { sets, added } = packSets(design, grown.sets);
  const undone = fromRegression ? undefined : undoing(design, rows, scores);
  const { forest, others = [] } = regression.trees;
  const [first, ...rest] = [forest, ...others].map((own, k) => {
    const corrections = [...(undone ? [undone[k]] : []), grown.forests[k]];
    return joinForests([own, ...corrections.flatMap((each) => [each, behind(gate, each)])]);
  });
  const { base, linear } = undivided(design, regression, added.length);
  return {
    trees: { forest: first, ...(rest.length > 0 && { others: rest }), ...sets, ...(linear && { linear }) },
    answer: { ...regression.answer, base, divisor: 1 },
    added,
  };
}

const isLarge = ({ outputs }: Design, rows: Int32Array, gate: readonly number[]): boolean =>
  gate.length > mostColumns ||
  rows.length * outputs > (outputs > 1 ? mostAnswers.ofClasses : mostAnswers.ofOne);

function boostingOf(design: Design, rows: Int32Array, seed: number): GradientBoosting {
  const affordable = copies.answers / (rows.length * design.outputs);
  return {
    ...boosting,
    loss: boostedLoss(design),
    seed,
    mask: { copies: Math.min(copies.most, Math.max(1, affordable)), share: copies.share },
  };
}

/** The start with the smaller loss on rows held out and their masked copies, and the number of rounds for all rows. */
function chooseStart(
  design: Design,
  rows: Int32Array,
  splits: readonly Split[],
  fit: (design: Design, rows: Int32Array) => Regression,
  options: GradientBoosting,
): { fromRegression: boolean; rounds: number } {
  const tasks = splits.map(({ train, test }) => {
    const inner = design.forRows(train);
    return { inner, train, test, scores: additiveScores(inner, fit(inner, train)) };
  });
  const [best] = [true, false]
    .map((fromRegression) => {
      const held = tasks.map(({ inner, train, test, scores }) => ({
        training: { ...trainingOf(inner, train), start: startOf(inner, train, scores, fromRegression) },
        test,
      }));
      return { fromRegression, ...chooseLeafwise(held, [options], search) };
    })
    .sort((a, b) => a.loss - b.loss);
  return { ...best, rounds: roundsForAll(best.rounds, rows, splits) };
}

/** Base and linear terms that no divisor follows, with room for more features. */
function undivided({ outputs }: Design, { trees: { linear }, answer }: Regression, more: number) {
  const divisors = Array.from({ length: outputs }, (_, k) => ofOutput(answer.divisor, k, 1));
  const base = divisors.map((divisor, k) => ofOutput(answer.base, k, 0) / divisor);
  const wider = (tensor: Float64Array) => {
    const room = new Float64Array(tensor.length + more * outputs);
    for (let i = 0; i < tensor.length; i++) room[i] = tensor[i] / divisors[i % outputs];
    return room;
  };
  return {
    base: outputs > 1 ? base : base[0],
    linear: linear && {
      coefficient: wider(linear.coefficient),
      missing: wider(linear.missing),
      mean: wider(linear.mean),
    },
  };
}

/** The features that are given exactly where their column is, of the columns that no training row misses. */
function gateOf({ binned }: Design, rows: Int32Array): number[] {
  const seen = new Set<number>();
  return binned.columns.flatMap(({ feature, owner, always, bins, size }) => {
    if (always || seen.has(owner) || rows.some((row) => bins[row] === size)) return [];
    seen.add(owner);
    return [feature];
  });
}

/** What each column adds to the scores of a regression, which has no interactions. */
interface AdditiveScores {
  /** Of a row of the table, as in `StartScores`. */
  whole: StartScores;
  /** Scores where nothing is given. */
  empty: Float64Array;
  /** What a value in the middle of each bin adds; [columns][bins × outputs]. */
  steps: Float64Array[];
}

function additiveScores(
  { x, binned, features, outputs }: Design,
  { trees, answer }: Regression,
): AdditiveScores {
  const forests = [trees.forest, ...(trees.others ?? [])];
  const columnOf = new Int32Array(features.length);
  for (const [c, { feature, kind, size }] of binned.columns.entries())
    columnOf.fill(c, feature, feature + (kind === 'category' ? size : 1));
  const values = new Float64Array(features.length);
  const score = (into: Float64Array) => {
    for (let k = 0; k < outputs; k++) {
      let sum = ofOutput(answer.base, k, 0);
      for (const root of forests[k].roots) sum += forests[k].value[leafOf(forests[k], root, values)];
      if (trees.linear) {
        const { coefficient, missing } = trees.linear;
        for (let j = 0; j < values.length; j++) {
          const at = j * outputs + k;
          sum += Number.isNaN(values[j]) ? missing[at] : coefficient[at] * values[j];
        }
      }
      into[k] = sum / ofOutput(answer.divisor, k, 1);
    }
  };
  const empty = new Float64Array(outputs);
  values.fill(Number.NaN);
  score(empty);
  const one = new Float64Array(outputs);
  const steps = binned.columns.map(({ feature, kind, size, lowest, highest }) => {
    const of = new Float64Array(size * outputs);
    for (let bin = 0; bin < size; bin++) {
      if (kind === 'category') for (let k = 0; k < size; k++) values[feature + k] = Number(k === bin);
      else values[feature] = (lowest[bin] + highest[bin]) / 2;
      score(one);
      for (let k = 0; k < outputs; k++) of[bin * outputs + k] = one[k] - empty[k];
    }
    values.fill(Number.NaN, feature, feature + (kind === 'category' ? size : 1));
    return of;
  });
  return {
    empty,
    steps,
    whole(row, given, into) {
      for (let j = 0; j < values.length; j++)
        values[j] = given && !given[columnOf[j]] ? Number.NaN : x[row][j];
      score(into);
      values.fill(Number.NaN);
    },
  };
}

/** The scores that trees start from: those of the regression, or a constant, and what steps leave of it. */
function startOf(
  design: Design,
  rows: Int32Array,
  { whole, steps, empty }: AdditiveScores,
  fromRegression: boolean,
): StartScores {
  if (fromRegression) return whole;
  const { binned } = design;
  const constant = constantScores(design, rows);
  return (row, given, into) => {
    whole(row, given, into);
    for (let k = 0; k < into.length; k++) into[k] += constant[k] - empty[k];
    for (const [c, { bins, size }] of binned.columns.entries()) {
      if (bins[row] === size || (given && !given[c])) continue;
      for (let k = 0; k < into.length; k++) into[k] -= steps[c][bins[row] * into.length + k];
    }
  };
}

/** The scores of a model that knows no column. */
const constantScores = (design: Design, rows: Int32Array): number[] =>
  boostLeafwise(trainingOf(design, rows), { ...boosting, loss: boostedLoss(design), seed: 0 }, 0).base;

/** Trees that replace the regression by a constant, one for each column that it depends on; [outputs]. */
function undoing(design: Design, rows: Int32Array, { steps, empty }: AdditiveScores): Forest[] {
  const constant = constantScores(design, rows);
  return constant.map((start, k) =>
    writeForest(
      design.binned.columns.map((column, c) => {
        const covers = new Float64Array(column.size + 1);
        for (const row of rows) covers[column.bins[row]]++;
        const always = c === 0 ? start - empty[k] : 0;
        const leaves = Array.from(covers.subarray(0, column.size), (cover, bin) =>
          leaf(always - steps[c][bin * constant.length + k], cover),
        );
        return split(column.feature, given, binNode(column, leaves), leaf(always, covers[column.size]));
      }),
    ),
  );
}

/** In which bin a value is, or which category it is. @param leaves one for each bin */
const binNode = (
  { kind, feature, lowest, highest }: Design['binned']['columns'][number],
  leaves: readonly WrittenNode[],
) =>
  kind === 'numeric'
    ? stepNode(
        feature,
        lowest.subarray(1).map((low, i) => (highest[i] + low) / 2),
        leaves,
      )
    : leaves.reduceRight((others, own, k) => split(feature + k, 0.5, others, own));

/** The same trees with the opposite sign, for rows only that have all of these features; others get 0. */
function behind(gate: readonly number[], forest: Forest): Forest {
  const { roots } = forest;
  const trees = roots.length;
  const before = 2 * gate.length;
  const gated = emptyForest(trees, forest.feature.length + trees * before);
  for (const each of [gated.feature, gated.left, gated.right]) each.fill(-1);
  for (let tree = 0; tree < trees; tree++) {
    const { [tree]: from } = roots;
    const end = tree + 1 < trees ? roots[tree + 1] : forest.feature.length;
    const root = from + tree * before;
    gated.roots[tree] = root;
    for (const [i, feature] of gate.entries()) {
      const node = root + 2 * i;
      gated.feature[node] = feature;
      gated.threshold[node] = Number.MAX_VALUE;
      gated.right[node] = node + 1;
      gated.left[node] = node + 2;
      gated.cover[node] = forest.cover[from];
    }
    const by = root + before - from;
    for (let node = from; node < end; node++) {
      gated.feature[node + by] = forest.feature[node];
      gated.threshold[node + by] = forest.threshold[node];
      gated.left[node + by] = forest.left[node] === -1 ? -1 : forest.left[node] + by;
      gated.right[node + by] = forest.right[node] === -1 ? -1 : forest.right[node] + by;
      gated.missingLeft[node + by] = forest.missingLeft[node];
      gated.value[node + by] = -forest.value[node];
      gated.cover[node + by] = forest.cover[node];
    }
  }
  return gated;
}
