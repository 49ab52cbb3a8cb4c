import type { Forest } from '@hearth/artifact';
import { createRandom } from '../../random.ts';
import { type DistilOptions, distil } from './distil.ts';
import { emitForest, featuresOf, type NumberFeature } from './emit.ts';
import { knownColumns, type Mask, sampleMasks } from './masks.ts';
import { sampleRows } from './sample.ts';
import { fitSpread } from './spread.ts';
import { type AdditiveScore, fitSubset, type Penalties, type Prepared, prepare } from './subset-model.ts';
import type { NumberTable } from './table.ts';
import { tunePenalties } from './tune.ts';

export type { NumberFeature } from './emit.ts';
export { logistic, squared } from './family.ts';
export { fitPenalised, leverages, type PenalisedFit } from './penalised-fit.ts';
export { simulateRows, simulateTable, type Truth, trueScore, truths } from './simulated.ts';
export type { Penalties } from './subset-model.ts';
export type { NumberTable } from './table.ts';

/** A forest and what its sum means: (base + Σ leaf) / divisor. */
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

/** Fewer states of knowledge for many rows, each of which takes longer to fit. */
const statesFor = (rows: number, most: number): number =>
  Math.max(100, Math.min(most, Math.round((600 * most) / rows)));

/**
 * The most rows that are learned from, a random sample of them: what more would teach an additive model is little beside what is not
 * additive. With 10 columns tuning and the score take about 5 s of processor time then, the spread 6 s.
 */
const mostRows = 4000;
/** The penalties are how large effects are believed to be before seeing them, whatever the number of rows. */
const mostRowsToTune = 1500;

/**
 * Chooses the penalties of the model by cross-validation within `rows`, of which it samples 1,500. The same arguments give the same
 * penalties.
 */
export const tuneAdditive = (
  table: NumberTable,
  rows: Int32Array,
  seed: number,
  onStep?: () => void,
): Penalties => tunePenalties(table, sampleRows(rows, mostRowsToTune, seed), createRandom(seed), onStep);

/**
 * A penalised additive model for every subset of columns in one forest: one fit for each of several hundred states of knowledge,
 * distilled into trees that ask which columns are given. Its answer is the log-odds (logistic loss) or the expected target (squared).
 * The same arguments give the same bytes.
 * @param rows indices of the rows to learn from; of more than 4,000 it learns from a random sample
 */
export function fitAdditiveScore(
  table: NumberTable,
  rows: Int32Array,
  penalties: Penalties,
  seed: number,
): SummedForest {
  const prepared = prepare(table, sampleRows(rows, mostRows, seed));
  const { centre, scale } = prepared;
  const score = (mask: Mask) => fitSubset(prepared, knownColumns(mask), penalties);
  return {
    ...learn(prepared, rows.length, score, forScore, seed),
    answer: { base: centre / scale, divisor: 1 / scale },
  };
}

/**
 * How sure `fitAdditiveScore` with the same arguments is, in the same format and with the same features: the answer is log s, s the
 * standard deviation of the score that the row would have if every column were known, around what the known ones say.
 *
 * The 90 % interval of the full score is m ± 1.6449 s, where m is the answer of `fitAdditiveScore`, for the logistic loss `unmoderated`.
 */
export function fitAdditiveSpread(
  table: NumberTable,
  rows: Int32Array,
  penalties: Penalties,
  seed: number,
): SummedForest {
  const prepared = prepare(table, sampleRows(rows, mostRows, seed));
  const learned = learn(prepared, rows.length, fitSpread(prepared, penalties), forSpread, seed);
  return { ...learned, answer: { base: Math.log(prepared.scale), divisor: 1 } };
}

function learn(
  { basis, rows }: Prepared,
  represented: number,
  fit: (mask: Mask) => AdditiveScore,
  options: DistilOptions,
  seed: number,
) {
  const masks = sampleMasks(basis.length, statesFor(rows.length, options.states), createRandom(seed));
  const features = featuresOf(basis);
  const trees = distil(masks, masks.map(fit), basis, options);
  return { features, forest: emitForest(trees, basis, features, masks.length, represented) };
}

/**
 * Mean of the log-odds whose expected chance has the log-odds `score`, when they are spread by `variance`: MacKay's approximation of
 * the expectation of a logistic function (1992, Neural Computation 4, 720-736), inverted.
 */
export const unmoderated = (score: number, variance: number): number =>
  score * Math.sqrt(1 + (Math.PI * variance) / 8);
