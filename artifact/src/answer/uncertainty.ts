import type { Column } from '../columns/columns.ts';
import { usedColumns } from '../columns/features.ts';
import type { Formula } from './formula.ts';
import { byNumberGiven } from './given.ts';
import { containing, shortestInterval } from './interval.ts';
import { logit } from './link.ts';
import { outcomeInterval } from './outcome.ts';
import { setWriter } from './prediction-set.ts';
import type { Readings } from './readings.ts';
import { outputsOf, targetKind } from './targets.ts';

type Formulas = Formula & { columns: readonly Column[] };

/** Makes the function that writes the prediction set of a row whose outputs are there. */
export function predictionSetWriter({ columns, features, predictionSet, target }: Formulas) {
  if (!predictionSet) return undefined;
  const classes = outputsOf(target);
  const countGiven = givenCounter({ columns, features });
  const write = setWriter(predictionSet, classes, usedColumns(features).size);
  return ({ outputs, sets }: Readings, row: number, cells: Float64Array): void => {
    if (outputs && sets) write(outputs, sets, row * classes, countGiven(cells, row));
  };
}

type IntervalWriter = (into: Readings, row: number, score: number, cells: Float64Array) => void;

/** Makes the function that writes the interval of a row whose answer is there, and whose sum of the leaves of the spread is in `low`. */
export function intervalWriter({
  answer,
  columns,
  features,
  interval,
  target,
}: Formulas): IntervalWriter | undefined {
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
      const s = spreadOf(into, row);
      // a mean of probabilities can be exactly 0 or 1, whose log-odds are not finite
      const ends = hasLink
        ? shortestInterval(score, s, share)
        : containing(answer[row], shortestInterval(logit(answer[row]), s, share));
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
function givenCounter({ columns, features }: Pick<Formulas, 'columns' | 'features'>) {
  const used = usedColumns(features);
  const places = columns.flatMap(({ name }, place) => (used.has(name) ? place : []));
  return (cells: Float64Array, row: number): number => {
    let given = 0;
    for (const place of places) if (!Number.isNaN(cells[row * columns.length + place])) given++;
    return given;
  };
}
