import type { ChanceScores, Difference, Score, ValueScores } from '@hearth/artifact';
import type { Sampling } from '../sampling/sampling.ts';
import { accuracy, auc, aucError, calibration, type Estimate, logLoss, meanOver } from './metrics.ts';
import { type RowLoss as PredictedLoss, squaredError } from './row-loss.ts';
import { meanOf, quantileFor, type Sample, weightedAuc, weightedCalibration } from './weighted-metrics.ts';

type Vector = ArrayLike<number>;
type RowLoss = (y: number, prediction: number) => number;

/**
 * Scores of out-of-fold predictions: mean and standard deviation over the repeats, and a 95 % interval over the sampling of the rows.
 * @param repeats predictions, [repeats][rows], NaN where a row was not predicted
 * @param among the rows to score; all rows if left out
 * @param sampling weights of the rows, and groups, which the intervals then take as the units that were sampled
 */
export type Scorer<S> = (
  target: Vector,
  repeats: readonly Float64Array[],
  among?: Int32Array,
  sampling?: Sampling,
) => S;

interface Scored {
  /** [repeats][rows scored] */
  predictions: Float64Array[];
  /** [rows scored] */
  target: Float64Array;
  /** Weights and clusters of the rows scored; undefined if all are alike. */
  sample?: Sample;
}

/** Leaves out the rows and repeats that were not predicted. */
function scoredRows(
  target: Vector,
  repeats: readonly Float64Array[],
  among: Int32Array,
  sampling: Sampling = {},
): Scored {
  const made = repeats.filter((prediction) => among.some((row) => !Number.isNaN(prediction[row])));
  const rows = among.filter((row) => made.every((prediction) => !Number.isNaN(prediction[row])));
  return {
    predictions: made.map((prediction) => Float64Array.from(rows, (row) => prediction[row])),
    target: Float64Array.from(rows, (row) => target[row]),
    ...sampleOf(sampling, rows),
  };
}

export function sampleOf({ weights, groups }: Sampling, rows: Int32Array): Pick<Scored, 'sample'> {
  if (!weights && !groups) return {};
  return {
    sample: {
      ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]) }),
      ...(groups && { clusters: Int32Array.from(rows, (row) => groups[row]) }),
    },
  };
}

export const everyRow = (target: Vector): Int32Array =>
  Int32Array.from({ length: target.length }, (_, i) => i);

/**
 * Scores of probabilities. The interval of the AUC is DeLong's, or Obuchowski's with weights or groups; those of the losses are normal, with
 * the standard error over the rows, or over the groups.
 */
export const scoreProbabilities: Scorer<ChanceScores> = (
  target,
  repeats,
  among = everyRow(target),
  sampling,
) => {
  const scored = scoredRows(target, repeats, among, sampling);
  return {
    auc: scoreAuc(scored),
    brier: scoreLoss(scored, (y, p) => (p - y) ** 2, 1),
    logLoss: scoreLoss(scored, (y, p) => logLoss([y], [p])),
    accuracy: scoreLoss(scored, (y, p) => accuracy([y], [p]), 1),
  };
};

function scoreAuc({ target, predictions, sample }: Scored) {
  if (!sample) {
    const areas = predictions.map((p) => auc(target, p));
    return withInterval(spread(areas), aucError(target, predictions[0]), 0, 1);
  }
  const areas = predictions.map((p) => weightedAuc(target, p, sample));
  return withInterval(spread(areas.map(({ value }) => value)), areas[0].error, 0, 1, sample);
}

/** Twice the difference of the log likelihoods of a count and of its prediction, as of Poisson distributions. */
export const poissonDeviance = (y: number, mean: number): number =>
  2 * ((y > 0 ? y * Math.log(y / mean) : 0) - (y - mean));

/** Least expected count, so that a prediction of 0 has a finite deviance. */
const leastMean = 1e-9;

/** Scores of predicted counts. */
export const scoreCounts: Scorer<ValueScores> = (target, repeats, among = everyRow(target), sampling) => ({
  ...scoreValues(target, repeats, among, sampling),
  deviance: scoreLoss(scoredRows(target, repeats, among, sampling), (y, mean) =>
    poissonDeviance(y, Math.max(leastMean, mean)),
  ),
});

/** Whether rows can be scored: AUC and R² are undefined if the target is always the same. */
export const isScorable = (target: Vector, rows: Int32Array): boolean =>
  rows.some((row) => target[row] !== target[rows[0]]);

/** Whether the probabilities separate the classes: the likelihood of a slope then has no maximum (Albert & Anderson 1984). */
function separatesClasses(target: Vector, prediction: Float64Array): boolean {
  const [zeros, ones] = [0, 1].map((label) => prediction.filter((_, i) => target[i] === label).sort());
  return zeros[zeros.length - 1] <= ones[0] || ones[ones.length - 1] <= zeros[0];
}

/** `scoreProbabilities` with the calibration, which is left out if any repeat separates the classes. */
export const scoreCalibrated: Scorer<ChanceScores> = (
  target,
  repeats,
  among = everyRow(target),
  sampling,
) => {
  const scored = scoredRows(target, repeats, among, sampling);
  const scores = scoreProbabilities(target, repeats, among, sampling);
  if (scored.predictions.some((p) => separatesClasses(scored.target, p))) return scores;
  const { sample } = scored;
  const fits = scored.predictions.map((p) =>
    sample ? weightedCalibration(scored.target, p, sample) : calibration(scored.target, p),
  );
  const over = (pick: (fit: (typeof fits)[number]) => Estimate) =>
    withInterval(
      spread(fits.map((fit) => pick(fit).value)),
      pick(fits[0]).error,
      -Infinity,
      Infinity,
      sample,
    );
  return {
    ...scores,
    calibration: { intercept: over(({ intercept }) => intercept), slope: over(({ slope }) => slope) },
  };
};

/** Scores of predicted values. The interval of R² follows from that of the squared error. */
export const scoreValues: Scorer<ValueScores> = (target, repeats, among = everyRow(target), sampling) => {
  const scored = scoredRows(target, repeats, among, sampling);
  const { sample } = scored;
  const mean = meanLoss(scored, scored.target, (y) => y);
  const variance = meanLoss(scored, new Float64Array(scored.target.length).fill(mean), square);
  const squares = scored.predictions.map((p) => meanLoss(scored, p, square));
  const error = standardError(scored, square);
  const squared = withInterval(spread(squares), error, -Infinity, Infinity, sample);
  return {
    rmse: {
      ...spread(squares.map(Math.sqrt)),
      low: Math.sqrt(Math.max(0, squared.low)),
      high: Math.sqrt(squared.high),
    },
    mae: scoreLoss(scored, (y, p) => Math.abs(y - p)),
    r2: {
      mean: 1 - squared.mean / variance,
      sd: squared.sd / variance,
      low: 1 - squared.high / variance,
      high: 1 - squared.low / variance,
    },
  };
};

/** Paired difference in mean loss on the rows that `others` predicted. @param outputs numbers per row */
export function compare(
  target: Vector,
  ours: readonly Float64Array[],
  others: readonly Float64Array[],
  { outputs, loss }: { outputs: number; loss: PredictedLoss } = { outputs: 1, loss: squaredError },
  sampling: Sampling = {},
): Difference {
  const losses = (repeats: readonly Float64Array[], row: number) => {
    const made = repeats.filter((prediction) => !Number.isNaN(prediction[row * outputs]));
    const errors = made.map((prediction) => loss(target[row], prediction, row));
    return errors.reduce((sum, error) => sum + error, 0) / made.length;
  };
  const rows = everyRow(target).filter((row) =>
    others.some((prediction) => !Number.isNaN(prediction[row * outputs])),
  );
  const { sample } = sampleOf(sampling, rows);
  return meanDifference(
    Array.from(rows, (row) => losses(ours, row) - losses(others, row)),
    sample,
  );
}

/** Mean of paired differences with its 95 % interval. */
export function meanDifference(differences: readonly number[], sample?: Sample): Difference {
  if (sample?.weights || sample?.clusters) {
    const { value: mean, error } = meanOf(Float64Array.from(differences), sample);
    const half = quantileFor(sample.clusters) * error;
    return { mean, low: mean - half, high: mean + half };
  }
  const { mean, sd } = spread(differences);
  const half = (quantileFor(undefined) * sd) / Math.sqrt(differences.length);
  return { mean, low: mean - half, high: mean + half };
}

/** The mean of losses of rows, [repeats][rows], with its 95 % interval. */
export const scoreLosses: Scorer<Score> = (target, repeats, among = everyRow(target), sampling) =>
  scoreLoss(scoredRows(target, repeats, among, sampling), (_, loss) => loss);

/** The mean of a loss of 0 to `most`, with its 95 % interval. */
const scoreLoss = (scored: Scored, loss: RowLoss, most = Infinity) =>
  withInterval(
    spread(scored.predictions.map((p) => meanLoss(scored, p, loss))),
    standardError(scored, loss),
    0,
    most,
    scored.sample,
  );

const square: RowLoss = (y, p) => (p - y) ** 2;

/** The mean loss of one repeat over the rows. */
function meanLoss({ target, sample }: Scored, prediction: Float64Array, loss: RowLoss): number {
  if (!sample) return meanOver(target.length, (i) => loss(target[i], prediction[i]));
  return meanOf(
    target.map((y, i) => loss(y, prediction[i])),
    sample,
  ).value;
}

/** Standard error over the rows of a loss that is first averaged over the repeats. */
function standardError({ predictions, target, sample }: Scored, loss: RowLoss): number {
  const rows = Array.from(
    target,
    (y, i) => predictions.reduce((sum, p) => sum + loss(y, p[i]), 0) / predictions.length,
  );
  return sample ? meanOf(Float64Array.from(rows), sample).error : spread(rows).sd / Math.sqrt(rows.length);
}

/** The score with its 95 % interval, clipped to the range of the score. */
export const withInterval = (
  { mean, sd }: Spread,
  error: number,
  least = -Infinity,
  most = Infinity,
  sample: Sample = {},
) => ({
  mean,
  sd,
  low: Math.max(least, mean - quantileFor(sample.clusters) * error),
  high: Math.min(most, mean + quantileFor(sample.clusters) * error),
});

/** An estimate with its 95 % interval. */
export const scoreOf = ({ value, error }: Estimate): Score => withInterval({ mean: value, sd: 0 }, error);

interface Spread {
  mean: number;
  sd: number;
}

export function spread(values: readonly number[] | Float64Array): Spread {
  let mean = 0;
  for (const value of values) mean += value;
  mean /= values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
