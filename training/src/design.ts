import { type Column, didYouMean, type Feature, featureReader, kindOf, someOf } from '@hearth/artifact';
import { describeColumns } from './data/columns.ts';
import type { Table } from './data/table.ts';
import { type Classes, type LearnedTarget, learnedTarget } from './data/targets.ts';
import { inputError } from './errors.ts';
import { type BinnedTable, binTable } from './grow/index.ts';
import type { NumberTable } from './learners/additive/index.ts';
import type { Sampling } from './sampling/sampling.ts';
import { encoderOf } from './target-encoding.ts';
import { isEncoded, type Variable, variablesOf } from './variables.ts';

/** A table in the forms that the learners need, each computed when it is first used. */
export interface Design {
  table: Table;
  /** The columns that a model may use. */
  columns: Column[];
  /** One per numeric variable, one per category, in the order of the columns. */
  features: Feature[];
  /** Index of the column that each feature belongs to; [features]. */
  owners: Int32Array;
  /** [rows][features], NaN where missing. */
  x: Float64Array[];
  /** The variables as numbers: the index for a category, NaN where missing. */
  numbers: NumberTable;
  /** The same variables in bins. */
  binned: BinnedTable;
  /** [rows] */
  target: ArrayLike<number>;
  loss: LearnedTarget['loss'];
  link: LearnedTarget['link'];
  /** Whether the target is 0 or 1. */
  hasClasses: boolean;
  /** How rows count and may be split; undefined if all are alike. */
  sampling?: Sampling;
  /** Of a target with several classes, whose numbers the target holds. */
  classes?: Classes;
  /** Numbers in an answer: the number of classes, or 1. */
  outputs: number;
  /**
   * The design for learning from these rows only: the numbers of large categories come from their targets. Until then, such columns are
   * missing everywhere. Any other table has the same design for all rows.
   */
  forRows(rows: Int32Array): Design;
  /** The features of the design with others behind them. @param sets of categories, on which these may be */
  adding(
    added: readonly Feature[],
    sets?: Uint8Array,
  ): Pick<Design, 'features' | 'owners'> & {
    /** The features of every row as a reader of the artifact computes them; [rows][features]. */
    read(): Float64Array[];
  };
}

/** @throws InputError for a column that the table does not have */
export function createDesign(table: Table, names?: readonly string[]): Design {
  const all = describeColumns(table);
  const columns = (names ?? all.map(({ name }) => name)).map((name) => findColumn(table, all, name));
  const cells = columns.map((column) => cellsOf(column, table));
  const variables = columns.map((column, i) => variablesOf(column, cells[i], i));
  const whole = designOf(table, columns, cells, variables.flat());
  const encoders = columns.map((column, i) =>
    isEncoded(column) ? encoderOf(column, cells[i], i, whole) : undefined,
  );
  if (!encoders.some(Boolean)) return whole;
  // the same rows are asked for again, by each setting that is tried on them
  const known = new WeakMap<Int32Array, Design>();
  const forRows = (rows: Int32Array): Design => {
    const before = known.get(rows);
    if (before) return before;
    const encoded = variables.map((own, i) => encoders[i]?.(rows) ?? own);
    const design = designOf(table, columns, cells, encoded.flat());
    design.forRows = forRows;
    known.set(rows, design);
    return design;
  };
  whole.forRows = forRows;
  return whole;
}

function designOf(
  table: Table,
  columns: Column[],
  cells: readonly Float64Array[],
  variables: readonly Variable[],
): Design {
  const grown = variables.map(({ grown }) => ({ ...grown, always: columns[grown.owner].required }));
  const features = variables.flatMap((variable) => variable.features);
  const { loss, link, hasClasses } = learnedTarget(table.kind);
  const { sampling } = table;
  const rows = table.inputs.map((_, row) => row);
  const numbers = once(() => rows.map((row) => Float64Array.from(grown, ({ values }) => values[row])));
  const x = once(() => numbers().map((row) => featuresOf(row, variables, features.length)));
  const binned = once(() => binTable(grown));
  const numberTable = once(() => ({
    x: numbers(),
    columns: grown.map(({ values: _, ...column }) => column),
    target: table.target,
    loss,
    ...(sampling && { sampling }),
  }));
  const design: Design = {
    table,
    columns,
    features,
    owners: Int32Array.from(variables.flatMap(({ grown: { owner }, features }) => features.map(() => owner))),
    get x() {
      return x();
    },
    get numbers() {
      return numberTable();
    },
    get binned() {
      return binned();
    },
    target: table.target,
    loss,
    link,
    hasClasses,
    ...(sampling && { sampling }),
    ...(table.classes && { classes: table.classes }),
    outputs: table.classes?.length ?? 1,
    forRows: () => design,
    adding(added, sets) {
      const all = [...features, ...added];
      return {
        features: all,
        owners: Int32Array.from(all, (feature) => columns.findIndex(({ name }) => name === feature.column)),
        read: () => readFeatures(all, sets),
      };
    },
  };
  return design;

  function readFeatures(all: readonly Feature[], sets?: Uint8Array): Float64Array[] {
    const toFeatures = featureReader(all, columns, sets);
    return rows.map((row) => {
      const x = new Float64Array(all.length);
      const own = Float64Array.from(cells, (column) => column[row]);
      toFeatures(own, 0, x, 0);
      return x;
    });
  }
}

/** A value that is made when it is first asked for: no learner needs every form of a table. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The features of a row: a number, or an indicator for each category. */
function featuresOf(row: Float64Array, variables: readonly Variable[], count: number): Float64Array {
  const x = new Float64Array(count);
  let next = 0;
  for (const [i, { grown, features }] of variables.entries()) {
    for (let k = 0; k < features.length; k++)
      x[next++] = grown.kind === 'numeric' || Number.isNaN(row[i]) ? row[i] : Number(row[i] === k);
  }
  return x;
}

function findColumn({ data }: Table, all: readonly Column[], name: string): Column {
  const column = all.find((each) => each.name === name);
  if (column) return column;
  const known = all.map((each) => each.name);
  throw inputError('UNKNOWN_COLUMN', data.path, name, someOf(known) + didYouMean(name, known));
}

function cellsOf(column: Column, { inputs, data }: Table): Float64Array {
  const toCell = kindOf(column).toCell(column, data.target.timeZone);
  return Float64Array.from(inputs, ({ [column.name]: value }) =>
    value === null ? Number.NaN : toCell(value),
  );
}
