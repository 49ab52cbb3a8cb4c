import * as v from 'valibot';
import { Column } from './columns.ts';
import { Texts } from './texts.ts';

/** The format this code writes, and the newest one it reads. */
export const formatVersion = 1;

const finite = v.pipe(v.number(), v.finite());
const chance = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const json = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

/** A number a tree can split on: a numeric column, or 1 where a column equals a category and 0 where not. */
export const Feature = v.strictObject({ column: v.string(), equals: v.optional(v.string()) });
export type Feature = v.InferOutput<typeof Feature>;

/** Mean of a score over the repeats of a cross-validation, and its standard deviation over them. */
const Score = v.strictObject({ mean: finite, sd: finite });

/** How good out-of-fold predictions are. */
export const Scores = v.strictObject({
  auc: Score,
  brier: Score,
  logLoss: Score,
  accuracy: Score,
  /** Intercept and slope of a logistic recalibration: 0 and 1 when calibrated (Cox 1958). A constant answer has none. */
  calibration: v.optional(v.strictObject({ intercept: Score, slope: Score })),
});
export type Scores = v.InferOutput<typeof Scores>;

export const Evaluation = v.strictObject({
  method: v.strictObject({ folds: count, repeats: count, seed: count, stratified: v.boolean() }),
  model: Scores,
  baseRate: Scores,
  logisticRegression: Scores,
  /** Equal-width bins of the out-of-fold predictions: bounds, rows, mean prediction, observed share. */
  reliability: v.array(
    v.strictObject({ low: chance, high: chance, rows: count, predicted: chance, observed: chance }),
  ),
  /** One out-of-fold prediction per training row, of the first repeat. */
  outOfFold: v.array(v.strictObject({ row: v.string(), target: finite, prediction: finite })),
});
export type Evaluation = v.InferOutput<typeof Evaluation>;

/** An input with the answer that the writer computed; a reader must come to the same one. */
export const GoldenRow = v.strictObject({
  row: v.record(v.string(), v.union([v.number(), v.string(), v.null()])),
  probability: chance,
});
export type GoldenRow = v.InferOutput<typeof GoldenRow>;

/** The whole description of a model: everything that is not trees. */
export const Manifest = v.strictObject({
  format: v.literal(formatVersion),
  /** Name of the model and of its folder in the registry. */
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,62}$/)),
  title: Texts,
  /** What the probability is the chance of, as it reads after "chance of". */
  outcome: Texts,
  /** Who the training rows were. */
  population: Texts,
  intendedUse: Texts,
  notIntendedUse: Texts,
  groups: v.array(v.strictObject({ name: v.string(), label: Texts })),
  columns: v.pipe(v.array(Column), v.minLength(1)),
  target: v.strictObject({ name: v.string(), type: v.literal('binary') }),
  features: v.pipe(v.array(Feature), v.minLength(1)),
  /** answer = link((base + Σ leaf) / divisor) */
  answer: v.strictObject({ base: finite, divisor: finite, link: v.picklist(['identity', 'logit']) }),
  engine: v.strictObject({ name: v.string(), version: v.string(), options: json, seed: count }),
  data: v.strictObject({
    name: v.string(),
    sha256,
    rows: count,
    positives: count,
    sources: v.array(v.strictObject({ title: v.string(), path: v.optional(v.string()) })),
    contributors: v.array(v.string()),
    licence: v.strictObject({ name: v.string(), title: v.string(), path: v.string() }),
  }),
  evaluation: Evaluation,
  golden: v.pipe(v.array(GoldenRow), v.minLength(1)),
  /** Every other file of the version. */
  files: v.record(v.string(), v.strictObject({ sha256, bytes: count })),
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** What `GET /model` answers: the manifest without patients' rows, with what the registry knows. */
export interface ModelDescription
  extends Omit<Manifest, 'evaluation' | 'golden' | 'files' | 'format' | 'columns'> {
  version: string;
  /** When this version was published (ISO 8601), where the journal says so. */
  published?: string;
  /** `used`: whether the trees look at the column; one that is not used is checked, and otherwise ignored. */
  columns: (Column & { used: boolean })[];
  evaluation: Omit<Evaluation, 'outOfFold'>;
}

/** What `POST /predict` answers for one row. */
export interface Prediction {
  probability: number;
  warnings?: { pointer: string; detail: string }[];
  model: { name: string; version: string };
}
