import { type Model, someOf } from '@hearth/artifact';
import type { Slice } from '../admission/slice.ts';
import { type ColumnCells, cellsOf, type ModelCells } from './cells.ts';
import { bytesOf } from './datatypes.ts';
import {
  type ElementFault,
  numberReader,
  type Target,
  type TensorReader,
  textReader,
  valueReader,
} from './elements.ts';
import { Fault, quoted } from './fault.ts';
import type { InferenceRequest, Input } from './request.ts';

/** Rows that are read before the clock is looked at. */
const readTogether = 200;

/** The number of rows by the shapes of a request; its data may have another. @throws Fault */
export const rowCountOf = ({ inputs: [first] }: InferenceRequest): number => rowCount(first);

/**
 * The cells of the tensors of a request, as `predictCells` takes them: [rows × columns]. A request has one tensor of shape [n] or [n, 1] for
 * each column, or one of [n, columns] whose columns are in the order of the model's metadata. Other requests are answered in between.
 *
 * The protocol has no null. Missing values are: null in JSON; NaN in numbers; the element that the parameter `missing_value` of the tensor
 * or of the request names; an empty text; a code of the column; and every cell of a column that is not sent.
 * @throws Fault of the first row that has one
 */
export async function readCells(
  request: InferenceRequest,
  model: Model,
  slice: Slice,
): Promise<Float64Array> {
  const rows = rowCountOf(request);
  const all = cellsOf(model);
  const readers = readersOf(request, all);
  const cells = new Float64Array(rows * all.columns.length).fill(Number.NaN);
  for (let row = 0; row < rows; row += readTogether) {
    let end = Math.min(rows, row + readTogether);
    let found: ElementFault | undefined;
    for (const read of readers) {
      const fault = read(row, end, cells);
      if (!fault) continue;
      found = fault;
      end = fault.row; // only an earlier row counts now
    }
    if (found) throw new Fault(`the input "${found.column}", row ${found.row}: ${found.detail}`);
    if (slice.isOver()) await slice.rest();
  }
  return cells;
}

function readersOf(
  request: InferenceRequest,
  { columns, places, accepted: ofTable, required }: ModelCells,
): TensorReader[] {
  const { inputs, parameters } = request;
  const [first] = inputs;
  const isTable = inputs.length === 1 && !places.has(first.name);
  if (isTable && (first.shape.length !== 2 || first.shape[1] !== columns.length))
    throw new Fault(
      `the input ${quoted(first.name)} is not a column, and does not have the shape [n, ${columns.length}] of all columns together`,
    );
  const length = rowCount(first);
  const readers = inputs.map((input) => {
    const place = isTable ? 0 : places.get(input.name);
    if (place === undefined)
      throw new Fault(`there is no input ${quoted(input.name)}; there are ${someOf([...places.keys()])}`);
    if (rowCount(input) !== length)
      throw new Fault(`the inputs "${first.name}" and "${input.name}" have different lengths`);
    const end = isTable ? columns.length : place + 1;
    if ((input.shape[1] ?? 1) !== end - place) throw badShape(input.name);
    const accepted = isTable ? ofTable : columns[place].accepted;
    if (!accepted.includes(input.datatype))
      throw new Fault(
        `the input ${quoted(input.name)} cannot be ${quoted(input.datatype)}; it can be ${accepted.join(', ')}`,
      );
    const target: Target = { columns: columns.slice(place, end), place, width: columns.length };
    return readerOf(input, target, markerOf(input, parameters.missing_value));
  });
  if (!isTable) assertRequired(required, inputs);
  return readers;
}

/** @throws Fault for a required column without a tensor */
function assertRequired(required: readonly ColumnCells[], inputs: readonly Input[]): void {
  if (required.length === 0) return;
  const given = new Set(inputs.map(({ name }) => name));
  const absent = required.find(({ name }) => !given.has(name));
  if (absent) throw new Fault(`the input "${absent.name}", row 0: ${absent.missing}`);
}

function rowCount({ name, shape }: Input): number {
  if (shape.length !== 1 && shape.length !== 2) throw badShape(name);
  if (shape[0] === 0) throw new Fault(`the input ${quoted(name)} has no rows`);
  return shape[0];
}

const badShape = (name: string): Fault =>
  new Fault(`the input ${quoted(name)} does not have the shape [n] or [n, 1] of a column`);

/** The element that means a missing value. That of the request is for the tensors that can have it. @throws Fault */
function markerOf({ name, datatype, parameters }: Input, ofRequest: unknown): unknown {
  const own = parameters.missing_value;
  const type = datatype === 'BYTES' ? 'string' : datatype === 'BOOL' ? 'boolean' : 'number';
  if (own !== undefined && typeof own !== type)
    throw new Fault(`the input ${quoted(name)} has a missing_value that cannot be an element of ${datatype}`);
  const marker = own ?? (typeof ofRequest === type ? ofRequest : undefined);
  return datatype === 'FP32' && typeof marker === 'number' ? Math.fround(marker) : marker;
}

function readerOf(input: Input, target: Target, marker: unknown): TensorReader {
  const { name, shape, datatype, data } = input;
  const count = shape[0] * (shape[1] ?? 1);
  if (!(data instanceof Uint8Array)) return valueReader(flatten(input), datatype, target, marker);
  if (datatype === 'BYTES') return textReader(data, count, target, marker);
  const bytes = count * Number(bytesOf(datatype));
  if (data.length !== bytes)
    throw new Fault(
      `the input ${quoted(name)} has ${data.length} bytes; ${datatype} of its shape, [${shape}], has ${bytes}`,
    );
  if (datatype === 'BOOL')
    return valueReader(
      Array.from(data, (byte) => booleans[byte]),
      datatype,
      target,
      marker,
    );
  return numberReader(data, count, datatype, target, marker);
}

/** A byte that is neither 0 nor 1 is no boolean. */
const booleans: readonly boolean[] = [false, true];

/** Tensor data is flat, or nested like its shape. */
function flatten({ name, shape, data }: Input): readonly unknown[] {
  const [length, width = 1] = shape;
  const values = data as readonly unknown[];
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.length === width;
  if (shape.length === 2 && values.length === length && values.every(isRow)) return values.flat();
  if (values.length === length * width && !values.some(Array.isArray)) return values;
  throw new Fault(`the data of the input ${quoted(name)} do not match its shape, [${shape}]`);
}
