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
  /** Of a count for an exposure. */
  exposure?: Exposure;
  /** Of a number whose quantiles are predicted: the quantiles, ascending, and the design for learning its mean. */
  quantiles?: { levels: readonly number[]; location: Design };
  /** Of a target with several classes, whose numbers the target holds. */
  classes?: Classes;
  /** Numbers in an answer: the number of classes or quantiles, or 1. */
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

/** For how much the events of each row are counted: the last column, which no tree sees. */
export interface Exposure {
  /** The index of its column, and its feature. */
  column: number;
  feature: Feature;
  /** [rows], and their mean. */
  values: Float64Array;
  mean: number;
  /** The design whose target is the rate, of an exposure of the mean, and whose rows weigh as much as their exposure over the mean. */
  rates: Design;
}

/** @throws InputError for a column that the table does not have */
export function createDesign(table: Table, names?: readonly string[]): Design {
  const all = describeColumns(table);
  const exposure = table.data.sampling?.exposure;
  const given = names ?? all.map(({ name }) => name);
  const columns = [
    ...given.filter((name) => name !== exposure),
    ...given.filter((name) => name === exposure),
  ].map((name) => findColumn(table, all, name));
  const cells = columns.map((column) => cellsOf(column, table));
  const variables = columns.map((column, i) =>
    column.name === exposure ? [] : variablesOf(column, cells[i], i),
  );
  const whole = designOf(table, columns, cells, variables.flat());
  const encoders = columns.map((column, i) =>
    isEncoded(column) ? encoderOf(column, cells[i], i, whole.exposure?.rates ?? whole) : undefined,
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
    shareRows(design);
    known.set(rows, design);
    return design;
  };
  whole.forRows = forRows;
  shareRows(whole);
  return whole;
}

/** The rates of a design, or its location, are encoded for the same rows. */
function shareRows({ exposure, quantiles, forRows }: Design): void {
  if (exposure) exposure.rates.forRows = (rows) => forRows(rows).exposure?.rates as Design;
  if (quantiles) quantiles.location.forRows = (rows) => forRows(rows).quantiles?.location as Design;
}

function designOf(
  table: Table,
  columns: Column[],
  cells: readonly Float64Array[],
  variables: readonly Variable[],
): Design {
  if (table.quantiles) return quantileDesign(table, columns, cells, variables, table.quantiles);
  const last = columns.length - 1;
  const values = table.sampling?.exposures;
  if (!values || columns[last].name !== table.data.sampling?.exposure)
    return learningDesign(table, columns, cells, variables, table);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const rates = learningDesign(table, columns, cells, variables, ratesOf(table, values, mean));
  const design: Design = {
    ...rates,
    target: table.target,
    ...(table.sampling && { sampling: table.sampling }),
    exposure: { column: last, feature: { column: columns[last].name, log: true }, values, mean, rates },
    forRows: () => design,
  };
  return design;
}

function quantileDesign(
  table: Table,
  columns: Column[],
  cells: readonly Float64Array[],
  variables: readonly Variable[],
  levels: readonly number[],
): Design {
  const location = learningDesign(table, columns, cells, variables, table);
  const design: Design = {
    ...location,
    outputs: levels.length,
    quantiles: { levels, location },
    forRows: () => design,
  };
  return design;
}

/**
 * Events over exposure, with rows that weigh as much as their exposure. The log likelihood of a Poisson regression of such rates,
 * Σ e · (y/e · η − exp η), is that of the counts with the offset ln e, Σ y · (η + ln e) − exp(η + ln e), up to a constant (McCullagh & Nelder
 * 1989, ch. 6; Frome 1983, Biometrics 39). Divided by their mean, exposures weigh like rows, whatever their unit.
 */
function ratesOf(
  { target, sampling }: Table,
  exposures: Float64Array,
  mean: number,
): Pick<Design, 'target' | 'sampling'> {
  return {
    target: target.map((events, row) => (events * mean) / exposures[row]),
    sampling: {
      ...sampling,
      weights: exposures.map((each, row) => ((sampling?.weights?.[row] ?? 1) * each) / mean),
    },
  };
}

/** @param learned what is learned, and how the rows count */
function learningDesign(
  table: Table,
  columns: Column[],
  cells: readonly Float64Array[],
  variables: readonly Variable[],
  { target, sampling }: Pick<Design, 'target' | 'sampling'>,
): Design {
  const grown = variables.map(({ grown }) => ({ ...grown, always: columns[grown.owner].required }));
  const features = variables.flatMap((variable) => variable.features);
  const { loss, link, hasClasses } = learnedTarget(table.kind);
  const rows = table.inputs.map((_, row) => row);
  const numbers = once(() => rows.map((row) => Float64Array.from(grown, ({ values }) => values[row])));
  const x = once(() => numbers().map((row) => featuresOf(row, variables, features.length)));
  const binned = once(() => binTable(grown));
  const numberTable = once(() => ({
    x: numbers(),
    columns: grown.map(({ values: _, ...column }) => column),
    target,
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
    target,
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
