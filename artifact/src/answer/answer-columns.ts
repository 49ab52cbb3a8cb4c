import type { Formula } from './formula.ts';
import { inSet } from './prediction-set.ts';
import type { Readings } from './readings.ts';
import { mainOutput, type OutputNames, outputNames, targetKind } from './targets.ts';

type Answering = Pick<Formula, 'target' | 'interval' | 'predictionSet'>;

/**
 * The columns of answers in a table: `probability` or `value`; `class` and `probability_CLASS` for each class; `quantile_P` for each
 * quantile; `low` and `high` where the model has an interval; `mean_low` and `mean_high` where that is the outcome's; and `set`
 * where it has prediction sets.
 */
export function answerColumns({ target, interval, predictionSet }: Answering): string[] {
  const several = outputNames(target);
  const names = several ? severalColumns(several) : [targetKind(target).field];
  return [...names, ...intervalColumns(interval), ...(predictionSet ? ['set'] : [])];
}

/** The classes of a prediction set in one cell. */
export const setCell = (names: readonly string[], places: readonly number[]): string =>
  places.map((k) => names[k]).join(' | ');

/** The columns of the ends of intervals. */
export function intervalColumns(interval: Formula['interval']): string[] {
  if (!interval) return [];
  return interval.outcome ? ['low', 'high', 'mean_low', 'mean_high'] : ['low', 'high'];
}

function severalColumns({ field, names }: OutputNames): string[] {
  if (field === 'quantiles') return names.map((name) => `quantile_${name}`);
  return ['class', ...names.map((name) => `probability_${name}`)];
}

/** Makes the function that gives the cells of these columns for a row of readings. */
export function answerCells({ target }: Answering): (readings: Readings, row: number) => (string | number)[] {
  const several = outputNames(target);
  return ({ answer, outputs, low, high, meanLow, meanHigh, sets }, row) => {
    const ends = low && high ? [low[row], high[row]] : [];
    if (meanLow && meanHigh) ends.push(meanLow[row], meanHigh[row]);
    if (!several || !outputs) return [answer[row], ...ends];
    const at = row * several.names.length;
    const all = Array.from(outputs.subarray(at, at + several.names.length));
    if (several.field === 'quantiles') return [...all, ...ends];
    const set = sets ? [setCell(several.names, inSet(sets, several.names.length, row))] : [];
    return [several.names[mainOutput(several, all)], ...all, ...ends, ...set];
  };
}
