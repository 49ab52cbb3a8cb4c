import { type Forest, leafOf, ofOutput, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';
import {
  boostLeafwise,
  chooseLeafwise,
  emptyForest,
  type GradientBoosting,
  joinForests,
  type StartScores,
} from '../grow/index.ts';
import { packSets } from './gbdt.ts';
import type { Publishable } from './learner.ts';

/** A regression as scores: a sum over its features, and trees of one feature each. */
interface Regression extends Pick<Publishable, 'trees' | 'answer'> {}

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
const folds = 5;
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
  threads?: number,
): Pick<Publishable, 'trees' | 'answer' | 'added'> | undefined {
  const { outputs } = design;
  const gate = gateOf(design, rows);
  if (
    gate.length === 0 ||
    gate.length > mostColumns ||
    rows.length * outputs > mostAnswers[outputs > 1 ? 'ofClasses' : 'ofOne']
  )
    return undefined;
  const options: GradientBoosting = {
    ...boosting,
    loss: outputs > 1 ? { classes: outputs } : design.loss,
    seed,
    mask: {
      copies: Math.min(copies.most, Math.max(1, copies.answers / (rows.length * outputs))),
      share: copies.share,
    },
  };
  const tasks = heldOut(design, rows, seed).map(({ train, test }) => {
    const inner = design.forRows(train);
    return { inner, train, test, scores: additiveScores(inner, fit(inner, train)) };
  });
  const kinds = [true, false].map((fromRegression) => ({
    fromRegression,
    ...chooseLeafwise(
      tasks.map(({ inner, train, test, scores }) => ({
        training: trainingOf(inner, train, startOf(inner, train, scores, fromRegression)),
        test,
      })),
      [options],
      search,
      threads,
    ),
  }));
  const { fromRegression, rounds } = kinds.reduce((a, b) => (b.loss < a.loss ? b : a));
  const scores = additiveScores(design, regression);
  const known = tasks.reduce((sum, { train }) => sum + train.length / tasks.length, 0);
  const grown = boostLeafwise(
    trainingOf(design, rows, startOf(design, rows, scores, fromRegression)),
    options,
    Math.round((rounds * rows.length) / known),
    threads,
  );
  const { sets, added } = packSets(design, grown.sets);
  const undone = fromRegression ? undefined : undoing(design, rows, scores);
  const { forest, others = [], linear } = regression.trees;
  const all = [forest, ...others].map((own, k) => {
    const corrections = [...(undone ? [undone[k]] : []), grown.forests[k]].filter(
      ({ roots }) => roots.length > 0,
    );
    return joinForests([scaled(own, 1), ...corrections.flatMap((each) => [each, behind(gate, each)])]);
  });
  const divisor = (k: number) => ofOutput(regression.answer.divisor, k, 1);
  const wide = (tensor: Float64Array) => {
    const room = new Float64Array(tensor.length + added.length * outputs);
    for (let i = 0; i < tensor.length; i++) room[i] = tensor[i] / divisor(i % outputs);
    return room;
  };
  const base = Array.from({ length: outputs }, (_, k) => ofOutput(regression.answer.base, k, 0) / divisor(k));
  const trees: Omit<Trees, 'spread'> = {
    forest: all[0],
    ...(outputs > 1 && { others: all.slice(1) }),
    ...sets,
    ...(linear && {
      linear: {
        coefficient: wide(linear.coefficient),
        missing: wide(linear.missing),
        mean: wide(linear.mean),
      },
    }),
  };
  return {
    trees,
    answer: { ...regression.answer, base: outputs > 1 ? base : base[0], divisor: 1 },
    added,
  };

  function trainingOf(of: Design, learned: Int32Array, start: StartScores) {
    const weights = of.sampling?.weights;
    return { table: of.binned, target: of.target, rows: learned, start, ...(weights && { weights }) };
  }
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

/** Folds with enough rows held out. */
function heldOut(design: Design, rows: Int32Array, seed: number) {
  const splits = splitRows({ rows, labels: labelsOf(design), sampling: design.sampling }, folds, seed);
  const wanted = Math.ceil((enoughHeldOut * folds) / rows.length);
  return design.sampling?.times ? splits.slice(-wanted) : splits.slice(0, wanted);
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
function constantScores({ binned, target, outputs, loss }: Design, rows: Int32Array): number[] {
  const options: GradientBoosting = {
    ...boosting,
    loss: outputs > 1 ? { classes: outputs } : loss,
    seed: 0,
  };
  return boostLeafwise({ table: binned, target, rows }, options, 0).base;
}

/** Trees that replace the regression by a constant, one for each column that it depends on; [outputs]. */
function undoing(design: Design, rows: Int32Array, { steps, empty }: AdditiveScores): Forest[] {
  const constant = constantScores(design, rows);
  return constant.map((start, k) =>
    joinForests(
      design.binned.columns.map((column, c) => {
        const own = Float64Array.from(
          { length: column.size },
          (_, bin) => -steps[c][bin * constant.length + k],
        );
        const covers = new Float64Array(column.size + 1);
        for (const row of rows) covers[column.bins[row]]++;
        return stepsTree(column, own, covers, c === 0 ? start - empty[k] : 0);
      }),
    ),
  );
}

/** A tree that adds a number for each bin of a column, and another one to each row. */
function stepsTree(
  { feature, kind, lowest, highest, size }: Design['binned']['columns'][number],
  steps: Float64Array,
  covers: Float64Array,
  always: number,
): Forest {
  const tree = emptyForest(1, 2 * size + 1);
  for (const each of [tree.feature, tree.left, tree.right]) each.fill(-1);
  let next = 0;
  const leaf = (value: number, cover: number): number => {
    tree.value[next] = value + always;
    tree.cover[next] = cover;
    return next++;
  };
  const split = (of: number, threshold: number, left: () => number, right: () => number): number => {
    const node = next++;
    tree.feature[node] = of;
    tree.threshold[node] = threshold;
    tree.left[node] = left();
    tree.right[node] = right();
    tree.cover[node] = tree.cover[tree.left[node]] + tree.cover[tree.right[node]];
    return node;
  };
  const among = (from: number, to: number): number => {
    if (to - from === 1) return leaf(steps[from], covers[from]);
    if (kind === 'category')
      return split(
        feature + from,
        0.5,
        () => among(from + 1, to),
        () => leaf(steps[from], covers[from]),
      );
    const middle = (from + to) >> 1;
    return split(
      feature,
      (highest[middle - 1] + lowest[middle]) / 2,
      () => among(from, middle),
      () => among(middle, to),
    );
  };
  split(
    feature,
    Number.MAX_VALUE,
    () => among(0, size),
    () => leaf(0, covers[size]),
  );
  return tree;
}

/** Trees with other signs. */
const scaled = (forest: Forest, by: number): Forest => ({
  ...forest,
  value: forest.value.map((value) => by * value),
});

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
