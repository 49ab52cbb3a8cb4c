import { cellWriter } from '../columns/cells.ts';
import type { Column, Row } from '../columns/columns.ts';
import { encodeRow } from '../columns/features.ts';
import type { Trees } from '../forest/forest.ts';
import { sumLeaves } from '../forest/forest.ts';
import { createCellWalk, type PackedForest, packForest } from '../walk/index.ts';
import type { Formula } from './formula.ts';
import type { Interval } from './interval.ts';
import { linked } from './link.ts';
import { targetKind } from './targets.ts';

/** A probability or a value in the target's unit, with its interval if the model has one. */
export interface Reading {
  answer: number;
  interval?: Interval;
}

/** Readings of many rows, in order; [rows]. */
export interface Readings {
  answer: Float64Array;
  /** The bounds of the interval, if the model has one. */
  low?: Float64Array;
  high?: Float64Array;
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

/** Returns a function that answers rows by the plain walk through sound trees. */
export function readAnswer(formula: Formula, { forest, spread }: Trees) {
  const { features } = formula;
  const x = new Float64Array(features.length);
  const read = readingOf(formula);
  return (row: Row): Reading => {
    encodeRow(features, row, x);
    return read(sumLeaves(forest, x), spread && sumLeaves(spread, x));
  };
}

/** Returns a function that turns the sums of a row's leaves into its reading. */
function readingOf({ answer, interval, target }: Omit<Formula, 'features'>) {
  const { interval: around } = targetKind(target);
  const hasLink = answer.link !== 'identity';
  return (sum: number, spread: number | undefined): Reading => {
    const value = linked(answer, sum);
    if (!interval || spread === undefined) return { answer: value };
    const s = Math.exp((interval.base + spread) / interval.divisor);
    const score = hasLink ? (answer.base + sum) / answer.divisor : undefined;
    return { answer: value, interval: around(value, s, score) };
  };
}

/** The packed trees of a model, undefined if they could not be packed. */
export interface PackedTrees {
  forest?: PackedForest;
  spread?: PackedForest;
}

/** Packs the trees, which takes about as long as reading them from their file. */
export const packTrees = ({ forest, spread }: Trees, features: number): PackedTrees => ({
  forest: packForest(forest, features),
  spread: spread && packForest(spread, features),
});

/** Answers rows by packed trees, bit for bit equal to `readAnswer`. */
export function createPredictor(
  formula: Formula & { columns: readonly Column[] },
  { forest, spread }: Trees,
  packed: PackedTrees,
): Predictor {
  const width = formula.columns.length;
  const forests = spread ? [forest, spread] : [forest];
  const sum = createCellWalk(formula, forests, [packed.forest, packed.spread]);
  const read = readingOf(formula);

  const sums: Float64Array[] = [];

  function makeRoom(rows: number): Readings {
    const room = () => new Float64Array(rows);
    return spread ? { answer: room(), low: room(), high: room() } : { answer: room() };
  }

  function predictCells(cells: Float64Array, into = makeRoom(cells.length / width)): Readings {
    const { answer, low, high } = into;
    // in place: the readings overwrite the sums
    sums[0] = answer;
    if (low) sums[1] = low;
    sum(cells, sums);
    for (let row = 0; row < answer.length; row++) {
      const { answer: value, interval } = read(answer[row], low?.[row]);
      answer[row] = value;
      if (!low || !high || !interval) continue;
      low[row] = interval.low;
      high[row] = interval.high;
    }
    return into;
  }

  return rowPredictor(formula.columns, predictCells);
}

/** A predictor of rows, from a function that predicts cells. */
export function rowPredictor(columns: readonly Column[], predictCells: PredictCells): Predictor {
  const width = columns.length;
  const write = cellWriter(columns);
  const one = new Float64Array(width);
  let readings: Readings | undefined;
  return {
    predict(row) {
      write(row, one, 0);
      readings = predictCells(one, readings);
      const { answer, low, high } = readings;
      return low && high
        ? { answer: answer[0], interval: { low: low[0], high: high[0] } }
        : { answer: answer[0] };
    },
    predictCells,
  };
}
