import {
  didYouMean,
  type ExternalFigures,
  english,
  evaluationKinds,
  exposureOf,
  type Manifest,
  type Model,
  outputsOf,
  printable,
  type Row,
  rowKey,
  someOf,
} from '@hearth/artifact';
import { isFault } from '@hearth/artifact/text-table';
import { type TableCellReader, tableCellReader } from '../data/cells.ts';
import { cellText, columnIndex, headerPlace } from '../data/places.ts';
import { inputError } from '../errors.ts';
import { figuresOf } from '../evaluation/external.ts';
import { isScorable } from '../evaluation/scores.ts';
import { tableRowReader } from '../predict/read-rows.ts';
import type { SourceRow, SourceTable } from '../sources/index.ts';

/** With fewer, every interval is too wide to say anything, and single rows could be read from the figures. */
const fewestRows = 20;

/** The figures of a version on the rows of a table, and what a person should know about the rows. */
export interface TableEvaluation {
  figures: ExternalFigures;
  /** One line for each cell that the columns of the model do not allow; its row was left out. */
  faults: string[];
  /** Columns of the table that are not the model's; they were not read. */
  unread: string[];
}

/**
 * Predicts the rows of a table, checked against the columns of the model as `hearth predict` does, and scores the predictions.
 * @param inPlace predictions of the rows of `observedRows` in place of those of the version, [rows × outputs]
 * @throws InputError without the target or a required column, for a target that is not the model's, or for too few rows
 */
export function evaluateTable(
  source: SourceTable,
  model: Model,
  named: Pick<ExternalFigures, 'name' | 'date'>,
  inPlace?: Float64Array,
): TableEvaluation {
  const { columns, data, target } = model.manifest;
  const { path, rows } = source;
  const header = source.columns.map(({ name }) => name);
  const kind = evaluationKinds[target.type];
  if (source.sha256 === data.sha256)
    throw inputError(data.imported ? 'IMPORT_TABLE' : 'OWN_TABLE', path, model.version);
  const faults: string[] = [];
  const [targets, predictions]: number[][] = [[], []];
  const isKnown = trainingRows(model.manifest);
  let inTraining = 0;
  for (const { row, y } of observedRows(source, model.manifest, (fault) => faults.push(fault))) {
    if (isKnown(row, y)) inTraining++;
    targets.push(y);
    if (inPlace) continue;
    const { answer, outputs = [answer] } = model.predict(row);
    predictions.push(...outputs);
  }
  const [observed, predicted] = [Float64Array.from(targets), inPlace ?? Float64Array.from(predictions)];
  assertScorable(path, target.name, observed, rows.length);
  const known = columns.map(({ name }) => name);
  return {
    figures: {
      ...figuresOf(kind, observed, predicted, {
        outputs: outputsOf(target),
        ...(target.type === 'numeric' && target.quantiles && { quantiles: target.quantiles }),
        threshold: data.decision?.threshold,
      }),
      ...named,
      table: { sha256: source.sha256, rows: rows.length },
      leftOut: {
        withoutTarget: rows.length - observed.length - faults.length,
        notAllowed: faults.length,
      },
      absent: known.filter((name) => !header.includes(name)),
      rows: observed.length,
      inTraining,
    },
    faults,
    unread: header.filter((name) => name !== target.name && !known.includes(name)),
  };
}

/** What a table is read by. */
type Asked = Pick<Manifest, 'columns' | 'features' | 'timeZone' | 'target' | 'data'>;

/** A row of a table with its target. */
export interface ObservedRow {
  /** As in `SourceRow`. */
  place: number;
  row: Row;
  /** The target: 0 or 1, the number of the class, or the value. */
  y: number;
}

/**
 * The rows of a table with a target, and cells that the columns of the model allow.
 * @param onFault gets one line for each row that has a target and is left out for a cell
 * @throws InputError as `evaluateTable`
 */
export function* observedRows(
  source: SourceTable,
  model: Asked,
  onFault: (fault: string) => void = () => {},
): Generator<ObservedRow> {
  const manifest = withExposure(model);
  assertHeader(source, manifest);
  const readTarget = targetReader(source, manifest);
  const readRow = tableRowReader(source, manifest);
  for (const each of source.rows) {
    const y = readTarget(each);
    if (y === null) continue;
    const { row, fault } = readRow(each);
    if (fault === undefined) yield { place: each.place, row, y };
    else onFault(fault);
  }
}

/** A count is compared with the expected one for its exposure, so that each row must have it. */
function withExposure<M extends Asked>(manifest: M): M {
  const exposure = exposureOf(manifest.target);
  const columns = manifest.columns.map((column) =>
    column.name === exposure ? { ...column, required: true } : column,
  );
  return { ...manifest, columns };
}

/** Whether inputs and target of a row are those of a training row, as far as the version keeps their keys. */
function trainingRows({ columns, evaluation }: Manifest): (row: Row, y: number) => boolean {
  const known = new Set(evaluation?.outOfFold.map(({ row, target }) => `${row} ${target}`));
  const empty = Object.fromEntries(columns.map(({ name }) => [name, null]));
  return (row, y) => known.has(`${rowKey({ ...empty, ...row })} ${y}`);
}

function assertHeader(source: SourceTable, { columns, target, data }: Asked): void {
  const place = headerPlace(source);
  const header = source.columns.map(({ name }) => name);
  if (!header.includes(target.name)) {
    const hint = didYouMean(target.name, header) || `; it has ${someOf(header)}`;
    throw inputError(
      'BAD_HEADER',
      place,
      `there is no column "${target.name}", the target of the model${hint}${data.imported ? '; if it has another name: hearth import MODEL --target NAME' : ''}`,
    );
  }
  const absent = columns.find(({ name, required }) => required && !header.includes(name));
  if (absent) throw inputError('BAD_HEADER', place, `the column "${absent.name}" is required`);
  if (!columns.some(({ name }) => header.includes(name)))
    throw inputError(
      'BAD_HEADER',
      place,
      `there is no column of the model, which has ${someOf(columns.map(({ name }) => name))}`,
    );
}

/** Reads the target of a row: 0 or 1, the number of the class, or the value; null where it is missing. Another value is refused: it is another target. */
function targetReader(source: SourceTable, { target }: Asked): (row: SourceRow) => number | null {
  const at = columnIndex(source, target.name);
  const texts = textsOf(target);
  const read = targetCells(target, source.decimal);
  return ({ place, cells }) => {
    const text = cellText(cells[at]).trim();
    if (text !== '' && texts.includes(text)) return texts.indexOf(text);
    const cell = read(cells[at]);
    if (!isFault(cell)) return cell === null ? null : Number(cell);
    const isNumber = target.type === 'binary' && texts.every((each) => each !== '');
    const allowed = isNumber ? `; allowed too: ${texts.join(', ')}` : '';
    const where = `${source.unit} ${place}, the target "${target.name}"`;
    throw inputError('BAD_TARGET', source.path, `${where}: "${printable(text, 60)}" ${cell.fault}${allowed}`);
  };
}

/** The texts of the classes, by their numbers. */
function textsOf(target: Manifest['target']): string[] {
  if (target.type === 'classes') return target.classes.map(({ value }) => value);
  return target.type === 'binary' ? [target.labels?.[0], target.labels?.[1]].map(english) : [];
}

/** Reads the cells of a target that are no texts of classes. */
function targetCells(target: Manifest['target'], decimal: SourceTable['decimal']): TableCellReader {
  const limits = { minimum: -Infinity, maximum: Infinity, ...(target.type === 'binary' && { enum: [0, 1] }) };
  const column =
    target.type === 'classes'
      ? { type: 'category' as const, categories: target.classes, required: false }
      : { type: 'number' as const, ...limits, required: false };
  return tableCellReader(column, decimal);
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
