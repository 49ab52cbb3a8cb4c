import { type Forest, leafOf, ofOutput } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { splitRows } from '../evaluation/folds.ts';
import { keptColumns } from '../evaluation/random-mask.ts';
import { binTable, emptyForest, type GrowColumn, growForestSync, joinForests } from '../grow/index.ts';
import { sampleRows } from '../random.ts';
import {
  answerClasses,
  type ClassModel,
  type Given,
  type Learned,
  type LearnedClasses,
  type LearnedModel,
  type Learner,
  type ModelLearner,
} from './learner.ts';
import { weightedQuantiles } from './weighted-quantiles.ts';

/** What a learner of quantiles needs of its design. */
type Quantiles = NonNullable<Design['quantiles']>;
/** Makes a learner of the centre; with the options of an earlier one, nothing is chosen again. */
type CreateCentre<L> = (design: Design, options?: LearnedModel['engine']['options']) => L;

/** Models of other rows, whose errors are those of new rows. */
const folds = 5;
/** As many rows are enough to learn how errors spread. */
const mostRows = 10_000;
/** Each row is predicted from all of its columns, and from so many of them: an answer from fewer columns spreads more. */
const shares = [0.75, 0.25];
const trees = 100;
const fewestPerSplit = 4;
/** A leaf has so many rows at least, and so many beyond its outermost quantile. */
const fewestOfLeaf = { rows: 20, beyond: 2 };

/**
 * Quantiles as a centre plus quantiles of its errors. The centre is a model of the mean, whose trees add the same to every output. How its
 * errors spread is learned from cross-fitted ones: trees that are grown on their size hold in each leaf the quantiles of the errors that
 * came there, and their mean is added to the centre. As every leaf's quantiles ascend, and sums that are rounded in the same order keep
 * their order, the answers never cross, without being sorted; contributions add up to each of them, and every reader of leaf values reads
 * them. (Quantiles in leaves: Meinshausen 2006, JMLR 7, who weighs rows instead; errors of other models: Barber et al. 2021, Annals of Statistics 49.)
 */
export function quantileModels(
  design: Design,
  quantiles: Quantiles,
  createCentre: CreateCentre<ModelLearner>,
): ModelLearner<ClassModel> {
  const { name, label } = createCentre(quantiles.location);
  return {
    name,
    label,
    learn(rows, seed) {
      const centre = createCentre(quantiles.location).learn(rows, seed);
      const again = (of: Design) => createCentre(of, centre.engine.options);
      const errors = crossFittedErrors(design, again, rows, seed);
      const spread = growSpread(design, quantiles, errors, seed);
      const { answer, joined } = addSpread(centre, spread, quantiles.levels.length);
      return {
        ...answerClasses(design, joined, answer, centre.added),
        trees: joined,
        answer,
        engine: centre.engine,
        ...(centre.added && { added: centre.added }),
      };
    },
  };
}

/** A reference: a centre, and the same quantiles of its cross-fitted errors for every row. */
export function quantileAnswers(
  design: Design,
  { levels, location }: Quantiles,
  createCentre: CreateCentre<Learner>,
): Learner<LearnedClasses> {
  const { name, label } = createCentre(location);
  return {
    name,
    label,
    learn(rows, seed) {
      const centre = createCentre(location).learn(rows, seed);
      const { size, weight } = crossFittedErrors(design, createCentre, rows, seed, []);
      const beyond = weightedQuantiles(size, weight, levels);
      return {
        predictClasses(asked, given) {
          const givenIn = typeof given === 'function' ? given : () => given;
          return Float64Array.from({ length: asked.length * levels.length }, (_, i) => {
            const row = asked[Math.floor(i / levels.length)];
            return centre.predict(row, givenIn(row)) + beyond[i % levels.length];
          });
        },
      };
    },
  };
}

/** Always predicts the quantiles of the target. */
export const constantQuantiles = (
  { target, sampling }: Design,
  { levels }: Quantiles,
): Learner<LearnedClasses> => ({
  name: 'base-rate',
  label: { en: 'Always the quantiles of all rows', 'pt-BR': 'Sempre os quantis de todas as linhas' },
  learn(rows) {
    const values = Float64Array.from(rows, (row) => target[row]);
    const weight = Float64Array.from(rows, (row) => sampling?.weights?.[row] ?? 1);
    const quantiles = weightedQuantiles(values, weight, levels);
    return {
      predictClasses: ({ length }) =>
        Float64Array.from({ length: length * levels.length }, (_, i) => quantiles[i % levels.length]),
    };
  },
});

/** Errors of rows by models that were not trained on them. */
interface Errors {
  row: Int32Array;
  /** The columns that the prediction was made from; undefined: all. */
  given: (Given | undefined)[];
  /** Observed − predicted. */
  size: Float64Array;
  weight: Float64Array;
}

function crossFittedErrors(
  { forRows, target, sampling, columns }: Design,
  createCentre: CreateCentre<Learner>,
  rows: Int32Array,
  seed: number,
  masked: readonly number[] = shares,
): Errors {
  const some = sampleRows(rows, mostRows, seed);
  const labels = new Uint8Array(target.length);
  const masks = masked.map((share) => ({
    share,
    always: Uint8Array.from(columns, ({ required }) => Number(required)),
  }));
  const found: { row: number; given?: Given; size: number }[] = [];
  for (const { train, test } of splitRows({ rows: some, labels, sampling }, folds, seed)) {
    const ofTrain = forRows(train).quantiles?.location as Design;
    const centre: Learned = createCentre(ofTrain).learn(train, seed);
    for (const row of test) {
      for (const given of [undefined, ...masks.map((mask) => keptColumns(mask, row))])
        found.push({ row, ...(given && { given }), size: target[row] - centre.predict(row, given) });
    }
  }
  return {
    row: Int32Array.from(found, ({ row }) => row),
    given: found.map(({ given }) => given),
    size: Float64Array.from(found, ({ size }) => size),
    weight: Float64Array.from(found, ({ row }) => sampling?.weights?.[row] ?? 1),
  };
}

/** Trees whose leaves hold quantiles of errors, [leaves × quantiles]; the `value` of a leaf is its row. */
interface Spread {
  forest: Forest;
  leafValues: Float64Array;
}

function growSpread(design: Design, { levels }: Quantiles, errors: Errors, seed: number): Spread {
  const { columns } = design;
  const examples = Int32Array.from(errors.row.keys());
  const outermost = Math.min(levels[0], 1 - levels[levels.length - 1]);
  const rowsOfLeaf = Math.max(fewestOfLeaf.rows, Math.ceil(fewestOfLeaf.beyond / outermost));
  const { forest } = growForestSync(
    {
      table: binTable(columnsOf(design, errors)),
      target: errors.size.map(Math.abs),
      rows: examples,
      ...(design.sampling?.weights && { weights: errors.weight }),
    },
    {
      trees,
      columnsPerSplit: Math.max(Math.min(fewestPerSplit, columns.length), Math.ceil(columns.length / 3)),
      minimumLeaf: rowsOfLeaf * (1 + shares.length),
      sampleShare: 1,
      replace: true,
      seed,
    },
  );
  return { forest, leafValues: quantilesOfLeaves(forest, featuresOf(design, errors), errors, levels) };
}

/**
 * The columns of the examples, missing where they were hidden. A column in whose direction answers must not fall or rise is missing
 * everywhere: then only the centre depends on it.
 */
function columnsOf({ numbers }: Design, { row, given }: Errors): GrowColumn[] {
  return numbers.columns.map((column, i): GrowColumn => {
    const { monotone, ...kind } = { monotone: undefined, ...column };
    const owner = column.owner ?? i;
    const isHidden = (example: number) => monotone !== undefined || given[example]?.[owner] === 0;
    const values = Float64Array.from(row, (from, example) =>
      isHidden(example) ? Number.NaN : numbers.x[from][i],
    );
    return { ...kind, values } as GrowColumn;
  });
}

/** The features of each example. */
const featuresOf = ({ x, owners }: Design, { row, given }: Errors): Float64Array[] =>
  Array.from(row, (from, example) => {
    const kept = given[example];
    return kept ? x[from].map((value, j) => (kept[owners[j]] ? value : Number.NaN)) : x[from];
  });

/** Numbers the leaves, and fills each with the mean over the trees of its quantiles: those of all examples that come there. */
function quantilesOfLeaves(
  forest: Forest,
  x: readonly Float64Array[],
  { size, weight }: Errors,
  levels: readonly number[],
): Float64Array {
  const all: number[] = [];
  for (const [tree, root] of forest.roots.entries()) {
    const end = forest.roots[tree + 1] ?? forest.feature.length;
    const here = Map.groupBy(x.keys(), (example) => leafOf(forest, root, x[example]));
    for (let node = root; node < end; node++) {
      if (forest.feature[node] >= 0) continue;
      const own = here.get(node) ?? [];
      forest.value[node] = all.length / levels.length;
      const quantiles = weightedQuantiles(
        Float64Array.from(own, (example) => size[example]),
        Float64Array.from(own, (example) => weight[example]),
        levels,
      );
      for (const each of quantiles) all.push(each / forest.roots.length);
    }
  }
  return Float64Array.from(all);
}

/** The trees of the centre, which add the same to each output, and then those of the spread. */
function addSpread({ trees: centre, answer: of }: LearnedModel, spread: Spread, outputs: number) {
  const factor = ofOutput(of.scale, 0, 1) / ofOutput(of.divisor, 0, 1);
  const hasCentre = centre.forest.roots.length > 0;
  const leaves = centre.forest.feature.reduce((sum, feature) => sum + Number(feature < 0), 0);
  const leafValues = new Float64Array(leaves * outputs + spread.leafValues.length);
  const value = new Float64Array(centre.forest.value);
  let next = 0;
  for (const [node, feature] of centre.forest.feature.entries()) {
    if (feature >= 0) continue;
    leafValues.fill(value[node] * factor, next * outputs, (next + 1) * outputs);
    value[node] = next++;
  }
  leafValues.set(spread.leafValues, leaves * outputs);
  const behind = spread.forest.value.map((row, node) => (spread.forest.feature[node] < 0 ? row + leaves : 0));
  const forest = joinForests([
    hasCentre ? { ...centre.forest, value } : emptyForest(),
    { ...spread.forest, value: behind },
  ]);
  const each = (tensor: Float64Array) =>
    Float64Array.from(
      { length: tensor.length * outputs },
      (_, i) => tensor[Math.floor(i / outputs)] * factor,
    );
  const { linear, sets } = centre;
  return {
    answer: {
      link: 'identity' as const,
      base: ofOutput(of.base, 0, 0) * factor + ofOutput(of.offset, 0, 0),
    },
    joined: {
      forest,
      leafValues,
      ...(sets && { sets }),
      ...(linear && {
        linear: {
          coefficient: each(linear.coefficient),
          missing: each(linear.missing),
          mean: each(linear.mean),
        },
      }),
    },
  };
}
