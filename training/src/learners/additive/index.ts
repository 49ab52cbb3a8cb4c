import type { Forest } from '@hearth/artifact';
import { createRandom, sampleRows } from '../../random.ts';
import { totalWeight } from '../../sampling/sampling.ts';
import { type DistilOptions, distil } from './distil.ts';
import { emitForest, featuresOf, type NumberFeature } from './emit.ts';
import { knownVariables, type Mask, sampleMasks } from './masks.ts';
import { screen } from './screen.ts';
import { fitSpread } from './spread.ts';
import { type AdditiveScore, fitSubset, type Penalties, type Prepared, prepare } from './subset-model.ts';
import { alwaysIn, isWide, type NumberTable } from './table.ts';
import { type TableWithout, tunePenalties } from './tune.ts';

export type { NumberFeature } from './emit.ts';
export { logistic, poisson, squared } from './family.ts';
export { fitPenalised, leverages, type PenalisedFit } from './penalised-fit.ts';
export { simulateRows, simulateTable, type Truth, trueScore, truths } from './simulated.ts';
export type { Penalties } from './subset-model.ts';
export type { NumberTable } from './table.ts';

/** A forest, with the base and divisor of its answer: (base + Σ leaf) / divisor. */
export interface SummedForest {
  forest: Forest;
  features: NumberFeature[];
  answer: { base: number; divisor: number };
}

const forScore: DistilOptions = {
  states: 320,
  steps: { trees: 2, leaves: 24, rate: 0.6, minMasks: 3 },
  intercept: { trees: 3, leaves: 48, rate: 0.6, minMasks: 1 },
};
const forSpread: DistilOptions = {
  states: 160,
  steps: { trees: 1, leaves: 12, rate: 1, minMasks: 3 },
  intercept: { trees: 3, leaves: 48, rate: 0.6, minMasks: 1 },
};

/** Number of states of knowledge: fewer for many rows or columns, because each takes longer to fit. */
const statesFor = (rows: number, columns: number, most: number): number =>
  Math.max(100, Math.min(isWide(columns) ? most / 2 : most, Math.round((600 * most) / rows)));

/**
 * The model is fitted on a random sample of at most this many rows. More rows would improve an additive model little compared with the
 * error of being additive. At this size, with 10 columns, tuning and the score take about 5 s of CPU time, the spread 6 s.
 */
const mostRows = 4000;
/** The penalties describe how large effects usually are; this does not depend on the number of rows. */
const mostRowsToTune = 1500;

/**
 * Chooses the penalties by cross-validation within a sample of at most 1,500 of the `rows`. The same arguments give the same penalties.
 * @param without the table for learning from all rows but some, if it depends on them
 */
export const tuneAdditive = (
  table: NumberTable,
  rows: Int32Array,
  seed: number,
  onStep?: () => void,
  without?: TableWithout,
): Penalties => {
  const sample = sampleRows(rows, mostRowsToTune, seed);
  const screened = screen(table, sample);
  return tunePenalties(
    screened.table,
    sample,
    createRandom(seed),
    onStep,
    without && ((held, train) => screened.narrow(without(held, train))),
  );
};

/**
 * Fits on rows of a table, given as indices; of more than 4,000 rows a random sample is used. The same arguments give the same bytes.
 */
type AdditiveFit = (table: NumberTable, rows: Int32Array, penalties: Penalties, seed: number) => SummedForest;

/**
 * A penalised additive model for every subset of columns in one forest: one fit for each of several hundred states of knowledge,
 * distilled into trees that ask which columns are given. Its answer is the log-odds (logistic loss) or the expected target (squared).
 */
export const fitAdditiveScore: AdditiveFit = (table, rows, penalties, seed) => {
  const sample = sampleRows(rows, mostRows, seed);
  const screened = screen(table, sample);
  const prepared = prepare(screened.table, sample);
  const { centre, scale, owners } = prepared;
  const score = (mask: Mask) => fitSubset(prepared, knownVariables(mask, owners), penalties);
  return screened.widen({
    ...learn(prepared, totalWeight(rows, table.sampling?.weights), score, forScore, seed),
    answer: { base: centre / scale, divisor: 1 / scale },
  });
};

/**
 * The uncertainty of `fitAdditiveScore` with the same arguments, with the same features. Its answer is log s, where s is the standard
 * deviation of the full score (the score that the row would have if every column were known) given the known columns.
 *
 * The 90 % interval of the full score is m ± 1.6449 s, where m is the answer of `fitAdditiveScore`, for the logistic loss `unmoderated`.
 */
export const fitAdditiveSpread: AdditiveFit = (table, rows, penalties, seed) => {
  const sample = sampleRows(rows, mostRows, seed);
  const screened = screen(table, sample);
  const prepared = prepare(screened.table, sample);
  const represented = totalWeight(rows, table.sampling?.weights);
  const learned = learn(prepared, represented, fitSpread(prepared, penalties), forSpread, seed);
  return screened.widen({ ...learned, answer: { base: Math.log(prepared.scale), divisor: 1 } });
};

function learn(
  { table, basis, rows, owners }: Prepared,
  represented: number,
  fit: (mask: Mask) => AdditiveScore,
  options: DistilOptions,
  seed: number,
) {
  const columns = new Set(owners).size;
  const count = statesFor(rows.length, columns, options.states);
  const masks = sampleMasks(columns, count, createRandom(seed), alwaysIn(table));
  const features = featuresOf(basis);
  const trees = distil(masks, masks.map(fit), basis, owners, options);
  return { features, forest: emitForest(trees, basis, owners, features, masks.length, represented) };
}

/**
 * The mean of normal log-odds with this `variance` whose expected probability has the log-odds `score`. This inverts MacKay's
 * approximation of the expectation of a logistic function (1992, Neural Computation 4, 720-736).
 */
export const unmoderated = (score: number, variance: number): number =>
  score * Math.sqrt(1 + (Math.PI * variance) / 8);
