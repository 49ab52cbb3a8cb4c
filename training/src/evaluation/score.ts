import type { ChanceScores, Difference, Score, ValueScores } from '@hearth/artifact';
import { accuracy, auc, aucError, brier, calibration, logLoss } from './scores.ts';

/** Half the width of a 95 % interval, in standard errors. */
const z = 1.959963984540054;

type Vector = ArrayLike<number>;
type RowLoss = (y: number, prediction: number) => number;

interface Scored {
  /** [repeats][rows scored] */
  predictions: Float64Array[];
  /** [rows scored] */
  target: Float64Array;
}

/** Leaves out the rows and repeats that were not predicted. */
function scoredRows(target: Vector, repeats: readonly Float64Array[], among: Int32Array): Scored {
  const made = repeats.filter((prediction) => among.some((row) => !Number.isNaN(prediction[row])));
  const rows = among.filter((row) => made.every((prediction) => !Number.isNaN(prediction[row])));
  return {
    predictions: made.map((prediction) => Float64Array.from(rows, (row) => prediction[row])),
    target: Float64Array.from(rows, (row) => target[row]),
  };
}

const everyRow = (target: Vector): Int32Array => Int32Array.from({ length: target.length }, (_, i) => i);

/**
 * Scores of chances: mean and standard deviation over the repeats, 95 % interval over the sampling of the rows (DeLong's for the
 * AUC; normal with the standard error of the mean over rows for the losses).
 * @param repeats out-of-fold chances, [repeats][rows]
 */
export function scoreChances(
  target: Vector,
  repeats: readonly Float64Array[],
  among = everyRow(target),
): ChanceScores {
  const scored = scoredRows(target, repeats, among);
  const rowMean = (loss: RowLoss, metric: (y: Vector, p: Vector) => number, most = 1) =>
    around(
      spread(scored.predictions.map((p) => metric(scored.target, p))),
      standardError(scored, loss),
      0,
      most,
    );
  return {
    auc: around(
      spread(scored.predictions.map((p) => auc(scored.target, p))),
      aucError(scored.target, scored.predictions[0]),
      0,
      1,
    ),
    brier: rowMean((y, p) => (p - y) ** 2, brier),
    logLoss: rowMean((y, p) => logLoss([y], [p]), logLoss, Infinity),
    accuracy: rowMean((y, p) => accuracy([y], [p]), accuracy),
  };
}

/** Whether rows can be scored: where the target is always the same, no AUC and no R² is defined. */
export const isScorable = (target: Vector, rows: Int32Array): boolean =>
  rows.some((row) => target[row] !== target[rows[0]]);

/**
 * Whether no chance of one class is above any of the other: then the likelihood of a slope has no maximum (Albert & Anderson 1984), and
 * what a fit ends with says nothing.
 */
function partsClasses(target: Vector, prediction: Float64Array): boolean {
  const [zeros, ones] = [0, 1].map((label) => prediction.filter((_, i) => target[i] === label).sort());
  return zeros[zeros.length - 1] <= ones[0] || ones[ones.length - 1] <= zeros[0];
}

/** `scoreChances`, and how far the chances are calibrated; chances that part the classes without a fault have no such slope. */
export function scoreCalibrated(
  target: Vector,
  repeats: readonly Float64Array[],
  among = everyRow(target),
): ChanceScores {
  const scored = scoredRows(target, repeats, among);
  const scores = scoreChances(target, repeats, among);
  if (scored.predictions.some((p) => partsClasses(scored.target, p))) return scores;
  const fits = scored.predictions.map((p) => calibration(scored.target, p));
  const over = (pick: (fit: (typeof fits)[number]) => { value: number; error: number }) =>
    around(spread(fits.map((fit) => pick(fit).value)), pick(fits[0]).error);
  return {
    ...scores,
    calibration: { intercept: over(({ intercept }) => intercept), slope: over(({ slope }) => slope) },
  };
}

/** Scores of predicted values, with intervals as in `scoreChances`; that of R² by the one of the squared error. */
export function scoreValues(
  target: Vector,
  repeats: readonly Float64Array[],
  among = everyRow(target),
): ValueScores {
  const scored = scoredRows(target, repeats, among);
  const mean = scored.target.reduce((sum, y) => sum + y, 0) / scored.target.length;
  const variance = brier(scored.target, new Float64Array(scored.target.length).fill(mean));
  const squared = spread(scored.predictions.map((p) => brier(scored.target, p)));
  const error = standardError(scored, (y, p) => (p - y) ** 2);
  const bounds = around(squared, error);
  const absolute = (y: Vector, p: Vector) =>
    Array.from({ length: y.length }, (_, i) => Math.abs(y[i] - p[i])).reduce((a, b) => a + b, 0) / y.length;
  return {
    rmse: {
      ...spread(scored.predictions.map((p) => Math.sqrt(brier(scored.target, p)))),
      low: Math.sqrt(Math.max(0, bounds.low as number)),
      high: Math.sqrt(bounds.high as number),
    },
    mae: around(
      spread(scored.predictions.map((p) => absolute(scored.target, p))),
      standardError(scored, (y, p) => Math.abs(y - p)),
      0,
    ),
    r2: {
      mean: 1 - squared.mean / variance,
      sd: squared.sd / variance,
      low: 1 - (bounds.high as number) / variance,
      high: 1 - (bounds.low as number) / variance,
    },
  };
}

/** Difference in mean squared error (for chances: the Brier score) of the same rows, with its 95 % interval. */
export function compare(
  target: Vector,
  ours: readonly Float64Array[],
  theirs: readonly Float64Array[],
): Difference {
  const losses = (repeats: readonly Float64Array[], row: number) => {
    const made = repeats.filter((prediction) => !Number.isNaN(prediction[row]));
    return made.reduce((sum, prediction) => sum + (prediction[row] - target[row]) ** 2, 0) / made.length;
  };
  const rows = everyRow(target).filter((row) => theirs.some((prediction) => !Number.isNaN(prediction[row])));
  const differences = Array.from(rows, (row) => losses(ours, row) - losses(theirs, row));
  const { mean, sd } = spread(differences);
  const half = (z * sd) / Math.sqrt(differences.length);
  return { mean, low: mean - half, high: mean + half };
}

/** Standard error over the rows of a loss that is averaged over repeats first. */
function standardError({ predictions, target }: Scored, loss: RowLoss): number {
  const rows = Array.from(
    target,
    (y, i) => predictions.reduce((sum, p) => sum + loss(y, p[i]), 0) / predictions.length,
  );
  return spread(rows).sd / Math.sqrt(rows.length);
}

/** The score with its 95 % interval, within what the score can be. */
const around = (score: Score, error: number, least = -Infinity, most = Infinity): Score => ({
  ...score,
  low: Math.max(least, score.mean - z * error),
  high: Math.min(most, score.mean + z * error),
});

function spread(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
