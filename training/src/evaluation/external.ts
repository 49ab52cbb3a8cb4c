import type { ExternalFigures } from '@hearth/artifact';
import { countAtThresholds } from '@hearth/artifact/decision';
import { scoreClasses, scoreEachClass } from './class-scores.ts';
import { type ReliabilityBin, reliability } from './metrics.ts';
import { scoreQuantiles } from './quantile-scores.ts';
import { scoreCalibrated, scoreValues } from './scores.ts';
import { calibrationOfValues, reliabilityOfValues } from './value-calibration.ts';

type Kinds = {
  [K in ExternalFigures['kind']]: Omit<
    Extract<ExternalFigures, { kind: K }>,
    'name' | 'date' | 'table' | 'leftOut' | 'absent' | 'rows' | 'inTraining'
  >;
};

/** The figures of each kind of evaluation, from targets, [rows], and predictions, [rows × outputs]. A missing kind does not compile. */
const figures: {
  [K in keyof Kinds]: (target: Float64Array, prediction: Float64Array, of: Predicted) => Kinds[K];
} = {
  chance: (target, prediction, { threshold }) => ({
    kind: 'chance',
    positives: target.reduce((sum, y) => sum + y, 0),
    scores: scoreCalibrated(target, [prediction]),
    reliability: joined(reliability(target, prediction)),
    thresholds: countAtThresholds(target, prediction, threshold),
  }),
  value: (target, prediction, { outputs, quantiles }) => {
    const middle = target.map((_, row) => prediction[row * outputs + (outputs >> 1)]);
    return {
      kind: 'value',
      scores: quantiles ? scoreQuantiles(target, [prediction], quantiles) : scoreValues(target, [prediction]),
      calibration: calibrationOfValues(target, middle),
      reliability: reliabilityOfValues(target, middle),
    };
  },
  classes: (target, prediction, { outputs }) => {
    const { classes, confusion } = scoreEachClass(target, [prediction], outputs);
    return {
      kind: 'classes',
      scores: scoreClasses(target, [prediction], outputs),
      classes: classes.map((each) => ({ ...each, reliability: joined(each.reliability) })),
      confusion,
    };
  },
};

/** What predictions are of. */
interface Predicted {
  outputs: number;
  /** Of a number, if they are predicted. */
  quantiles?: readonly number[];
  /** The declared one of a decision. */
  threshold?: number;
}

/** So that no bin shows single rows: tables of other places are small. */
const fewestInBin = 5;

/** Bins of at least `fewestInBin` rows: smaller ones are joined with the next, at the end with the one before. */
function joined(bins: readonly ReliabilityBin[]): ReliabilityBin[] {
  const kept: ReliabilityBin[] = [];
  let left = bins.reduce((sum, { rows }) => sum + rows, 0);
  for (const bin of bins) {
    const before = kept.at(-1);
    if (before && (before.rows < fewestInBin || left < fewestInBin))
      kept[kept.length - 1] = join(before, bin);
    else kept.push(bin);
    left -= bin.rows;
  }
  return kept;
}

function join(a: ReliabilityBin, b: ReliabilityBin): ReliabilityBin {
  const rows = a.rows + b.rows;
  const mean = (of: 'predicted' | 'observed') => (a.rows * a[of] + b.rows * b[of]) / rows;
  return { low: a.low, high: b.high, rows, predicted: mean('predicted'), observed: mean('observed') };
}

/**
 * Scores, calibration, reliability and, of probabilities, what thresholds do: of the predictions of rows that the model was not trained on.
 * @param prediction [rows × outputs]
 */
export const figuresOf = <K extends keyof Kinds>(
  kind: K,
  target: Float64Array,
  prediction: Float64Array,
  of: Predicted,
): Kinds[K] => figures[kind](target, prediction, of);
