import {
  type Column,
  isNumeric,
  limitsOf,
  type Model,
  missingValuesOf,
  pointerTo,
  type Remark,
  type Row,
  rowCheck,
  usedColumns,
  type Value,
} from '@hearth/artifact';
import { headerFaults } from '@hearth/artifact/text-table';
import {
  type Data,
  DataType,
  makeVector,
  Precision,
  type Table,
  tableFromIPC,
  type Vector,
} from 'apache-arrow';
import { faultsOf, invalidInput, mostFaults } from '../../predict/faults.ts';
import { Problem } from '../../server/problem.ts';
import { type CellValue, isFault, isReadable, valueReader } from './values.ts';
import { assertLengths } from './verify.ts';

/** The table of a stream. @throws Problem BAD_REQUEST for bytes that are none */
export function readTable(bytes: Buffer): Table {
  try {
    assertLengths(bytes);
    const table = tableFromIPC(bytes);
    if (table.schema.fields.every(({ name }) => table.getChild(name)?.length === table.numRows)) return table;
    throw new RangeError('a column has another length than its table');
  } catch (error) {
    throw new Problem('BAD_REQUEST', whatIsWrong(error as Error));
  }
}

/** The library throws errors of all classes for bytes that are not Arrow's; these two are for streams that other libraries write. */
function whatIsWrong({ message }: Error): string {
  if (/codec not found/.test(message))
    return 'the buffers of the Arrow stream are compressed (LZ4 or ZSTD); write it without compression';
  if (/^Unrecognized type/.test(message))
    return 'the Arrow stream has a column of a type that is not supported; write views of text as plain text (in polars: compat_level=CompatLevel.oldest())';
  return 'the body is not a complete Arrow stream';
}

/** @throws Problem BAD_REQUEST where the library finds no element, because the offsets of text are spoilt */
function elementAt(vector: Vector, i: number): unknown {
  try {
    return vector.get(i);
  } catch (error) {
    throw new Problem('BAD_REQUEST', whatIsWrong(error as Error));
  }
}

/** Refuses columns that the model does not have, that occur twice, or whose type is none of a row. @throws Problem INVALID_INPUT */
export function assertFields({ schema: { fields } }: Table, model: Model): void {
  const names = fields.map(({ name }) => name);
  const asRow = Object.fromEntries(names.map((name) => [name, null]));
  const faults: Remark[] = [
    ...faultsOf(model, asRow, '').filter(({ detail }) => detail !== 'is required'),
    ...headerFaults(names).map(({ name, fault }) => ({ pointer: pointerTo('', name), detail: fault })),
    ...fields
      .filter(({ type }) => !isReadable(type))
      .map(({ name, type }) => ({
        pointer: pointerTo('', name),
        detail: `has the Arrow type ${type}; send numbers, booleans, text, dates or times`,
      })),
  ];
  if (faults.length > 0) throw invalidInput(faults);
}

/** The cells of the rows, [rows × columns]; undefined if one has a fault. */
export function readCells(table: Table, model: Model): Float64Array | undefined {
  const { columns, features, timeZone } = model.manifest;
  const width = columns.length;
  const cells = new Float64Array(table.numRows * width).fill(Number.NaN);
  const scratch = new Float64Array(width);
  const used = usedColumns(features);
  for (const [place, column] of columns.entries()) {
    const check = rowCheck([column], timeZone, used);
    const cellOf = (value: Value | null): number | undefined => {
      const row = { [column.name]: value };
      if (check(row, '').length > 0) return undefined;
      model.writeCells(row, scratch, 0);
      return scratch[place];
    };
    const vector = table.getChild(column.name);
    const isRead = vector
      ? fill(vector, column, used.has(column.name), cellOf, (row, cell) => {
          cells[row * width + place] = cell;
        })
      : cellOf(null) !== undefined;
    if (!isRead) return undefined;
  }
  return cells;
}

type CellOf = (value: Value | null) => number | undefined;
type Write = (row: number, cell: number) => void;

/** Reads a column. @returns whether there is no fault */
function fill(vector: Vector, column: Column, isUsed: boolean, cellOf: CellOf, write: Write): boolean {
  const read = valueReader(vector.type, column);
  const kept = keep(cellOf);
  const limits = isUsed ? plainLimits(column) : undefined;
  let first = 0;
  for (const data of vector.data) {
    const at = first;
    first += data.length;
    const isRead = DataType.isDictionary(data.type)
      ? fillByIndex(data, read, kept, (i, cell) => write(at + i, cell))
      : fillByValue(data, read, kept, (i, cell) => write(at + i, cell), limits);
    if (!isRead) return false;
  }
  return true;
}

interface Limits {
  minimum: number;
  maximum: number;
  isWhole: boolean;
}

/** Numbers within these are their own cells; undefined for a column that is not so plain. */
function plainLimits(column: Column): Limits | undefined {
  if (!isNumeric(column) || column.enum || missingValuesOf(column)) return undefined;
  return { ...limitsOf(column), isWhole: column.type === 'integer' };
}

/** Texts of a column that are kept with their cells. */
const mostKept = 10_000;

/** The cell of an element, kept for the next that is equal; undefined for a fault. */
function keep(cellOf: CellOf): (value: CellValue) => number | undefined {
  const kept = new Map<CellValue, number>();
  return (value) => {
    if (isFault(value)) return undefined;
    const known = kept.get(value);
    if (known !== undefined) return known;
    const cell = cellOf(value);
    if (cell !== undefined && kept.size < mostKept) kept.set(value, cell);
    return cell;
  };
}

type Read = (raw: unknown) => CellValue;
type Kept = (value: CellValue) => number | undefined;

/** Each entry of the dictionary has its cell once. */
function fillByIndex(data: Data, read: Read, kept: Kept, write: Write): boolean {
  const { dictionary, values, length } = data;
  const hasNulls = data.nullCount > 0;
  const cells = new Map<number, number | undefined>();
  const cellAt = (index: number): number | undefined => {
    if (!cells.has(index)) cells.set(index, kept(read(dictionary && elementAt(dictionary, index))));
    return cells.get(index);
  };
  for (let i = 0; i < length; i++) {
    const cell = hasNulls && !data.getValid(i) ? kept(null) : cellAt(Number(values[i]));
    if (cell === undefined) return false;
    write(i, cell);
  }
  return true;
}

function fillByValue(data: Data, read: Read, kept: Kept, write: Write, limits: Limits | undefined): boolean {
  const { values, length } = data;
  const hasNulls = data.nullCount > 0;
  const isPlain = limits && (DataType.isInt(data.type) || isDouble(data.type));
  const elements = makeVector(data);
  for (let i = 0; i < length; i++) {
    if (isPlain && (!hasNulls || data.getValid(i))) {
      const number = Number(values[i]);
      if (number >= limits.minimum && number <= limits.maximum)
        if (Number.isSafeInteger(number) || (!limits.isWhole && typeof values[i] === 'number')) {
          write(i, number);
          continue;
        }
    }
    const cell = kept(read(elementAt(elements, i)));
    if (cell === undefined) return false;
    write(i, cell);
  }
  return true;
}

const isDouble = (type: DataType): boolean => DataType.isFloat(type) && type.precision === Precision.DOUBLE;

/** The rows as of JSON, for one that has a fault. @throws Problem INVALID_INPUT for a value that no row can have */
export function readRows(table: Table, { manifest: { columns } }: Model): Row[] {
  const rows = Array.from({ length: table.numRows }, (): Record<string, Value | null> => ({}));
  const faults: Remark[] = [];
  for (const column of columns) {
    const vector = table.getChild(column.name);
    if (!vector) continue;
    const read = valueReader(vector.type, column);
    for (let i = 0; i < rows.length; i++) {
      const value: CellValue = read(elementAt(vector, i));
      if (!isFault(value)) rows[i][column.name] = value;
      else if (faults.length < mostFaults)
        faults.push({ pointer: pointerTo(`/${i}`, column.name), detail: value.fault });
    }
  }
  if (faults.length > 0) throw invalidInput(faults);
  return rows;
}
