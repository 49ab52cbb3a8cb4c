import { join } from 'node:path';
import * as v from 'valibot';
import { inputError } from '../errors.ts';
import type { Csv } from './csv.ts';
import { asShape, readJson } from './files.ts';
import { listed } from './listed.ts';

const reasons = { why: v.string(), source: v.optional(v.string()) };
const cells = v.record(v.string(), v.string());

const Recode = v.strictObject({ recode: v.string(), values: cells, ...reasons });
const Drop = v.strictObject({ drop: v.pipe(v.number(), v.integer()), is: cells, ...reasons });
const Add = v.strictObject({ add: cells, ...reasons });
const Rename = v.strictObject({ rename: v.string(), to: v.string(), ...reasons });

const Corrections = v.strictObject({
  from: v.string(),
  to: v.string(),
  steps: v.array(v.union([Recode, Drop, Add, Rename])),
});
/** The steps that correct a published file, in order, each with its reason. */
export type Corrections = v.InferOutput<typeof Corrections>;
type Step = Corrections['steps'][number];

export const correctionsPath = (folder: string): string => join(folder, 'corrections.json');

export async function readCorrections(folder: string): Promise<Corrections> {
  const path = correctionsPath(folder);
  return asShape(path, await readJson(path), Corrections, 'BAD_CORRECTIONS');
}

/** Applies the steps in order. @throws InputError naming the step and the file that it does not fit */
export function correct(csv: Csv, corrections: Corrections, path: string): Csv {
  return corrections.steps.reduce((table, step, i) => applyStep(table, step, path, `steps.${i}`), csv);
}

/** What a step does, in a few words. */
export function describeStep(step: Step): string {
  if ('recode' in step) return `recode ${step.recode}`;
  if ('drop' in step) return `drop line ${step.drop}`;
  if ('add' in step) return 'add a row';
  return `rename ${step.rename} to ${step.to}`;
}

function applyStep(csv: Csv, step: Step, path: string, at: string): Csv {
  if ('recode' in step) return recode(csv, step, path, at);
  if ('drop' in step) return drop(csv, step, path, at);
  if ('add' in step) return add(csv, step, path, at);
  assertColumn(csv, step.rename, path, at);
  const renamed = (name: string) => (name === step.rename ? step.to : name);
  return {
    ...csv,
    header: csv.header.map(renamed),
    rows: csv.rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(Object.entries(cells).map(([name, cell]) => [renamed(name), cell])),
    })),
  };
}

function recode(csv: Csv, step: v.InferOutput<typeof Recode>, path: string, at: string): Csv {
  const { recode: column, values } = step;
  assertColumn(csv, column, path, at);
  const faults: string[] = [];
  const rows = csv.rows.map(({ line, cells }) => {
    if (!Object.hasOwn(values, cells[column])) {
      const known = Object.keys(values).join(', ');
      faults.push(`${csv.path}, line ${line}, column "${column}": "${cells[column]}" is not one of ${known}`);
    }
    return { line, cells: { ...cells, [column]: values[cells[column]] } };
  });
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
  return { ...csv, rows };
}

function drop(csv: Csv, { drop: line, is }: v.InferOutput<typeof Drop>, path: string, at: string): Csv {
  const row = csv.rows.find((each) => each.line === line);
  const matches = row && Object.entries(is).every(([name, cell]) => row.cells[name] === cell);
  if (!matches) {
    throw inputError('BAD_CORRECTIONS', path, at, `line ${line} of ${csv.path} is not the row to drop`);
  }
  return { ...csv, rows: csv.rows.filter((each) => each !== row) };
}

function add(csv: Csv, { add: cells }: v.InferOutput<typeof Add>, path: string, at: string): Csv {
  const missing = csv.header.find((name) => !Object.hasOwn(cells, name));
  if (missing !== undefined)
    throw inputError('BAD_CORRECTIONS', path, at, `the added row has no "${missing}"`);
  return { ...csv, rows: [...csv.rows, { line: 0, cells }] };
}

function assertColumn(csv: Csv, column: string, path: string, at: string): void {
  if (csv.header.includes(column)) return;
  throw inputError('BAD_CORRECTIONS', path, at, `${csv.path} has no column "${column}"`);
}
