import * as v from 'valibot';
import { AnswerFormula, IntervalFormula } from '../answer/formula.ts';
import { PredictionSet } from '../answer/prediction-set.ts';
import { Target } from '../answer/targets.ts';
import { Column, count, finite, ValueOrNull } from '../columns/columns.ts';
import { Feature } from '../columns/features.ts';
import { modelTexts, Texts } from '../columns/texts.ts';
import { Decision } from '../decision/index.ts';
import { byName } from './by-name.ts';
import { Evaluation } from './evaluation.ts';

/** The newest format that this code reads; it reads all before it. */
export const formatVersion = 2;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
/** At most this number of bins per column. */
export const mostBins = 20;

/** The rows of a column by value: bins of numbers between ascending edges, or categories. */
const Bins = v.strictObject({
  column: v.string(),
  /** Bin i has edges[i] ≤ value < edges[i + 1], the last bin its upper edge too. */
  edges: v.optional(v.pipe(v.array(finite), v.minLength(2), v.maxLength(mostBins + 1))),
  /** The category of each count; a last count without one is of all others. */
  values: v.optional(v.pipe(v.array(v.string()), v.maxLength(mostBins))),
  counts: v.pipe(v.array(count), v.minLength(1), v.maxLength(mostBins + 1)),
  missing: count,
});
export type Bins = v.InferOutput<typeof Bins>;

const json = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

/** A row with the answer that the writer computed; a reader must compute the same one. */
export const GoldenRow = v.strictObject({
  row: byName(ValueOrNull),
  /** The only output, or the first of several. */
  answer: finite,
  /** All of them, if there are several. */
  outputs: v.optional(v.array(finite)),
  interval: v.optional(v.strictObject({ low: finite, high: finite })),
  /** The interval of the answer, where `interval` is of the outcome. */
  mean: v.optional(v.strictObject({ low: finite, high: finite })),
  /** The places of the classes in the prediction set, ascending. */
  set: v.optional(v.pipe(v.array(count), v.minLength(1))),
});
export type GoldenRow = v.InferOutput<typeof GoldenRow>;

/** Everything about a version except its trees. */
export const Manifest = v.strictObject({
  format: v.picklist([1, formatVersion]),
  /** Name of the model and of its folder in the registry. */
  name: v.pipe(
    v.string(),
    v.regex(
      /^[a-z][a-z0-9-]{0,62}$/,
      ({ received }) =>
        `a model's name has at most 63 lower-case letters, digits and hyphens, and begins with a letter; it is ${received}`,
    ),
  ),
  ...modelTexts(Texts),
  /** The day by which somebody looks at the model again: whether it still fits. */
  review: v.optional(v.pipe(v.string(), v.isoDate())),
  columns: v.pipe(v.array(Column), v.minLength(1)),
  /** IANA name of the zone on whose clock the times of the columns are. */
  timeZone: v.optional(v.string()),
  target: Target,
  features: v.pipe(v.array(Feature), v.minLength(1)),
  answer: AnswerFormula,
  interval: v.optional(IntervalFormula),
  /** Of a target of type classes. */
  predictionSet: v.optional(PredictionSet),
  engine: v.strictObject({
    name: v.string(),
    version: v.string(),
    options: json,
    seed: count,
    /** What was left out of the training to stay within so many seconds on the reference machine; absent if nothing was. */
    plan: v.optional(
      v.strictObject({ seconds: v.pipe(finite, v.minValue(0)), leftOut: v.array(v.string()) }),
    ),
  }),
  data: v.strictObject({
    name: v.string(),
    sha256,
    rows: count,
    positives: v.optional(count),
    /** Rows of each class. */
    classes: v.optional(v.array(count)),
    /** Number of rows in which a column is missing, by column; columns without missing values are left out. */
    missing: v.optional(byName(count)),
    /** How the rows are spread over the values of each column. */
    bins: v.optional(v.array(Bins)),
    /** The column by which a row stands for several rows, or weighs more. */
    weights: v.optional(
      v.strictObject({
        column: v.string(),
        kind: v.picklist(['count', 'importance']),
        /** Rows of equal weight that would tell as much. */
        effective: v.optional(finite),
      }),
    ),
    /** Shares of class 1; the answer is corrected for the difference. */
    prior: v.optional(v.strictObject({ training: share, population: share })),
    /** The same of several classes, in the order of the target's. */
    priors: v.optional(v.strictObject({ training: v.array(share), population: v.array(share) })),
    /** Rows with the same value of this column stay in one fold. */
    groups: v.optional(v.string()),
    /** Folds are ordered by this column. */
    time: v.optional(v.string()),
    decision: v.optional(Decision),
    /** Where a model comes from that was made elsewhere. */
    imported: v.optional(
      v.strictObject({
        tool: v.string(),
        version: v.string(),
        sha256,
        /** Answers of the tool that were compared, and the largest difference allowed. */
        rows: count,
        bound: finite,
        /** How scores were changed at the import: what they are multiplied by, what is then added, and the rows that chose it. */
        calibration: v.optional(
          v.strictObject({
            method: v.picklist(['temperature', 'affine']),
            slope: finite,
            intercept: finite,
            rows: count,
            sha256,
          }),
        ),
      }),
    ),
    sources: v.optional(v.array(v.strictObject({ title: v.string(), path: v.optional(v.string()) }))),
    contributors: v.optional(v.array(v.string())),
    licence: v.optional(
      v.strictObject({ name: v.string(), title: v.optional(v.string()), path: v.optional(v.string()) }),
    ),
  }),
  evaluation: v.optional(Evaluation),
  golden: v.pipe(v.array(GoldenRow), v.minLength(1)),
  /** Every other file of the version. */
  files: v.record(v.string(), v.strictObject({ sha256, bytes: count })),
});
export type Manifest = v.InferOutput<typeof Manifest>;

type WithoutRows<E> = E extends unknown ? Omit<E, 'outOfFold'> : never;

/** An evaluation without its predictions of single rows. */
export type PublicEvaluation = WithoutRows<Evaluation>;

/** The response of `GET /model`: the manifest without rows of persons, with version and date from the registry. */
export interface ModelDescription
  extends Omit<Manifest, 'title' | 'outcome' | 'evaluation' | 'golden' | 'files' | 'format' | 'columns'> {
  /** Where the manifest states none: its name, and the name of its target. */
  title: Texts;
  outcome: Texts;
  version: string;
  /** When this version was published (ISO 8601), if the journal says so. */
  published?: string;
  /** `used`: whether the model uses the column; values of an unused one are ignored. */
  columns: (Column & { used: boolean })[];
  evaluation?: PublicEvaluation;
}
