import { someOf, type Value } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { type Matched, matchedBy } from '../sampling/matched.ts';
import { readSampling } from '../sampling/read.ts';
import type { Sampling } from '../sampling/sampling.ts';
import { readSource } from '../sources/index.ts';
import { readCells } from './cells.ts';
import type { Cell } from './field.ts';
import { assertMagnitudes, assertVaries } from './magnitudes.ts';
import type { DataPackage } from './package.ts';
import { readSamplingCells } from './sampling-cells.ts';
import {
  type Classes,
  type ClassLabels,
  learnedTarget,
  type TargetType,
  type TargetValues,
  targetValues,
} from './targets.ts';
import { learnableInputs } from './unlearnable.ts';
import { assertCategories, assertUnique } from './whole-columns.ts';

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
  /** The texts of 0 and 1, where the table has others. */
  labels?: ClassLabels;
  /** What was assumed or left out, one sentence each. */
  notes: readonly string[];
}

/** With fewer, nested cross-validation has too little to evaluate. */
const fewest = { rows: 30, ofEachClass: 10 };

/**
 * Reads and checks the table.
 * @throws InputError for a bad cell, a missing or empty column, too few rows, or a target that is always the same
 */
export async function readTable(data: DataPackage): Promise<Table> {
  const source = await readSource(data.csv, data.source);
  const all = readCells(source, data);
  assertMagnitudes(source, all, data);
  assertUnique(source, all, data);
  const { name } = data.target;
  const known = Array.from(all.keys()).filter((row) => all[row][name] !== null);
  const cells = readSamplingCells(source, data);
  const sampled = readSampling(
    data.csv,
    data.sampling ?? {},
    known.map((row) => cells[row]),
  );
  const rows = Array.from(sampled.rows, (row) => all[known[row]]);
  const found = targetValues(
    data.target,
    data.descriptor.hearth.positive,
    rows.map((row) => row[name] as Value),
    (why) => inputError('BAD_TARGET', data.csv, why),
  );
  const { kind, values: target, labels, classes } = found;
  if (data.descriptor.hearth.decision && kind !== 'binary')
    throw inputError(
      'BAD_PACKAGE',
      data.path,
      'hearth.decision',
      `is of a probability, the target is ${kind}`,
    );
  assertLearnable(data, found);
  if (kind === 'numeric') assertVaries(data, target);
  assertWeighable(data, kind);
  const learnable = learnableInputs(data, rows);
  assertCategories(source, all, learnable.inputs);
  const named = new Map(
    all.map((row) => [row, Object.fromEntries(learnable.inputs.map(({ name }) => [name, row[name]]))]),
  );
  const inputs = rows.map((row) => named.get(row) as Inputs);
  const empty = learnable.inputs.filter(({ name }) => inputs.every((row) => row[name] === null));
  if (empty.length > 0)
    throw inputError('EMPTY_COLUMN', data.csv, someOf(empty.map(({ name }) => `"${name}"`)), data.path);
  const { sampling } = sampled;
  const matched = kind === 'binary' ? matchedSets(data, rows, sampling, target) : undefined;
  return {
    data: { ...data, inputs: learnable.inputs },
    sha256: source.sha256,
    inputs,
    kind,
    target,
    ...(labels && { labels }),
    ...(classes && { classes }),
    ...(sampling && { sampling }),
    ...(matched && { matched }),
    notes: [
      ...source.notes,
      ...leftOut(all.length - known.length, name),
      ...sampled.notes,
      ...learnable.notes,
      ...found.notes,
    ],
  };
}

/** @throws InputError for what training cannot do with a target of this type */
function assertWeighable({ csv, sampling = {} }: DataPackage, kind: TargetType): void {
  const fault =
    sampling.prior !== undefined && kind !== 'binary'
      ? 'a prior is the share of one of two classes; leave it out'
      : sampling.weight !== undefined && kind === 'classes'
        ? 'rows of several classes cannot be weighed; leave the weight out, or use whole numbers as --count'
        : undefined;
  if (fault !== undefined) throw inputError('BAD_SAMPLING', csv, fault);
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
  const others = inputs
    .filter(({ type }) => type === 'integer' || type === 'string')
    .map(({ name }) => ({ name, values: rows.map((row) => row[name]) }));
  return matchedBy([...grouped, ...others], target);
}

const leftOut = (count: number, target: string): string[] =>
  count === 0
    ? []
    : [
        `${count} ${count === 1 ? 'row has' : 'rows have'} no value of the target "${target}" and ${count === 1 ? 'is' : 'are'} left out.`,
      ];

function assertLearnable(
  { csv, target: { name } }: DataPackage,
  { kind, values, labels }: TargetValues,
): void {
  if (values.length < fewest.rows)
    throw inputError('TOO_FEW_ROWS', csv, `${values.length} rows`, `at least ${fewest.rows}`);
  if (values.every((y) => y === values[0]))
    throw inputError('BAD_TARGET', csv, `every row has the same "${name}": there is nothing to learn`);
  if (!learnedTarget(kind).hasClasses) return;
  for (const label of [0, 1] as const) {
    const rows = values.filter((y) => y === label).length;
    if (rows < fewest.ofEachClass)
      throw inputError(
        'TOO_FEW_ROWS',
        csv,
        `${rows} rows with ${name} = ${labels?.[label]?.en ?? label}`,
        `${fewest.ofEachClass} of each`,
      );
  }
}

/** The number of missing cells by column; complete columns are left out. */
export function missingCells({ data, inputs }: Table): Record<string, number> {
  const counted = data.inputs.map(
    ({ name }) => [name, inputs.filter((row) => row[name] === null).length] as const,
  );
  return Object.fromEntries(counted.filter(([, missing]) => missing > 0));
}
