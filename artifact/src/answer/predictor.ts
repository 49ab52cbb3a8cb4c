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

/** A chance from 0 to 1 or a value in the target's unit, and the interval around it where the model has one. */
export interface Reading {
  answer: number;
  interval?: Interval;
}

/** Readings of many rows, in their order; [rows]. */
export interface Readings {
  answer: Float64Array;
  /** The interval's ends where the model has one. */
  low?: Float64Array;
  high?: Float64Array;
}

/**
 * Answers rows that have passed the check of their model.
 * @param cells [rows × columns], row after row, in the order of the manifest's columns: the number, the index of the category
 * among the column's `categories`, NaN where missing
 * @param into readings of as many rows by the same model, which are written over and given back; without it new ones are made
 */
export type PredictCells = (cells: Float64Array, into?: Readings) => Readings;

/** Answers rows that have passed the check of their model. */
export interface Predictor {
  predict(row: Row): Reading;
  predictCells: PredictCells;
}

/** Makes the function that answers rows by sound trees, walking them plainly. */
export function readAnswer(formula: Formula, { forest, spread }: Trees) {
  const { features } = formula;
  const x = new Float64Array(features.length);
  const read = readingOf(formula);
  return (row: Row): Reading => {
    encodeRow(features, row, x);
    return read(sumLeaves(forest, x), spread && sumLeaves(spread, x));
  };
}

/** Makes the function that turns the sums of a row's leaves into its reading. */
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

/** The trees of a model as they are walked, undefined where they do not fit. */
export interface PackedTrees {
  forest?: PackedForest;
  spread?: PackedForest;
}

/** Takes as long as to read the trees from their file. */
export const packTrees = ({ forest, spread }: Trees, features: number): PackedTrees => ({
  forest: packForest(forest, features),
  spread: spread && packForest(spread, features),
});

/** Makes what answers rows by trees that are packed, to the last bit as `readAnswer` does. */
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
    // in place: a row's sums are not needed once it is read
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

/** Lets what answers cells answer rows. */
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
