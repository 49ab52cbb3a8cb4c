import type { ExternalFigures } from '@hearth/artifact';
import { countAtThresholds } from '@hearth/artifact/decision';
import { reliability } from './metrics.ts';
import { scoreCalibrated, scoreValues } from './scores.ts';
import { calibrationOfValues, reliabilityOfValues } from './value-calibration.ts';

type Kinds = {
  [K in ExternalFigures['kind']]: Omit<
    Extract<ExternalFigures, { kind: K }>,
    'name' | 'date' | 'table' | 'leftOut' | 'absent' | 'rows' | 'inTraining'
  >;
};

/** The figures of each kind of evaluation, from targets and predictions; [rows]. A missing kind does not compile. */
const figures: {
  [K in keyof Kinds]: (target: Float64Array, prediction: Float64Array, threshold?: number) => Kinds[K];
} = {
  chance: (target, prediction, threshold) => ({
    kind: 'chance',
    positives: target.reduce((sum, y) => sum + y, 0),
    scores: scoreCalibrated(target, [prediction]),
    reliability: reliability(target, prediction),
    thresholds: countAtThresholds(target, prediction, threshold),
  }),
  value: (target, prediction) => ({
    kind: 'value',
    scores: scoreValues(target, [prediction]),
    calibration: calibrationOfValues(target, prediction),
    reliability: reliabilityOfValues(target, prediction),
  }),
};

/** Scores, calibration, reliability and, of probabilities, what thresholds do: of the predictions of rows that the model was not trained on. */
export const figuresOf = (
  kind: keyof Kinds,
  target: Float64Array,
  prediction: Float64Array,
  threshold?: number,
): Kinds[keyof Kinds] => figures[kind](target, prediction, threshold);
