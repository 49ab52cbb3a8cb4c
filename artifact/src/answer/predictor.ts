import { cellWriter } from '../columns/cells.ts';
import type { Column, Row } from '../columns/columns.ts';
import { usedColumns } from '../columns/features.ts';
import type { Trees } from '../forest/forest.ts';
import { createCellWalk, type PackedForest, packForest } from '../walk/index.ts';
import type { Formula } from './formula.ts';
import { byNumberGiven } from './given.ts';
import { type Interval, shortestInterval } from './interval.ts';
import { answerTo, links, logit, recalibrated, scoreOf } from './link.ts';
import { outcomeInterval } from './outcome.ts';
import { inSet, setWriter } from './prediction-set.ts';
import { createScores, joinOutputs, roundingOf } from './scores.ts';
import { outputsOf, targetKind } from './targets.ts';

/** A probability or a value in the target's unit, with its interval if the model has one. */
export interface Reading {
  /** The only output, or the first of several. */
  answer: number;
  /** All of them, if there are several; [outputs]. */
  outputs?: number[];
  /** Of the outcome if the model has one of it, otherwise of the answer. */
  interval?: Interval;
  /** Of the answer, where `interval` is of the outcome. */
  mean?: Interval;
  /** The places of the classes in the prediction set, if the model has one. */
  set?: number[];
}

/** Readings of many rows, in order; [rows]. */
export interface Readings {
  answer: Float64Array;
  /** All outputs, if there are several; [rows × outputs]. */
  outputs?: Float64Array;
  /** The bounds of the interval, if the model has one. */
  low?: Float64Array;
  high?: Float64Array;
  /** The bounds of the interval of the answer, where `low` and `high` are those of the outcome. */
  meanLow?: Float64Array;
  meanHigh?: Float64Array;
  /** 1 for each class in the prediction set, if the model has one; [rows × outputs]. */
  sets?: Uint8Array;
}

/**
 * Answers rows that have passed `Model.check`.
 * @param cells [rows × columns], row after row, in the order of the manifest's columns: the number, or the index of the category
 * in the column's `categories`, or NaN if missing
 * @param into readings of the same number of rows by the same model, overwritten and returned; new ones if omitted
 */
export type PredictCells = (cells: Float64Array, into?: Readings) => Readings;

/** Answers rows that have passed `Model.check`. */
export interface Predictor {
  predict(row: Row): Reading;
  predictCells: PredictCells;
}

type ModelFormula = Formula & { columns: readonly Column[]; timeZone?: string };

/** Returns a function that answers rows by the plain walk through sound trees. */
export function readAnswer(formula: ModelFormula, trees: Trees): Predictor['predict'] {
  return createPredictor(formula, trees, {}).predict;
}

/** The packed trees of a model, undefined if they could not be packed. */
export interface PackedTrees {
  /** The trees of all outputs, output after output. */
  forest?: PackedForest;
  spread?: PackedForest;
}

/** Packs the trees, which takes about as long as reading them from their file. */
export const packTrees = (trees: Trees, features: number): PackedTrees => ({
  forest: packForest(joinOutputs(trees), features),
  spread: trees.spread && packForest(trees.spread, features),
});

/** Answers rows by packed trees, or by the plain walk through those that are not packed: bit for bit the same. */
export function createPredictor(formula: ModelFormula, trees: Trees, packed: PackedTrees): Predictor {
  const predictCells = isSum(formula, trees)
    ? predictSums(formula, trees, packed)
    : predictScores(formula, trees, packed);
  return rowPredictor(formula, predictCells);
}

/** Whether the answer is made of nothing but the sum of leaves, as in format 1: a faster way with fewer steps. */
const isSum = ({ answer, target }: Formula, { leafValues, linear }: Trees): boolean =>
  outputsOf(target) === 1 && !leafValues && !linear && !answer.baseFirst && answer.precision !== 'float32';

function predictSums(
  formula: ModelFormula,
  { forest, spread, sets }: Trees,
  packed: PackedTrees,
): PredictCells {
  const width = formula.columns.length;
  const forests = spread ? [forest, spread] : [forest];
  const sum = createCellWalk(formula, forests, [packed.forest, packed.spread], sets);
  const toScore = scoreOf(formula.answer);
  const toAnswer = answerTo(formula.answer);
  const writeInterval = intervalWriter(formula);
  const sums: Float64Array[] = [];

  return (cells, into = roomFor(cells.length / width, 1, formula)) => {
    const { answer, low } = into;
    // in place: the readings overwrite the sums
    sums[0] = answer;
    if (low) sums[1] = low;
    sum(cells, sums);
    for (let row = 0; row < answer.length; row++) {
      const score = toScore(answer[row]);
      answer[row] = toAnswer(score);
      writeInterval?.(into, row, score, cells);
    }
    return into;
  };
}

/** The general way: any number of outputs, linear terms, float32. */
function predictScores(formula: ModelFormula, trees: Trees, packed: PackedTrees): PredictCells {
  const { answer: formulaOfAnswer, columns, target } = formula;
  const { spread, sets } = trees;
  const width = columns.length;
  const outputs = outputsOf(target);
  const computeScores = createScores(formula, trees, packed.forest);
  const sumSpread = spread && createCellWalk(formula, [spread], [packed.spread], sets);
  const writeInterval = intervalWriter(formula);
  const writeSet = predictionSetWriter(formula);
  const { link, recalibration } = formulaOfAnswer;
  const r = roundingOf(formulaOfAnswer);

  return (cells, into = roomFor(cells.length / width, outputs, formula)) => {
    const { answer, low } = into;
    const all = into.outputs ?? new Float64Array(answer.length);
    computeScores(cells, all);
    if (low) sumSpread?.(cells, [low]);
    for (let row = 0; row < answer.length; row++) {
      const some = all.subarray(row * outputs, (row + 1) * outputs);
      const [score] = some;
      links[link].scores(some, r);
      if (recalibration) some[0] = recalibrated(recalibration, some[0]);
      answer[row] = some[0];
      writeInterval?.(into, row, score, cells);
      writeSet?.(into, row, cells);
    }
    return into;
  };
}

/** Makes the function that writes the prediction set of a row whose outputs are there. */
function predictionSetWriter({ columns, features, predictionSet, target }: ModelFormula) {
  if (!predictionSet) return undefined;
  const classes = outputsOf(target);
  const countGiven = givenCounter({ columns, features });
  const write = setWriter(predictionSet, classes, usedColumns(features).size);
  return ({ outputs, sets }: Readings, row: number, cells: Float64Array): void => {
    if (outputs && sets) write(outputs, sets, row * classes, countGiven(cells, row));
  };
}

function roomFor(rows: number, outputs: number, { interval, predictionSet }: Formula): Readings {
  const room = () => new Float64Array(rows);
  return {
    answer: room(),
    ...(outputs > 1 && { outputs: new Float64Array(rows * outputs) }),
    ...(interval && { low: room(), high: room() }),
    ...(interval?.outcome && { meanLow: room(), meanHigh: room() }),
    ...(predictionSet && { sets: new Uint8Array(rows * outputs) }),
  };
}

type IntervalWriter = (into: Readings, row: number, score: number, cells: Float64Array) => void;

/** Writes the interval of a row whose answer is there, and whose sum of the leaves of the spread is in `low`. */
function intervalWriter({
  answer,
  columns,
  features,
  interval,
  target,
}: ModelFormula): IntervalWriter | undefined {
  const { interval: around } = targetKind(target);
  if (!interval || !around) return undefined;
  const { base, divisor, outcome, probability } = interval;
  const hasLink = answer.link !== 'identity';
  const write = (
    { answer, low = none, high = none }: Readings,
    row: number,
    s: number,
    score: number,
  ): void => {
    const ends = around(answer[row], s, hasLink ? score : undefined);
    low[row] = ends.low;
    high[row] = ends.high;
  };
  const spreadOf = ({ low = none }: Readings, row: number) => Math.exp((base + low[row]) / divisor);
  if (probability) {
    const countGiven = givenCounter({ columns, features });
    const missing = byNumberGiven(probability.missing, usedColumns(features).size);
    return (into, row, score, cells) => {
      const { answer, low = none, high = none } = into;
      const { share } = missing[countGiven(cells, row)];
      const ends = shortestInterval(hasLink ? score : logit(answer[row]), spreadOf(into, row), share);
      low[row] = ends.low;
      high[row] = ends.high;
    };
  }
  if (!outcome) return (into, row, score) => write(into, row, spreadOf(into, row), score);
  const countGiven = givenCounter({ columns, features });
  const outcomeOf = outcomeInterval(outcome, usedColumns(features).size);
  return (into, row, score, cells) => {
    const { answer, low = none, high = none, meanLow = none, meanHigh = none } = into;
    const s = spreadOf(into, row);
    write({ answer, low: meanLow, high: meanHigh }, row, s, score);
    const ends = outcomeOf(answer[row], s, countGiven(cells, row));
    low[row] = ends.low;
    high[row] = ends.high;
  };
}

const none = new Float64Array(0);

/** Makes the function that counts the used columns that a row gives. */
function givenCounter({ columns, features }: Pick<ModelFormula, 'columns' | 'features'>) {
  const used = usedColumns(features);
  const places = columns.flatMap(({ name }, place) => (used.has(name) ? place : []));
  return (cells: Float64Array, row: number): number => {
    let given = 0;
    for (const place of places) if (!Number.isNaN(cells[row * columns.length + place])) given++;
    return given;
  };
}

/** The reading of the first row. */
export function firstReading({ answer, outputs, low, high, meanLow, meanHigh, sets }: Readings): Reading {
  return {
    answer: answer[0],
    ...(outputs && { outputs: Array.from(outputs) }),
    ...(low && high && { interval: { low: low[0], high: high[0] } }),
    ...(meanLow && meanHigh && { mean: { low: meanLow[0], high: meanHigh[0] } }),
    ...(sets && outputs && { set: inSet(sets, outputs.length / answer.length) }),
  };
}

/** A predictor of rows, from a function that predicts cells. */
export function rowPredictor(
  { columns, timeZone }: Pick<ModelFormula, 'columns' | 'timeZone'>,
  predictCells: PredictCells,
): Predictor {
  const width = columns.length;
  const write = cellWriter(columns, timeZone);
  const one = new Float64Array(width);
  let readings: Readings | undefined;
  return {
    predict(row) {
      write(row, one, 0);
      readings = predictCells(one, readings);
      return firstReading(readings);
    },
    predictCells,
  };
}
