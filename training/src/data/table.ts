import { inputError } from '../errors.ts';
import { readCells } from './cells.ts';
import { readCsv } from './csv.ts';
import type { Cell } from './field.ts';
import { assertMagnitudes, assertVaries } from './magnitudes.ts';
import type { DataPackage } from './package.ts';
import { type Classes, classesOf, learnedTarget, mostClasses, type TargetType } from './targets.ts';

export type Inputs = Record<string, Cell>;

/** The training rows of a data package. */
export interface Table {
  data: DataPackage;
  /** SHA-256 of the CSV file. */
  sha256: string;
  /** Input values by column, null where missing; [rows]. */
  inputs: Inputs[];
  kind: TargetType;
  /** 0 or 1 for a binary target, the value for a numeric one, the number of the class for one of several; [rows]. */
  target: Float64Array;
  /** Of a target with several classes. */
  classes?: Classes;
}

/** With fewer, nested cross-validation has too little to evaluate. */
const fewest = { rows: 30, ofEachClass: 10, ofEachOfSeveral: 2 };

/**
 * Reads and checks the table.
 * @throws InputError for a bad cell, a missing or empty column, too few rows, or a target that is always the same
 */
export async function readTable(data: DataPackage): Promise<Table> {
  const csv = await readCsv(data.csv, data.delimiter);
  const absent = [...data.inputs, data.target].find(({ name }) => !csv.header.includes(name));
  if (absent)
    throw inputError('BAD_HEADER', data.csv, `the column "${absent.name}" of ${data.path} is missing`);
  const rows = readCells(csv, data);
  assertMagnitudes(csv, rows, data);
  const { target, classes } = readTarget(data, rows);
  const inputs = rows.map((row) => Object.fromEntries(data.inputs.map(({ name }) => [name, row[name]])));
  assertLearnable(data, target);
  if (classes) assertClasses(data, target, classes);
  else if (!learnedTarget(data.kind).hasClasses) assertVaries(data, target);
  const empty = data.inputs.find(({ name }) => inputs.every((row) => row[name] === null));
  if (empty) throw inputError('EMPTY_COLUMN', data.csv, empty.name, data.path);
  return { data, sha256: csv.sha256, inputs, kind: data.kind, target, ...(classes && { classes }) };
}

function readTarget(
  { kind, target }: DataPackage,
  rows: readonly Inputs[],
): Pick<Table, 'target' | 'classes'> {
  const cells = rows.map((row) => row[target.name]);
  if (kind !== 'classes') return { target: Float64Array.from(cells, Number) };
  const classes = classesOf(target, cells);
  const index = new Map(classes.map(({ value }, k) => [value, k]));
  return { target: Float64Array.from(cells, (cell) => index.get(String(cell)) ?? Number.NaN), classes };
}

/** Rare classes can be learned, but every fold but one or two has no row of them. */
function assertClasses({ csv, target: { name } }: DataPackage, target: Float64Array, classes: Classes): void {
  if (classes.length > mostClasses)
    throw inputError(
      'BAD_TARGET',
      csv,
      `"${name}" has ${classes.length} classes; at most ${mostClasses} can be learned`,
    );
  const rows = classes.map(() => 0);
  for (const k of target) rows[k]++;
  const rare = rows.findIndex((count) => count < fewest.ofEachOfSeveral);
  if (rare >= 0)
    throw inputError(
      'TOO_FEW_ROWS',
      csv,
      `${rows[rare]} rows with ${name} = ${classes[rare].value}`,
      `${fewest.ofEachOfSeveral} of each class: leave the class out, or join it with another`,
    );
}

function assertLearnable({ csv, kind, target: { name } }: DataPackage, target: Float64Array): void {
  if (target.length < fewest.rows)
    throw inputError('TOO_FEW_ROWS', csv, `${target.length} rows`, `at least ${fewest.rows}`);
  if (target.every((y) => y === target[0]))
    throw inputError('BAD_TARGET', csv, `every row has the same "${name}": there is nothing to learn`);
  if (!learnedTarget(kind).hasClasses) return;
  for (const label of [0, 1]) {
    const rows = target.filter((y) => y === label).length;
    if (rows < fewest.ofEachClass)
      throw inputError(
        'TOO_FEW_ROWS',
        csv,
        `${rows} rows with ${name} = ${label}`,
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
