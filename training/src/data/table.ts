import { someOf, type Value } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { readSource } from '../sources/index.ts';
import { readCells } from './cells.ts';
import type { Cell } from './field.ts';
import { assertMagnitudes, assertVaries } from './magnitudes.ts';
import type { DataPackage } from './package.ts';
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
  const rows = all.filter((row) => row[name] !== null);
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
  const learnable = learnableInputs(data, rows);
  assertCategories(source, all, learnable.inputs);
  const inputs = rows.map((row) => Object.fromEntries(learnable.inputs.map(({ name }) => [name, row[name]])));
  const empty = learnable.inputs.filter(({ name }) => inputs.every((row) => row[name] === null));
  if (empty.length > 0)
    throw inputError('EMPTY_COLUMN', data.csv, someOf(empty.map(({ name }) => `"${name}"`)), data.path);
  const notes = [
    ...source.notes,
    ...leftOut(all.length - rows.length, name),
    ...learnable.notes,
    ...found.notes,
  ];
  const used = { ...data, inputs: learnable.inputs };
  const named = { ...(labels && { labels }), ...(classes && { classes }) };
  return { data: used, sha256: source.sha256, inputs, kind, target, ...named, notes };
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
