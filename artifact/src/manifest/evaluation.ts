import * as v from 'valibot';
import { Texts } from '../columns/texts.ts';

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * A score of out-of-fold predictions: mean and standard deviation over the repeats of the cross-validation and, where given, the
 * 95 % interval over the sampling of the rows.
 */
export const Score = v.strictObject({
  mean: finite,
  sd: finite,
  low: v.optional(finite),
  high: v.optional(finite),
});
export type Score = v.InferOutput<typeof Score>;

/** How good chances are. */
const ChanceScores = v.strictObject({
  auc: Score,
  brier: Score,
  logLoss: Score,
  accuracy: Score,
  /** Intercept and slope of a logistic recalibration: 0 and 1 when calibrated (Cox 1958). A constant answer has none. */
  calibration: v.optional(v.strictObject({ intercept: Score, slope: Score })),
});
export type ChanceScores = v.InferOutput<typeof ChanceScores>;

/** How good predicted values of a numeric target are: in the target's unit, and R² as a share of its variance. */
const ValueScores = v.strictObject({ rmse: Score, mae: Score, r2: Score });
export type ValueScores = v.InferOutput<typeof ValueScores>;

/** Difference in the main score (Brier score or squared error; below 0: the model is better), paired by row, with its 95 % interval. */
const Difference = v.strictObject({ mean: finite, low: finite, high: finite });
export type Difference = v.InferOutput<typeof Difference>;

const evaluationOf = <S extends v.GenericSchema>(scores: S) => ({
  method: v.strictObject({
    folds: count,
    repeats: count,
    seed: count,
    stratified: v.boolean(),
    /** Whether settings were chosen anew inside the training rows of every fold. */
    nested: v.optional(v.boolean()),
  }),
  model: scores,
  /** What the model is compared with, evaluated in the same folds. */
  references: v.array(
    v.strictObject({
      name: v.string(),
      label: Texts,
      scores,
      /** Model minus reference. */
      difference: v.optional(Difference),
    }),
  ),
  /** The model when only these columns are given, beside a logistic or linear regression made for just them. */
  stages: v.optional(
    v.array(v.strictObject({ columns: v.array(v.string()), model: scores, dedicated: scores })),
  ),
  subgroups: v.optional(
    v.array(
      v.strictObject({ column: v.string(), label: Texts, rows: count, positives: v.optional(count), scores }),
    ),
  ),
  /** Mean size of the column's contribution over the training rows, on the additive scale. */
  importance: v.optional(v.array(v.strictObject({ column: v.string(), value: finite }))),
  /** One out-of-fold prediction per training row, of the first repeat. */
  outOfFold: v.array(v.strictObject({ row: v.string(), target: finite, prediction: finite })),
});

export const ChanceEvaluation = v.strictObject({
  kind: v.literal('chance'),
  ...evaluationOf(ChanceScores),
  /** Equal-width bins of the out-of-fold predictions: bounds, rows, mean prediction, observed share. */
  reliability: v.array(
    v.strictObject({ low: finite, high: finite, rows: count, predicted: finite, observed: finite }),
  ),
});
export type ChanceEvaluation = v.InferOutput<typeof ChanceEvaluation>;

export const ValueEvaluation = v.strictObject({ kind: v.literal('value'), ...evaluationOf(ValueScores) });
export type ValueEvaluation = v.InferOutput<typeof ValueEvaluation>;

export const Evaluation = v.variant('kind', [ChanceEvaluation, ValueEvaluation]);
export type Evaluation = v.InferOutput<typeof Evaluation>;
