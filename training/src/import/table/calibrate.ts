import { logit, type Manifest, type PerOutput } from '@hearth/artifact';
import { leastConvex } from '../../evaluation/least-convex.ts';
import { calibrationOfValues } from '../../evaluation/value-calibration.ts';
import { fitColumns } from '../../regression/fit-columns.ts';
import { ImportFault } from '../imported.ts';

/** temperature: scores are divided by one number (Guo et al. 2017); affine: also moved by one (Platt 1999, Cox 1958). */
export const calibrations = ['temperature', 'affine'] as const;
export type Calibration = (typeof calibrations)[number];

/** What a score is multiplied by, and what is then added to it. */
export interface Line {
  slope: number;
  intercept: number;
}

/** Scores before the link with what was observed: 0 or 1, a number, or the place of the class; [rows × outputs], [rows]. */
export interface Observed {
  scores: Float64Array;
  targets: Float64Array;
}

type Formula = Pick<Manifest, 'answer' | 'target'>;

/** How scores of a model are calibrated, and what answers then are. */
export interface Calibrator {
  /** @throws ImportFault where no line fits, such as that of a model which ranks rows the wrong way round */
  fit(observed: Observed): Line;
  /** Answers to the scores of a row. */
  answers(scores: Float64Array, line: Line): number[];
}

/** @throws ImportFault for an answer that cannot be calibrated in this way exactly */
export function calibratorOf(method: Calibration, { answer, target }: Formula): Calibrator {
  const { link } = answer;
  if (target.type === 'binary')
    return {
      fit: (observed) => checked(method === 'affine' ? platt(observed) : temperature(binaryLoss(observed))),
      answers: ([score], { slope, intercept }) => [1 / (1 + Math.exp(-intercept - slope * score))],
    };
  if (target.type === 'classes' && link === 'softmax' && method === 'temperature')
    return {
      fit: (observed) => checked(temperature(softmaxLoss(observed))),
      answers: (scores, { slope }) => softmax(scores, slope),
    };
  if (target.type === 'numeric' && link === 'identity' && method === 'affine')
    return {
      fit({ scores, targets }) {
        const line = calibrationOfValues(targets, scores);
        return checked({ slope: line?.slope.mean ?? Number.NaN, intercept: line?.intercept.mean ?? 0 });
      },
      answers: ([score], { slope, intercept }) => [intercept + slope * score],
    };
  throw new ImportFault(
    `cannot be calibrated by --calibrate ${method}: a probability takes temperature or affine, several classes with scores (softmax) take temperature, a number that is not an exponential takes affine`,
  );
}

/** The score that is calibrated: of a probability without a link its log-odds. */
export const scoreToCalibrate = ({ answer, target }: Formula, score: number): number =>
  target.type === 'binary' && answer.link === 'identity' ? logit(score) : score;

/** The answer of a model with its scores on this line. */
export function calibrated({ answer, target }: Formula, line: Line): Manifest['answer'] {
  const { slope, intercept } = line;
  if (target.type === 'binary' && answer.link === 'identity') return { ...answer, recalibration: line };
  const { scale = 1, offset = 0 } = answer;
  return {
    ...answer,
    scale: onEach(scale, (each) => each * slope),
    offset: onEach(offset, (each) => each * slope + intercept),
  };
}

const onEach = (value: PerOutput, change: (each: number) => number): number | number[] =>
  typeof value === 'number' ? change(value) : value.map(change);

function checked(line: Line): Line {
  if (line.slope > 1 / steepest && line.slope < steepest && Number.isFinite(line.intercept)) return line;
  throw new ImportFault(
    `cannot be calibrated on this table: the best factor for its scores is ${line.slope}, so they say nothing about its target, or the rows are too few or too alike`,
  );
}

/** Factors beyond it, or below its inverse, are no calibration. */
const steepest = 50;

function platt({ scores, targets }: Observed): Line {
  const [intercept, slope] = fitColumns('logistic', [scores], targets, 0);
  return { slope, intercept };
}

function temperature(loss: (slope: number) => number): Line {
  // on the logarithm: twice as sure and half as sure are equally far
  const slope = Math.exp(leastConvex((log) => loss(Math.exp(log)), -Math.log(steepest), Math.log(steepest)));
  return { slope, intercept: 0 };
}

/** ln(1 + exp(x)) without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const binaryLoss =
  ({ scores, targets }: Observed) =>
  (slope: number): number =>
    targets.reduce((sum, y, row) => sum + softplus(y === 1 ? -slope * scores[row] : slope * scores[row]), 0);

const softmaxLoss =
  ({ scores, targets }: Observed) =>
  (slope: number): number => {
    const outputs = scores.length / targets.length;
    let sum = 0;
    for (const [row, y] of targets.entries()) {
      const own = softmax(scores.subarray(row * outputs, (row + 1) * outputs), slope)[y];
      sum -= Math.log(Math.max(own, Number.MIN_VALUE));
    }
    return sum;
  };

function softmax(scores: Float64Array, slope: number): number[] {
  const most = scores.reduce((a, b) => Math.max(a, b));
  const parts = Array.from(scores, (score) => Math.exp(slope * (score - most)));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}
