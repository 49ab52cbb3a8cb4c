import * as v from 'valibot';
import { count, finite } from '../columns/columns.ts';
import { Texts } from '../columns/texts.ts';
import { ThresholdCounts } from '../decision/index.ts';
import { OutOfFoldRow, OutOfFoldSummary } from './out-of-fold.ts';

/**
 * A score of out-of-fold predictions: mean and standard deviation over the repeats of the cross-validation, and optionally the 95 %
 * interval over the sampling of the rows.
 */
export const Score = v.strictObject({
  mean: finite,
  sd: finite,
  low: v.optional(finite),
  high: v.optional(finite),
});
export type Score = v.InferOutput<typeof Score>;

/** Scores of probabilities. */
export const ChanceScores = v.strictObject({
  auc: Score,
  brier: Score,
  logLoss: Score,
  accuracy: Score,
  /** Intercept and slope of a logistic recalibration: 0 and 1 if calibrated (Cox 1958). Absent for constant answers. */
  calibration: v.optional(v.strictObject({ intercept: Score, slope: Score })),
});
export type ChanceScores = v.InferOutput<typeof ChanceScores>;

/**
 * Scores of predicted values: RMSE and MAE in the target's unit; R² as a share of its variance; of counts, the mean Poisson deviance. Of
 * quantiles they are those of the middle one, beside the mean pinball loss of all.
 */
export const ValueScores = v.strictObject({
  rmse: Score,
  mae: Score,
  r2: Score,
  deviance: v.optional(Score),
  pinball: v.optional(Score),
});
export type ValueScores = v.InferOutput<typeof ValueScores>;

/**
 * Scores of the probabilities of several classes: the Brier score Σ (probability − observed)² of the classes, 0 to 2; the AUC is the mean
 * over the classes of each against all others.
 */
export const ClassScores = v.strictObject({ brier: Score, logLoss: Score, accuracy: Score, auc: Score });
export type ClassScores = v.InferOutput<typeof ClassScores>;

/** Paired difference in Brier score or squared error, with its 95 % interval. Below 0, the model is better. */
const Difference = v.strictObject({ mean: finite, low: finite, high: finite });
export type Difference = v.InferOutput<typeof Difference>;

/**
 * Groups of rows by prediction: bounds, rows, mean prediction, mean of the target (of a binary one, the observed share); if rows differ in
 * weight or are in groups, also the rows of a simple random sample in which that share would be as precise.
 */
export const Reliability = v.array(
  v.strictObject({
    low: finite,
    high: finite,
    rows: count,
    predicted: finite,
    observed: finite,
    effective: v.optional(finite),
  }),
);
export type Reliability = v.InferOutput<typeof Reliability>;

const Coverage = v.array(v.strictObject({ given: finite, rows: count, covered: count, width: finite }));

const evaluationOf = <S extends v.GenericSchema>(scores: S) => ({
  method: v.strictObject({
    folds: count,
    repeats: count,
    seed: count,
    stratified: v.boolean(),
    /** Whether options were chosen again within the training rows of every fold. */
    nested: v.optional(v.boolean()),
  }),
  model: scores,
  /** References to compare with, evaluated in the same folds. */
  references: v.array(
    v.strictObject({
      name: v.string(),
      label: Texts,
      scores,
      /** Model minus reference. */
      difference: v.optional(Difference),
    }),
  ),
  /** The model when only these columns are given, and a logistic or linear regression on exactly these columns. */
  stages: v.optional(
    v.array(v.strictObject({ columns: v.array(v.string()), model: scores, dedicated: scores })),
  ),
  subgroups: v.optional(
    v.array(
      v.strictObject({ column: v.string(), label: Texts, rows: count, positives: v.optional(count), scores }),
    ),
  ),
  /** Each group of the column `data.groups` by models that were trained without it, where there are few and large ones. */
  groups: v.optional(
    v.array(v.strictObject({ name: v.string(), rows: count, positives: v.optional(count), scores })),
  ),
  /** Mean absolute contribution of each column over the training rows, on the additive scale. */
  importance: v.optional(v.array(v.strictObject({ column: v.string(), value: finite }))),
  /**
   * One out-of-fold prediction per training row, from the first repeat. In format 2 they are in a file of their own: empty until that is
   * read.
   */
  outOfFold: v.union([
    v.array(OutOfFoldRow),
    v.pipe(
      OutOfFoldSummary,
      v.transform((): OutOfFoldRow[] => []),
    ),
  ]),
});

export const ChanceEvaluation = v.strictObject({
  kind: v.literal('chance'),
  ...evaluationOf(ChanceScores),
  reliability: Reliability,
  /** What a decision by the out-of-fold predictions of the first repeat would be, by threshold. */
  thresholds: v.optional(ThresholdCounts),
});
export type ChanceEvaluation = v.InferOutput<typeof ChanceEvaluation>;

export const ValueEvaluation = v.strictObject({
  kind: v.literal('value'),
  ...evaluationOf(ValueScores),
  /**
   * How many intervals of the outcome contain it, by the share of given columns: each fold by the quantiles of the others. `width`: the
   * median width, in the target's unit.
   */
  coverage: v.optional(Coverage),
  /** Of quantiles: how many rows have an outcome of at most each, by the share of given columns. */
  quantiles: v.optional(
    v.array(v.strictObject({ given: finite, rows: count, below: v.array(v.pipe(finite, v.minValue(0))) })),
  ),
});
export type ValueEvaluation = v.InferOutput<typeof ValueEvaluation>;

/** What is by class, in the order of the target's classes. */
export const classMembers = {
  /** Each class against all others; the AUC is absent if no row or every row is of the class. */
  classes: v.array(v.strictObject({ auc: v.optional(Score), reliability: Reliability })),
  /**
   * Of the first repeat: rows of each class, by the class that is most probable; if rows differ in scores, the sums of their weights;
   * [classes][classes].
   */
  confusion: v.array(v.array(v.pipe(finite, v.minValue(0)))),
};

/** Of several classes. */
export const ClassEvaluation = v.strictObject({
  kind: v.literal('classes'),
  ...evaluationOf(ClassScores),
  ...classMembers,
  /** How many prediction sets hold the class, in the same way; `width`: the mean number of classes in them. */
  coverage: v.optional(Coverage),
});
export type ClassEvaluation = v.InferOutput<typeof ClassEvaluation>;

export const Evaluation = v.variant('kind', [ChanceEvaluation, ValueEvaluation, ClassEvaluation]);
export type Evaluation = v.InferOutput<typeof Evaluation>;
