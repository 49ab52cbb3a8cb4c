import { join } from 'node:path';
import { byName, someOf } from '@hearth/artifact';
import * as v from 'valibot';
import { InputError, inputError, type Refusals } from '../errors.ts';
import type { SourceTable } from '../sources/index.ts';
import { asShape, readJson } from './files.ts';
import { cellText, columnIndex } from './places.ts';

const reasons = { why: v.string(), source: v.optional(v.string()) };
const cells = byName(v.string());

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

export interface Corrected {
  table: SourceTable;
  /** Columns of steps that were refused: their cells cannot be judged. */
  faulty: ReadonlySet<string>;
}

/** Applies the steps in order. Refuses those that do not fit the file, and leaves out what depends on them. */
export function correct(
  table: SourceTable,
  { steps }: Corrections,
  path: string,
  refusals: Refusals,
): Corrected {
  const faulty = new Set<string>();
  let now = table;
  for (const [i, step] of steps.entries()) {
    const columns = columnsOf(step);
    const isPossible = !columns.some((name) => faulty.has(name));
    const next = isPossible && refusals.attempt(() => applyStep(now, step, path, `steps.${i}`));
    if (next) now = next;
    else for (const name of columns) faulty.add(name);
  }
  return { table: now, faulty };
}

/** The columns that a step changes. */
function columnsOf(step: Step): string[] {
  if ('recode' in step) return [step.recode];
  return 'rename' in step ? [step.rename, step.to] : [];
}

/** What a step does, in a few words. */
export function describeStep(step: Step): string {
  if ('recode' in step) return `recode ${step.recode}`;
  if ('drop' in step) return `drop line ${step.drop}`;
  if ('add' in step) return 'add a row';
  return `rename ${step.rename} to ${step.to}`;
}

function applyStep(table: SourceTable, step: Step, path: string, at: string): SourceTable {
  if ('recode' in step) return recode(table, step, path, at);
  if ('drop' in step) return drop(table, step, path, at);
  if ('add' in step) return add(table, step, path, at);
  const renamed = placeOf(table, step.rename, path, at);
  const columns = table.columns.map((column, i) => (i === renamed ? { ...column, name: step.to } : column));
  return { ...table, columns };
}

function recode(
  table: SourceTable,
  { recode: column, values }: v.InferOutput<typeof Recode>,
  path: string,
  at: string,
): SourceTable {
  const recoded = placeOf(table, column, path, at);
  const faults: string[] = [];
  const rows = table.rows.map(({ place, cells }) => {
    const cell = cellText(cells[recoded]);
    if (!Object.hasOwn(values, cell)) {
      const known = someOf(Object.keys(values));
      faults.push(
        `${table.path}, ${table.unit} ${place}, column "${column}": "${cell}" is not one of ${known}`,
      );
    }
    return { place, cells: cells.with(recoded, values[cell]) };
  });
  if (faults.length > 0) throw new InputError('BAD_CELLS', faults);
  return { ...table, rows };
}

function drop(
  table: SourceTable,
  { drop: place, is }: v.InferOutput<typeof Drop>,
  path: string,
  at: string,
): SourceTable {
  const row = table.rows.find((each) => each.place === place);
  const matches =
    row && Object.entries(is).every(([name, cell]) => cellText(row.cells[columnIndex(table, name)]) === cell);
  if (!matches) {
    const why = `${table.unit} ${place} of ${table.path} is not the row to drop`;
    throw inputError('BAD_CORRECTIONS', path, at, why);
  }
  return { ...table, rows: table.rows.filter((each) => each !== row) };
}

function add(
  table: SourceTable,
  { add: given }: v.InferOutput<typeof Add>,
  path: string,
  at: string,
): SourceTable {
  const missing = table.columns.find(({ name }) => !Object.hasOwn(given, name));
  if (missing) throw inputError('BAD_CORRECTIONS', path, at, `the added row has no "${missing.name}"`);
  const cells = table.columns.map(({ name }) => given[name]);
  return { ...table, rows: [...table.rows, { place: 0, cells }] };
}

function placeOf(table: SourceTable, column: string, path: string, at: string): number {
  const place = columnIndex(table, column);
  if (place >= 0) return place;
  throw inputError('BAD_CORRECTIONS', path, at, `${table.path} has no column "${column}"`);
}
