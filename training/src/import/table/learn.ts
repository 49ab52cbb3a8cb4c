import { type Row, readAnswer } from '@hearth/artifact';
import { type ObservedRow, observedRows } from '../../pipeline/evaluate-table.ts';
import type { SourceTable } from '../../sources/index.ts';
import type { Assembled } from '../assemble.ts';
import {
  type Calibration,
  type Calibrator,
  calibrated,
  calibratorOf,
  type Line,
  type Observed,
  scoreToCalibrate,
} from './calibrate.ts';
import { uncertaintyFrom } from './residuals.ts';

/** A model with what a table says of it. */
export interface Learned {
  assembled: Assembled;
  notes: string[];
  /** Of a calibrated model: the answers to the rows of `observedRows`, each fifth calibrated by the others; [rows × outputs]. */
  predictions?: Float64Array;
}

const folds = 5;

/**
 * Calibrates a model on the rows of a table with the target, if that is wanted, and gives it an interval of the outcome or prediction sets
 * by its residuals there.
 * @throws ImportFault where the answer cannot be calibrated; InputError of the table
 */
export function learnFromTable(assembled: Assembled, source: SourceTable, method?: Calibration): Learned {
  const rows = [...observedRows(source, assembled.draft)];
  const better = method === undefined ? undefined : calibrate(assembled, rows, source, method);
  const { draft, trees } = better?.assembled ?? assembled;
  const read = readAnswer(draft, trees);
  const answers = (row: Row) => {
    const { answer, outputs = [answer] } = read(row);
    return outputs;
  };
  const found = uncertaintyFrom(rows, draft, answers);
  return {
    assembled: {
      draft: { ...draft, ...found?.added },
      trees: { ...trees, ...(found?.spread && { spread: found.spread }) },
    },
    notes: [...(better?.notes ?? []), ...(found ? [uncertaintyNote(draft, found.coverage)] : [])],
    ...(better && { predictions: better.predictions }),
  };
}

function uncertaintyNote(
  { target }: Assembled['draft'],
  { rows, covered }: { rows: number; covered: number },
): string {
  const what = target.type === 'classes' ? 'prediction sets' : 'an interval of the outcome';
  const tested =
    rows > 0
      ? `; ${((100 * covered) / rows).toFixed(1)} % of the rows were inside, each fifth by the others`
      : '';
  return `answers have ${what} now, made of the errors on this table (split conformal prediction, 90 %): right for rows like these, if the model was not trained on them${tested}`;
}

function calibrate(
  assembled: Assembled,
  rows: readonly ObservedRow[],
  source: SourceTable,
  method: Calibration,
): Required<Learned> {
  const { draft, trees } = assembled;
  const calibrator = calibratorOf(method, draft);
  const observed = observe(assembled, rows);
  const line = calibrator.fit(observed);
  const { slope, intercept } = line;
  const calibration = { method, slope, intercept, rows: rows.length, sha256: source.sha256 };
  const { imported } = draft.data;
  const data = { ...draft.data, ...(imported && { imported: { ...imported, calibration } }) };
  const moved = method === 'affine' ? `, then ${intercept.toPrecision(4)} is added` : '';
  return {
    assembled: { draft: { ...draft, answer: calibrated(draft, line), data }, trees },
    notes: [`calibrated on ${rows.length} rows: scores are multiplied by ${slope.toPrecision(4)}${moved}`],
    predictions: crossCalibrated(calibrator, observed),
  };
}

/** The scores of the rows before the link. */
function observe({ draft, trees }: Assembled, rows: readonly ObservedRow[]): Observed {
  const { recalibration: _recalibration, ...answer } = draft.answer;
  const read = readAnswer({ ...draft, answer: { ...answer, link: 'identity' } }, trees);
  return {
    scores: Float64Array.from(
      rows.flatMap(({ row }) => {
        const { answer: first, outputs = [first] } = read(row);
        return outputs.map((score) => scoreToCalibrate(draft, score));
      }),
    ),
    targets: Float64Array.from(rows, ({ y }) => y),
  };
}

/** Answers that no row has helped to calibrate for itself. */
function crossCalibrated(calibrator: Calibrator, { scores, targets }: Observed): Float64Array {
  const outputs = scores.length / targets.length;
  const lines = Array.from({ length: folds }, (_, fold): Line => {
    const others = [...targets.keys()].filter((row) => row % folds !== fold);
    return calibrator.fit({
      scores: Float64Array.from(
        others.flatMap((row) => [...scores.subarray(row * outputs, (row + 1) * outputs)]),
      ),
      targets: Float64Array.from(others, (row) => targets[row]),
    });
  });
  const answers = new Float64Array(scores.length);
  for (const row of targets.keys())
    answers.set(
      calibrator.answers(scores.subarray(row * outputs, (row + 1) * outputs), lines[row % folds]),
      row * outputs,
    );
  return answers;
}
