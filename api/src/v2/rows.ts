import { type Column, type Manifest, type Row, someOf, usedColumns, type Value } from '@hearth/artifact';
import { cellReader, isFault } from '@hearth/artifact/text-table';
import { acceptedDatatypes, elementCheck } from './datatypes.ts';
import { Fault } from './fault.ts';
import { readFloat32 } from './float32.ts';
import { type InferenceRequest, type Input, type Parameters, quoted } from './request.ts';

type Cell = Value | null;
type MutableRow = Record<string, Cell>;

/** The number of rows by the shapes of a request; its data may have another. @throws Fault */
export const rowCountOf = ({ inputs: [first] }: InferenceRequest): number => rowCount(first);

/**
 * The rows of the tensors of a request: one tensor of shape [n] or [n, 1] per column, or one of [n, columns] whose columns are in the
 * order of the model's metadata.
 *
 * The protocol has no null. Missing values are: null in `data`; the element that the parameter `missing_value` of the tensor or of the
 * request names; an empty text; a code of the column; and every cell of a column that is not sent.
 * @throws Fault
 */
export function readRows(
  { inputs, parameters }: InferenceRequest,
  { columns, features, timeZone }: Pick<Manifest, 'columns' | 'features' | 'timeZone'>,
): Row[] {
  const [first] = inputs;
  const reading: Reading = { parameters, timeZone, used: usedColumns(features) };
  const byName = new Map(columns.map((column) => [column.name, column]));
  if (inputs.length === 1 && !byName.has(first.name)) return readTable(first, columns, reading);
  const length = rowCount(first);
  const rows = Array.from({ length }, (): MutableRow => ({}));
  for (const input of inputs) {
    const column = byName.get(input.name);
    if (!column)
      throw new Fault(`there is no input ${quoted(input.name)}; there are ${someOf([...byName.keys()])}`);
    if (rowCount(input) !== length) {
      throw new Fault(`the inputs "${first.name}" and "${input.name}" have different lengths`);
    }
    const cells = readElements(input, [column], reading);
    for (let i = 0; i < length; i++) rows[i][column.name] = cells[i];
  }
  return rows;
}

/** What all tensors of a request are read with. */
interface Reading {
  parameters: Parameters;
  timeZone: string | undefined;
  used: ReadonlySet<string>;
}

/** One tensor with all columns. */
function readTable(input: Input, columns: readonly Column[], reading: Reading): Row[] {
  const { shape, name } = input;
  if (shape.length !== 2 || shape[1] !== columns.length) {
    throw new Fault(
      `the input ${quoted(name)} is not a column, and does not have the shape [n, ${columns.length}] of all columns together`,
    );
  }
  const cells = readElements(input, columns, reading);
  const width = columns.length;
  return Array.from({ length: rowCount(input) }, (_, row) => {
    const made: MutableRow = {};
    for (let i = 0; i < width; i++) made[columns[i].name] = cells[row * width + i];
    return made;
  });
}

function rowCount({ name, shape }: Input): number {
  if (shape.length !== 1 && shape.length !== 2) throw badShape(name);
  if (shape[0] === 0) throw new Fault(`the input ${quoted(name)} has no rows`);
  return shape[0];
}

/** The elements of a tensor in row-major order, null if missing. */
function readElements(
  input: Input,
  columns: readonly Column[],
  { parameters, timeZone, used }: Reading,
): Cell[] {
  const { name, datatype, shape } = input;
  const accepted = acceptedDatatypes(columns, used);
  if (!accepted.includes(datatype)) {
    throw new Fault(
      `the input ${quoted(name)} cannot be ${quoted(datatype)}; it can be ${accepted.join(', ')}`,
    );
  }
  if ((shape[1] ?? 1) !== columns.length) throw badShape(name);
  const missing = input.parameters.missing_value ?? parameters.missing_value;
  const faultOf = elementCheck(datatype);
  const isFloat32 = datatype === 'FP32';
  const width = columns.length;
  const readers =
    datatype === 'BYTES'
      ? columns.map((column) => cellReader(column, '.', timeZone, used.has(column.name)))
      : undefined;
  return flatten(input).map((element, i) => {
    if (element === null || (missing !== undefined && isSame(element, missing, isFloat32))) return null;
    const fault = faultOf(element);
    if (fault) throw new Fault(`the input ${quoted(name)}, element ${i}: ${fault}`);
    const column = columns[i % width];
    if (isFloat32) return readFloat32(element as number, column);
    if (!readers) return element as Cell;
    const cell = readers[i % width](element as string);
    if (!isFault(cell)) return cell;
    throw new Fault(`the input "${column.name}", row ${Math.floor(i / width)}: ${cell.fault}`);
  });
}

const isSame = (a: unknown, b: unknown, isFloat32: boolean): boolean =>
  isFloat32 && typeof a === 'number' && typeof b === 'number' ? Math.fround(a) === Math.fround(b) : a === b;

/** Tensor data is flat, or nested like its shape. */
function flatten({ name, shape, data }: Input): unknown[] {
  const [length, width = 1] = shape;
  if (shape.length === 2 && data.length === length && data.every((row) => isRow(row, width)))
    return data.flat();
  if (data.length === length * width && !data.some(Array.isArray)) return data;
  throw new Fault(`the data of the input ${quoted(name)} do not match its shape, [${shape}]`);
}

const isRow = (row: unknown, width: number): boolean => Array.isArray(row) && row.length === width;

const badShape = (name: string): Fault =>
  new Fault(`the input ${quoted(name)} does not have the shape [n] or [n, 1] of a column`);
