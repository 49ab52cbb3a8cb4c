import {
  type Column,
  isNumeric,
  kindOf,
  levelsOf,
  limitsOf,
  type Model,
  missingValuesOf,
  rowCheck,
  usedColumns,
  type Value,
} from '@hearth/artifact';
import { cellReader, isFault } from '@hearth/artifact/text-table';
import { type CategoryTable, categoryTable } from './categories.ts';
import { acceptedDatatypes } from './datatypes.ts';
import { float32Reader } from './float32.ts';

/** The cell of an element, NaN where it is missing; or what is wrong with it. */
export type CellOrFault = number | string;

/** Reads the elements of a column, whatever their datatype. */
export interface ColumnCells {
  readonly name: string;
  /** Of an element that is missing. */
  readonly missing: CellOrFault;
  /** Of a value as in a row of JSON. */
  ofValue(value: Value): CellOrFault;
  /** Of a text, as in a table of text. */
  ofText(text: string): CellOrFault;
  /** The datatypes that a tensor of the column may have. */
  readonly accepted: readonly string[];
  /** The number that an element of 32 bits stands for. */
  ofFloat32(value: number): number;
  /** Numbers from `minimum` to `maximum`, whole ones if `isWhole`, are their own cells; of any other number, ask `ofValue`. */
  readonly minimum: number;
  readonly maximum: number;
  readonly isWhole: boolean;
  /** In which the cell of a category is found by its bytes; absent where the column has none, or the model does not use it. */
  readonly categories?: CategoryTable;
}

/** How the tensors of a model are read. */
export interface ModelCells {
  readonly columns: readonly ColumnCells[];
  /** The place of each column, by its name. */
  readonly places: ReadonlyMap<string, number>;
  /** The datatypes of a tensor of all columns. */
  readonly accepted: readonly string[];
  /** The columns that every request has. */
  readonly required: readonly ColumnCells[];
}

const made = new WeakMap<Model, ModelCells>();

/** How the tensors of a model are read; found out once. */
export function cellsOf(model: Model): ModelCells {
  let all = made.get(model);
  if (!all) {
    const { columns, features, timeZone } = model.manifest;
    const used = usedColumns(features);
    const read = columns.map((column) => columnCells(column, used, timeZone));
    all = {
      columns: read,
      places: new Map(columns.map(({ name }, place) => [name, place])),
      accepted: acceptedDatatypes(columns, used),
      required: read.filter(({ missing }) => typeof missing === 'string'),
    };
    made.set(model, all);
  }
  return all;
}

/** Every comparison with it is false: no number is plain. */
const none = { minimum: Number.NaN, maximum: Number.NaN };

function columnCells(column: Column, used: ReadonlySet<string>, timeZone: string | undefined): ColumnCells {
  const { name } = column;
  const isUsed = used.has(name);
  const kind = kindOf(column);
  const check = rowCheck([column], timeZone, used);
  const isUnusable = kind.check(column, timeZone);
  const toCell = kind.toCell(column, timeZone);
  const codes = missingValuesOf(column);
  const readText = cellReader(column, '.', timeZone, isUsed);
  const faultOf = (value: Value | null): string | undefined => check({ [name]: value }, '')[0]?.detail;
  const missing = faultOf(null) ?? Number.NaN;

  function ofValue(value: Value): CellOrFault {
    const fault = faultOf(value);
    if (fault !== undefined) return fault;
    if (codes?.has(value)) return Number.NaN;
    return !isUsed && isUnusable(value) ? 0 : toCell(value);
  }

  const hasPlainNumbers = isUsed && isNumeric(column) && !column.enum && !codes;
  return {
    name,
    missing,
    ofValue,
    ofText(text) {
      const value = readText(text);
      if (isFault(value)) return value.fault;
      if (value === null) return missing;
      return isUsed ? toCell(value) : ofValue(value);
    },
    accepted: acceptedDatatypes([column], used),
    ofFloat32: float32Reader(column),
    ...(hasPlainNumbers ? limitsOf(column) : none),
    isWhole: column.type === 'integer',
    ...(isUsed && column.type === 'category' && { categories: categoryTable(levelsOf(column) as string[]) }),
  };
}
