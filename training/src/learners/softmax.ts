import { levelsOf } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';
import { leastConvex } from '../evaluation/least-convex.ts';
import { emptyForest } from '../grow/index.ts';
import { sampleRows } from '../random.ts';
import { fitSoftmax, type SoftmaxRows, softmaxLoss, softmaxScores } from '../regression/softmax.ts';
import { totalWeight } from '../sampling/sampling.ts';
import {
  answerClasses,
  type ClassModel,
  type LearnedClasses,
  type Learner,
  type ModelLearner,
} from './learner.ts';
import { noTerms, writeMeans } from './linear-terms.ts';
import { correctWhereMissing } from './where-missing/correct.ts';

export interface SoftmaxOptions {
  ridge: number;
  /** Divides the scores: above 1, the fit was too sure of itself. */
  temperature: number;
}

/** From the largest on: each fit starts where the last one ended. */
const ridges = [30, 10, 3, 1, 0.3, 0.1, 0.03];
const folds = 5;
/** Rows × features × classes up to which every fold is held out; above, one of them is enough to choose, of a sample of the rows. */
const fewNumbers = 5e5;
/** Numbers of the sample, and its least rows of each class. */
const sample = { numbers: 1e6, rowsOfClass: 20 };
/** The regression is fitted on a sample of the rows where there are more numbers. */
const mostNumbers = 5e7;
/** Relative precision of the loss that is enough to choose. */
const roughly = 1e-6;
const temperatures = { lowest: 0.2, highest: 5 };

/**
 * Multinomial logistic regression with a ridge penalty on standardised features. A missing value counts as the mean, and where a column has
 * missing values, that it is missing counts too. Penalty and temperature (Guo et al. 2017) are chosen by inner cross-validation.
 */
export const softmax = (design: Design, options?: SoftmaxOptions): ModelLearner<ClassModel> => ({
  name: 'softmax',
  label: { en: 'Softmax regression', 'pt-BR': 'Regressão softmax' },
  learn: (rows, seed) => {
    const model = learn(design, rows, seed, options);
    const { ridge, temperature } = model.engine.options as unknown as SoftmaxOptions;
    const fit = (of: Design, learned: Int32Array) => learn(of, learned, seed, { ridge, temperature });
    const corrected = correctWhereMissing(design, rows, seed, model, fit);
    if (!corrected) return model;
    const { trees, answer, added } = corrected;
    return { ...model, ...corrected, ...answerClasses(design, trees, answer, added) };
  },
});

/** The same, on some of the columns, to compare with. @param use indices of the columns; all columns if left out */
export const softmaxReference = (
  design: Design,
  { use }: { use?: readonly number[] } = {},
): Learner<LearnedClasses> => ({
  name: 'softmax-regression',
  label: { en: 'Softmax regression', 'pt-BR': 'Regressão softmax' },
  learn: (rows, seed) => learn(design, rows, seed, undefined, use),
});

function learn(
  design: Design,
  rows: Int32Array,
  seed: number,
  given?: SoftmaxOptions,
  use?: readonly number[],
): ClassModel {
  const { owners, outputs } = design;
  const used = distinctFeatures(design).filter((j) => !use || use.includes(owners[j]));
  const learned = sampleRows(rows, Math.ceil(mostNumbers / (used.length * outputs)), seed);
  const options = given ?? choose(design, used, learned, seed);
  const scaling = scalingOf(design, used, learned);
  const isLarge = learned.length * used.length * outputs > fewNumbers;
  const beta = fitSoftmax(
    rowsOf(design, scaling, learned),
    options.ridge,
    isLarge ? { precision: roughly } : {},
  );
  const { linear, base } = rawTerms(design, scaling, beta, rows);
  const empty = emptyForest();
  const trees = { forest: empty, others: Array.from({ length: outputs - 1 }, () => empty), linear };
  const answer = { base, divisor: options.temperature, link: 'softmax' } as const;
  return {
    ...answerClasses(design, trees, answer),
    trees,
    answer,
    engine: { name: 'softmax', version: engineVersion, options: { ...options } },
  };
}

/**
 * The ridge with the least log loss of the rows held out, and the temperature with the least log loss of its predictions. The ridge falls
 * until the loss rises.
 */
function choose(design: Design, used: readonly number[], rows: Int32Array, seed: number): SoftmaxOptions {
  const { outputs } = design;
  const labels = labelsOf(design);
  const perRow = used.length * outputs;
  const isLarge = rows.length * perRow > fewNumbers;
  const most = Math.max(Math.ceil(sample.numbers / perRow), sample.rowsOfClass * outputs);
  const among = isLarge ? sampleRows(rows, most, seed) : rows;
  const splits = splitRows({ rows: among, labels, sampling: design.sampling }, folds, seed);
  // in the order of time, the last one has the most rows to learn from
  const one = design.sampling?.times ? splits.slice(-1) : splits.slice(0, 1);
  const parts = (isLarge ? one : splits).map(({ train, test }) => {
    const inner = design.forRows(train);
    const scaling = scalingOf(inner, used, train);
    return {
      trained: rowsOf(inner, scaling, train),
      tested: rowsOf(inner, scaling, test),
      beta: undefined as Float64Array | undefined,
    };
  });
  const tested = parts.flatMap((part) => Array.from(part.tested.target));
  const weights = design.sampling?.weights
    ? Float64Array.from(parts.flatMap((part) => Array.from(part.tested.weights ?? [])))
    : undefined;
  const loss = (scores: Float64Array, factor: number) =>
    softmaxLoss(
      scores.map((score) => score * factor),
      tested,
      outputs,
      weights,
    );
  let best = { ridge: Number.NaN, scores: new Float64Array(), loss: Infinity };
  for (const ridge of ridges) {
    const scores = Float64Array.from(
      parts.flatMap((part) => {
        part.beta = fitSoftmax(part.trained, ridge, { start: part.beta, precision: roughly });
        return Array.from(softmaxScores(part.tested, part.beta));
      }),
    );
    const itsLoss = loss(scores, 1);
    if (itsLoss >= best.loss) break;
    best = { ridge, scores, loss: itsLoss };
  }
  const { lowest, highest } = temperatures;
  const factor = leastConvex((each) => loss(best.scores, each), 1 / highest, 1 / lowest);
  return { ridge: best.ridge, temperature: 1 / factor };
}

/** Of two categories, one is what the other is not. */
const distinctFeatures = ({ columns, owners, features }: Design): number[] =>
  Array.from(features.keys()).filter(
    (j) =>
      levelsOf(columns[owners[j]])?.length !== 2 ||
      owners[j - 1] === owners[j] ||
      owners[j + 1] !== owners[j],
  );

/** What one coefficient per class is multiplied by: a standardised feature, or that a column is missing. */
interface Regressor {
  feature: number;
  isMissing: boolean;
  mean: number;
  sd: number;
  /** What is subtracted: 0 of indicators, so that most of their values stay 0 and are skipped. The intercept has no penalty. */
  centre: number;
}

/** Features that vary in the rows, and the columns that are missing in some. */
function scalingOf({ x, owners, sampling }: Design, used: readonly number[], rows: Int32Array): Regressor[] {
  const missing = new Set<number>();
  const weights = sampling?.weights;
  const total = totalWeight(rows, weights);
  return used.flatMap((feature) => {
    let [count, given, sum, squares] = [0, 0, 0, 0];
    for (const row of rows) {
      if (Number.isNaN(x[row][feature])) continue;
      const weight = weights ? weights[row] : 1;
      count++;
      given += weight;
      sum += weight * x[row][feature];
    }
    const mean = count > 0 ? sum / given : 0;
    for (const row of rows) {
      if (!Number.isNaN(x[row][feature]))
        squares += (weights ? weights[row] : 1) * (x[row][feature] - mean) ** 2;
    }
    const sd = count > 0 ? Math.sqrt(squares / given) : 0;
    const isIndicator = rows.every(
      (row) => !(x[row][feature] !== 0 && x[row][feature] !== 1 && !Number.isNaN(x[row][feature])),
    );
    const marks = count < rows.length && count > 0 && !missing.has(owners[feature]);
    if (marks) missing.add(owners[feature]);
    const share = given / total;
    return [
      ...(sd > 0 ? [{ feature, isMissing: false, mean, sd, centre: isIndicator ? 0 : mean }] : []),
      ...(marks
        ? [{ feature, isMissing: true, mean: 1 - share, sd: Math.sqrt(share * (1 - share)), centre: 0 }]
        : []),
    ];
  });
}

function rowsOf(
  { x, target, outputs, sampling }: Design,
  scaling: readonly Regressor[],
  rows: Int32Array,
): SoftmaxRows {
  const width = 1 + scaling.length;
  const matrix = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    matrix[i * width] = 1;
    for (const [j, { feature, isMissing, mean, sd, centre }] of scaling.entries()) {
      const given = x[row][feature];
      const absent = Number.isNaN(given);
      const value = isMissing ? Number(absent) : absent ? mean : given;
      matrix[i * width + j + 1] = (value - centre) / sd;
    }
  }
  const every = sampling?.weights;
  return {
    x: matrix,
    width,
    target: Uint8Array.from(rows, (row) => target[row]),
    classes: outputs,
    ...(every && { weights: Float64Array.from(rows, (row) => every[row]) }),
  };
}

/** The coefficients of features that are not standardised, and the base. */
function rawTerms(design: Design, scaling: readonly Regressor[], beta: Float64Array, rows: Int32Array) {
  const { outputs } = design;
  const linear = noTerms(design);
  const base = Array.from(beta.subarray(0, outputs));
  for (const [j, { feature, isMissing, mean, sd, centre }] of scaling.entries()) {
    for (let k = 0; k < outputs; k++) {
      const slope = beta[(j + 1) * outputs + k] / sd;
      base[k] -= slope * centre;
      const at = feature * outputs + k;
      if (!isMissing) linear.coefficient[at] += slope;
      linear.missing[at] += isMissing ? slope : slope * mean;
    }
  }
  writeMeans(linear, design, rows);
  return { linear, base };
}
