import { cellWriter } from '../columns/cells.ts';
import type { Column, Row } from '../columns/columns.ts';
import type { Trees } from '../forest/forest.ts';
import { createCellWalk, type PackedForest, packForest } from '../walk/index.ts';
import type { Formula } from './formula.ts';
import { answerTo, links, recalibrated, scoreOf } from './link.ts';
import { firstReading, type Reading, type Readings, roomFor } from './readings.ts';
import { createScores, joinOutputs, roundingOf } from './scores.ts';
import { outputsOf } from './targets.ts';
import { intervalWriter, predictionSetWriter } from './uncertainty.ts';

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
