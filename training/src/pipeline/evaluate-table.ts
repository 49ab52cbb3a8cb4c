import {
  type Column,
  type ExternalFigures,
  type Manifest,
  type Model,
  outputsOf,
  printable,
  type Row,
  rowKey,
} from '@hearth/artifact';
import { type CellReader, cellReader, decimalOf, isFault } from '@hearth/artifact/text-table';
import type { Csv, CsvRow } from '../data/csv.ts';
import { inputError } from '../errors.ts';
import { figuresOf } from '../evaluation/external.ts';
import { isScorable } from '../evaluation/scores.ts';
import { didYouMean } from '../suggest.ts';

/** With fewer, every interval is too wide to say anything, and single rows could be read from the figures. */
const fewestRows = 20;

/** The figures of a version on the rows of a table, and what a person should know about the rows. */
export interface TableEvaluation {
  figures: Omit<ExternalFigures, 'name' | 'date'>;
  /** One line for each cell that the columns of the model do not allow; its row was left out. */
  faults: string[];
  /** Columns of the table that are not the model's; they were not read. */
  unread: string[];
}

/**
 * Predicts the rows of a table, checked against the columns of the model as `hearth predict` does, and scores the predictions.
 * @throws InputError without the target or a required column, for a target that is not the model's, or for too few rows
 */
export function evaluateTable(csv: Csv, model: Model): TableEvaluation {
  const { columns, data, evaluation, target } = model.manifest;
  const { path, header, rows } = csv;
  if (outputsOf(target) > 1) throw inputError('SEVERAL_OUTPUTS', model.version, target.type);
  if (csv.sha256 === data.sha256) throw inputError('OWN_TABLE', path, model.version);
  assertHeader(csv, model.manifest);
  const readTarget = targetReader(csv, model.manifest);
  const readRow = rowReader(csv, model.manifest);
  const faults: string[] = [];
  const [targets, predictions]: number[][] = [[], []];
  const isKnown = trainingRows(model.manifest);
  let inTraining = 0;
  const leftOut = { withoutTarget: 0, notAllowed: 0 };
  for (const row of rows) {
    const y = readTarget(row);
    if (y === null) {
      leftOut.withoutTarget++;
      continue;
    }
    const { row: given, faults: wrong } = readRow(row);
    faults.push(...wrong);
    if (wrong.length > 0) leftOut.notAllowed++;
    else {
      if (isKnown(given, y)) inTraining++;
      targets.push(y);
      predictions.push(model.predict(given).answer);
    }
  }
  const [observed, predicted] = [Float64Array.from(targets), Float64Array.from(predictions)];
  assertScorable(path, target.name, observed, rows.length);
  const known = columns.map(({ name }) => name);
  return {
    figures: {
      ...figuresOf(evaluation.kind, observed, predicted, data.decision?.threshold),
      table: { sha256: csv.sha256, rows: rows.length },
      leftOut,
      absent: known.filter((name) => !header.includes(name)),
      rows: observed.length,
      inTraining,
    },
    faults,
    unread: header.filter((name) => name !== target.name && !known.includes(name)),
  };
}

/** Whether inputs and target of a row are those of a training row, as far as the version keeps their keys. */
function trainingRows({ columns, evaluation }: Manifest): (row: Row, y: number) => boolean {
  const known = new Set(evaluation.outOfFold.map(({ row, target }) => `${row} ${target}`));
  const empty = Object.fromEntries(columns.map(({ name }) => [name, null]));
  return (row, y) => known.has(`${rowKey({ ...empty, ...row })} ${y}`);
}

function assertHeader({ path, header }: Csv, { columns, target }: Manifest): void {
  if (!header.includes(target.name)) {
    const hint = didYouMean(target.name, header) || `; it has ${header.join(', ')}`;
    throw inputError(
      'BAD_HEADER',
      path,
      `there is no column "${target.name}", the target of the model${hint}`,
    );
  }
  const absent = columns.find(({ name, required }) => required && !header.includes(name));
  if (absent) throw inputError('BAD_HEADER', path, `the column "${absent.name}" is required`);
  if (!columns.some(({ name }) => header.includes(name)))
    throw inputError(
      'BAD_HEADER',
      path,
      `there is no column of the model, which has ${columns.map(({ name }) => name).join(', ')}`,
    );
}

/** Reads the target of a row: 0 or 1, or the value; null where it is missing. Another value is refused: it is another target. */
function targetReader({ path, delimiter }: Csv, { target }: Manifest): (row: CsvRow) => number | null {
  const column =
    target.type === 'binary'
      ? { type: 'integer' as const, minimum: 0, maximum: 1, required: false, enum: [0, 1] }
      : { type: 'number' as const, minimum: -Infinity, maximum: Infinity, required: false };
  const read = cellReader(column, decimalOf(delimiter));
  return ({ line, cells }) => {
    const cell = read(cells[target.name]);
    if (!isFault(cell)) return cell === null ? null : Number(cell);
    const shown = printable(cells[target.name], 60);
    throw inputError('BAD_CSV', path, line, `the target "${target.name}": "${shown}" ${cell.fault}`);
  };
}

function rowReader({ path, header, delimiter }: Csv, { columns, timeZone }: Manifest) {
  const given = columns.filter(({ name }) => header.includes(name));
  const readers = given.map((column: Column): [string, CellReader] => [
    column.name,
    cellReader(column, decimalOf(delimiter), timeZone),
  ]);
  return ({ line, cells }: CsvRow): { row: Row; faults: string[] } => {
    const row: Record<string, Row[string]> = {};
    const faults: string[] = [];
    for (const [name, read] of readers) {
      const cell = read(cells[name]);
      if (isFault(cell))
        faults.push(`${path}, line ${line}, column "${name}": "${printable(cells[name], 60)}" ${cell.fault}`);
      else row[name] = cell;
    }
    return { row, faults };
  };
}

function assertScorable(path: string, target: string, observed: Float64Array, rows: number): void {
  if (observed.length < fewestRows)
    throw inputError(
      'BAD_TARGET',
      path,
      `${observed.length} of ${rows} rows can be evaluated; at least ${fewestRows} are needed`,
    );
  if (!isScorable(observed, Int32Array.from(observed.keys())))
    throw inputError('BAD_TARGET', path, `every row has the same "${target}": nothing can be evaluated`);
}
