import { type Column, encodeRow, type Feature, featuresOf, isNumeric, levelsOf } from '@hearth/artifact';
import { describeColumns } from './data/columns.ts';
import type { Table } from './data/table.ts';
import { type LearnedTarget, learnedTarget } from './data/targets.ts';
import { inputError } from './errors.ts';
import { type BinnedTable, binTable, type GrowColumn } from './grow/index.ts';
import type { NumberTable } from './learners/additive/index.ts';
import type { Sampling } from './sampling/sampling.ts';
import { didYouMean } from './suggest.ts';

/** A table in the forms that the learners need, computed once for all of them. */
export interface Design {
  table: Table;
  /** The columns that a model may use. */
  columns: Column[];
  /** One per numeric column, one per category, in the order of the columns. */
  features: Feature[];
  /** Index of the column that each feature belongs to; [features]. */
  owners: Int32Array;
  /** [rows][features], NaN where missing. */
  x: Float64Array[];
  /** [rows][columns] as numbers: the index for a category, NaN where missing. */
  numbers: NumberTable;
  binned: BinnedTable;
  /** [rows] */
  target: ArrayLike<number>;
  loss: LearnedTarget['loss'];
  link: LearnedTarget['link'];
  /** Whether the target is 0 or 1. */
  hasClasses: boolean;
  /** How rows count and may be split; undefined if all are alike. */
  sampling?: Sampling;
}

/** @throws InputError for a column that the table does not have */
export function createDesign(table: Table, names?: readonly string[]): Design {
  const all = describeColumns(table);
  const columns = (names ?? all.map(({ name }) => name)).map((name) => findColumn(table, all, name));
  const features = columns.flatMap(featuresOf);
  const { loss, link, hasClasses } = learnedTarget(table.kind);
  const values = columns.map((column) => numbersOf(column, table));
  const { sampling } = table;
  return {
    table,
    columns,
    features,
    owners: Int32Array.from(features, ({ column }) => columns.findIndex(({ name }) => name === column)),
    x: table.inputs.map((row) => {
      const x = new Float64Array(features.length);
      encodeRow(features, row, x);
      return x;
    }),
    numbers: {
      x: table.inputs.map((_, row) => Float64Array.from(values, (column) => column[row])),
      columns: columns.map(growKind),
      target: table.target,
      loss,
      ...(sampling && { sampling }),
    },
    binned: binTable(columns.map((column, i) => growColumn(column, values[i]))),
    target: table.target,
    loss,
    link,
    hasClasses,
    ...(sampling && { sampling }),
  };
}

function findColumn({ data }: Table, all: readonly Column[], name: string): Column {
  const column = all.find((each) => each.name === name);
  if (column) return column;
  const known = all.map((each) => each.name);
  throw inputError('UNKNOWN_COLUMN', data.path, name, known.join(', ') + didYouMean(name, known));
}

function numbersOf(column: Column, { inputs }: Table): Float64Array {
  const levels = levelsOf(column);
  return Float64Array.from(inputs, ({ [column.name]: value }) =>
    value === null ? Number.NaN : (levels?.indexOf(value) ?? Number(value)),
  );
}

/** The kind of a column for the learners: categories or numbers. */
const growKind = (column: Column) => {
  if (column.type === 'category') return { kind: 'category' as const, categories: column.categories.length };
  const monotone = isNumeric(column) ? column.monotone : undefined;
  return { kind: 'numeric' as const, ...(monotone && { monotone }) };
};

const growColumn = (column: Column, values: Float64Array): GrowColumn => ({ ...growKind(column), values });
