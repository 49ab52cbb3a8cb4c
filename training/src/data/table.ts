import { someOf, type Value } from '@hearth/artifact';
import { inputError, Refusals } from '../errors.ts';
import { rolesIn } from '../sampling/columns.ts';
import { type Matched, matchedBy } from '../sampling/matched.ts';
import { readSampling, type Sampled } from '../sampling/read.ts';
import type { Sampling } from '../sampling/sampling.ts';
import { readSource, type SourceTable } from '../sources/index.ts';
import { readCells } from './cells.ts';
import { type Fault, faultLine, withoutFaulty } from './fault.ts';
import type { Cell, Field } from './field.ts';
import { assertVaries, magnitudeFaults } from './magnitudes.ts';
import type { DataPackage } from './package.ts';
import { priorsOf } from './priors.ts';
import { readSamplingCells } from './sampling-cells.ts';
import {
  type Classes,
  type ClassLabels,
  learnedTarget,
  type TargetType,
  type TargetValues,
  targetValues,
} from './targets.ts';
import { type Learnable, learnableInputs } from './unlearnable.ts';
import { categoryFaults, repeatedValues } from './whole-columns.ts';

export type Inputs = Record<string, Cell>;

/** The training rows of a data package. */
export interface Table {
  data: DataPackage;
  /** SHA-256 of the file. */
  sha256: string;
  /** Input values by column, null where missing; [rows]. */
  inputs: Inputs[];
  kind: TargetType;
  /** 0 or 1 for a binary target, the value for a numeric one, the number of the class for one of several; [rows]. */
  target: Float64Array;
  /** How rows count and may be split; undefined if all are alike. */
  sampling?: Sampling;
  /** The sets of a matched study, if the table looks like one. */
  matched?: Matched;
  /** Of a target with several classes. */
  classes?: Classes;
  /** Of a number whose quantiles are predicted, ascending. */
  quantiles?: readonly number[];
  /** The texts of 0 and 1, where the table has others. */
  labels?: ClassLabels;
  /** What was assumed or left out, one sentence each. */
  notes: readonly string[];
}

/** With fewer, nested cross-validation has too little to evaluate. */
const fewest = { rows: 30, ofEachClass: 10 };

/**
 * Reads and checks the table.
 * @param faults what is wrong in the data package already
 * @param read the file, if it has been read
 * @throws InputError of all faults: these, bad cells, missing or empty columns, too few rows, a target that is always the same
 */
export async function readTable(
  data: DataPackage,
  faults: readonly Fault[] = [],
  read?: SourceTable,
): Promise<Table> {
  const refusals = new Refusals();
  refusals.add('BAD_PACKAGE', faults.map(faultLine));
  // how to read the file is not known
  if (faults.some(({ place }) => place.startsWith(`${data.path}: resources`))) refusals.assertNone();
  const source = read ?? (await readSource(data.csv, data.source).catch((error) => refusals.failWith(error)));
  return judgeTable(source, data, faults, refusals);
}

/**
 * Checks a table that is read.
 * @param faults what is wrong in its description; the cells of fields that they are about are not judged
 * @throws InputError of these faults, what was refused already, and all that is wrong with the table
 */
export function judgeTable(
  source: SourceTable,
  data: DataPackage,
  faults: readonly Fault[],
  refusals: Refusals,
): Table {
  const { name } = data.target;
  const given = (field: Field): Field =>
    field.name === data.sampling?.exposure
      ? { ...field, constraints: { ...field.constraints, required: true } }
      : field;
  const fields = withoutFaulty([...data.inputs, data.target], faults);
  const { rows: all, faulty } = readCells(source, data, refusals, fields.map(given));
  refusals.add('BAD_CELLS', magnitudeFaults(source, all, fields));
  refusals.add('BAD_CELLS', repeatedValues(source, all, fields));
  const readable = fields.filter((field) => !faulty.has(field.name));
  const isTargetRead = readable.includes(data.target);
  const known = Array.from(all.keys()).filter((row) => !isTargetRead || all[row][name] !== null);
  const sampled = sampleRows(source, data, known, refusals);
  const rows = sampled ? Array.from(sampled.rows, (row) => all[known[row]]) : known.map((row) => all[row]);
  const found = isTargetRead ? readTarget(data, rows, refusals) : undefined;
  if (sampled || data.sampling?.count === undefined)
    refusals.attempt(() => assertEnough(data, rows.length, found));
  const learnable = readInputs(source, data, readable, { all, rows }, refusals);
  refusals.assertNone();
  const { kind, values: target, labels, classes, quantiles, notes } = found as TargetValues;
  const { sampling: read, notes: sampledNotes } = sampled as Sampled;
  const priors = priorsOf(data, { kind, classes });
  const sampling = priors ? { ...read, priors } : read;
  const matched = kind === 'binary' ? matchedSets(data, rows, sampling, target) : undefined;
  return {
    data: { ...data, inputs: learnable.inputs },
    sha256: source.sha256,
    inputs: onlyInputs(learnable.inputs, all, rows),
    kind,
    target,
    ...(labels && { labels }),
    ...(classes && { classes }),
    ...(quantiles && { quantiles }),
    ...(sampling && { sampling }),
    ...(matched && { matched }),
    notes: [
      ...source.notes,
      ...leftOut(all.length - known.length, name),
      ...sampledNotes,
      ...learnable.notes,
      ...notes,
    ],
  };
}

interface Rows {
  /** Those of the file. */
  all: readonly Inputs[];
  /** Those with a target, as often as they count. */
  rows: readonly Inputs[];
}

/** The fields that a model learns from. Refuses texts that are no categories, and columns without a value. */
function readInputs(
  source: SourceTable,
  data: DataPackage,
  readable: readonly Field[],
  { all, rows }: Rows,
  refusals: Refusals,
): Learnable {
  const learnable = learnableInputs(
    data,
    readable.filter((field) => field !== data.target),
    rows,
  );
  const { inputs } = learnable;
  const learned = inputs.filter(({ name }) => name !== data.sampling?.exposure);
  if (learned.length === 0 && readable.length === data.inputs.length + 1)
    refusals.add('BAD_TARGET', [
      `${data.csv}: there is no column to predict "${data.target.name}" from; every other one is left out`,
    ]);
  refusals.add('BAD_CELLS', categoryFaults(source, all, inputs));
  const empty = inputs.filter(({ name }) => rows.every((row) => row[name] === null));
  refusals.attempt(() => {
    if (empty.length > 0)
      throw inputError('EMPTY_COLUMN', data.csv, someOf(empty.map(({ name }) => `"${name}"`)), data.path);
  });
  return learnable;
}

/** The rows with only these fields; one that counts several times is one object. */
function onlyInputs(fields: readonly Field[], all: readonly Inputs[], rows: readonly Inputs[]): Inputs[] {
  const chosen = new Map(
    all.map((row) => [row, Object.fromEntries(fields.map(({ name }) => [name, row[name]]))]),
  );
  return rows.map((row) => chosen.get(row) as Inputs);
}

/** The rows as their counts, weights, groups and times say; undefined if these are refused. @param known the rows that count */
function sampleRows(
  source: SourceTable,
  data: DataPackage,
  known: readonly number[],
  refusals: Refusals,
): Sampled | undefined {
  const { csv, sampling = {}, samplingFields = [] } = data;
  const { rows, faulty } = readSamplingCells(source, data, refusals);
  const isRead = (column: string) =>
    !faulty.has(column) && samplingFields.some(({ name }) => name === column);
  if (!rolesIn(sampling).every(([, column]) => isRead(column))) return undefined;
  return refusals.attempt(() =>
    readSampling(
      csv,
      sampling,
      known.map((row) => rows[row]),
    ),
  );
}

/** The values of the target; undefined if nothing can be learned from them. */
function readTarget(
  data: DataPackage,
  rows: readonly Record<string, Cell>[],
  refusals: Refusals,
): TargetValues | undefined {
  const { csv, path, target, descriptor } = data;
  const found = refusals.attempt(() =>
    targetValues(
      target,
      descriptor.hearth,
      rows.map((row) => row[target.name] as Value),
      (why) => inputError('BAD_TARGET', csv, why),
    ),
  );
  if (!found) return undefined;
  const { kind, values } = found;
  if (descriptor.hearth.decision && kind !== 'binary')
    refusals.add('BAD_PACKAGE', [`${path}: hearth.decision: is of a probability, the target is ${kind}`]);
  refusals.add('BAD_PACKAGE', exposureFaults(data, kind));
  refusals.attempt(() => {
    assertDiffers(data, values);
    if (kind === 'numeric' || kind === 'count') assertVaries(data, values);
  });
  refusals.attempt(() => priorsOf(data, found));
  return found;
}

function exposureFaults({ path, inputs, sampling }: DataPackage, kind: TargetType): string[] {
  const exposure = sampling?.exposure;
  const field = inputs.find(({ name }) => name === exposure);
  if (!field) return [];
  const { type } = field;
  return [
    ...(kind === 'count'
      ? []
      : [`${path}: hearth.exposure: is of a count, the target is ${kind}; a count has "counts": true`]),
    ...(type === 'integer' || type === 'number'
      ? []
      : [`${path}: hearth.exposure: "${exposure}" is of type ${type}; an exposure is a number`]),
  ];
}

/** The sets of a matched study, by the groups or by a column of whole numbers or texts. */
function matchedSets(
  { inputs, sampling: columns }: DataPackage,
  rows: readonly Record<string, Cell>[],
  sampling: Sampling | undefined,
  target: Float64Array,
): Matched | undefined {
  const grouped =
    sampling?.groups && columns?.group !== undefined
      ? [{ name: columns.group, values: sampling.groups }]
      : [];
  const others = inputs.map(({ name }) => ({ name, values: rows.map((row) => row[name]) }));
  return matchedBy([...grouped, ...others], target);
}

const leftOut = (count: number, target: string): string[] =>
  count === 0
    ? []
    : [
        `${count} ${count === 1 ? 'row has' : 'rows have'} no value of the target "${target}" and ${count === 1 ? 'is' : 'are'} left out.`,
      ];

function assertDiffers({ csv, target: { name } }: DataPackage, values: Float64Array): void {
  if (values.length > 0 && values.every((y) => y === values[0]))
    throw inputError('BAD_TARGET', csv, `every row has the same "${name}": there is nothing to learn`);
}

function assertEnough(
  { csv, target: { name } }: DataPackage,
  rows: number,
  found: TargetValues | undefined,
): void {
  if (rows < fewest.rows) throw inputError('TOO_FEW_ROWS', csv, `${rows} rows`, `at least ${fewest.rows}`);
  if (!found || !learnedTarget(found.kind).hasClasses) return;
  const counts = ([0, 1] as const).map((label) => ({
    label,
    rows: found.values.filter((y) => y === label).length,
  }));
  const few = counts.find(({ rows }) => rows > 0 && rows < fewest.ofEachClass);
  if (!few) return;
  const value = found.labels?.[few.label]?.en ?? few.label;
  throw inputError(
    'TOO_FEW_ROWS',
    csv,
    `${few.rows} rows with ${name} = ${value}`,
    `${fewest.ofEachClass} of each`,
  );
}

/** The number of missing cells by column; complete columns are left out. */
export function missingCells({ data, inputs }: Table): Record<string, number> {
  const counted = data.inputs.map(
    ({ name }) => [name, inputs.filter((row) => row[name] === null).length] as const,
  );
  return Object.fromEntries(counted.filter(([, missing]) => missing > 0));
}
