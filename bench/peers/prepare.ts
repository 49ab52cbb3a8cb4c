import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, inferPackage, stratifiedFolds } from '@hearth/training';
import { exportTables } from '../tables/export.ts';
import { simulate } from './synthetic.ts';
import { type ComparedTable, fewForAllFolds, missingShares } from './tables.ts';

/** What every engine is told of a table; `spec.json` in its folder. */
export interface Spec {
  name: string;
  /** Names of the columns; those of categories with all their values. */
  columns: { name: string; levels?: string[] }[];
  target: string;
  /** The values of the target, the second of two the one whose probability is predicted; none of a number. */
  classes: string[];
  rows: number;
  /** The fold of each row; [rows]. */
  fold: number[];
  /** Folds that are held out, one after the other. */
  heldOut: number[];
  /** Shares of cells that are removed from the rows held out; `cells-SHARE.csv` is the table without them. */
  shares: number[];
}

const folds = 5;
/** The number of outputs of an answer. */
export const outputsOf = ({ classes }: Spec): number => (classes.length > 2 ? classes.length : 1);

/** Writes what the engines read, and removes results of other rows. @param simulated folder of simulated tables */
export async function prepare(table: ComparedTable, simulated: string, folder: string): Promise<Spec> {
  const { name, target, leaveOut = [], hasClasses, is, withMissing } = table;
  const { source, inferred } = await inferPackage(fileOf(table, simulated), {
    target,
    leaveOut,
    ...(hasClasses && { classes: true }),
  });
  const used = inferred.columns.filter((column) => !column.leftOut);
  const reader = ({ name, type, missing }: (typeof used)[number]) => {
    const at = source.columns.findIndex((column) => column.name === name);
    return (cells: readonly unknown[]): string => {
      const text = String(cells[at] ?? '').trim();
      if (text === '' || missing.includes(text)) return '';
      return type === 'boolean' ? (/^(true|1)$/i.test(text) ? '1' : '0') : text;
    };
  };
  const readTarget = reader(inferred.target);
  const rows = source.rows.filter(({ cells }) => readTarget(cells) !== '');
  const targets = rows.map(({ cells }) => {
    const text = readTarget(cells);
    return is === undefined ? text : text === is ? 'yes' : 'no';
  });
  const columns = used.map((column): TextColumn => {
    const read = reader(column);
    return {
      name: column.name,
      isCategory: column.type === 'string',
      cells: rows.map(({ cells }) => read(cells)),
    };
  });
  const classes =
    inferred.target.kind === 'numeric' || inferred.target.kind === 'count' ? [] : classesOf(targets);
  const fold = foldsOf(targets, classes);
  const spec: Spec = {
    name,
    columns: columns.map(({ name, isCategory, cells }) => ({
      name,
      ...(isCategory && { levels: [...new Set(cells)].filter((text) => text !== '').sort() }),
    })),
    target,
    classes,
    rows: rows.length,
    fold: Array.from(fold),
    heldOut: rows.length < fewForAllFolds ? Array.from({ length: folds }, (_, i) => i) : [0],
    shares: withMissing ? [...missingShares] : [0],
  };
  const file = join(folder, 'spec.json');
  const text = JSON.stringify(spec);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return spec;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const all = [...columns, { name: target, isCategory: classes.length > 0, cells: targets }];
  for (const share of spec.shares) writeFileSync(cellsFile(folder, share), csvWithout(share, all));
  writeFileSync(file, text);
  return spec;
}

/** A column as texts; '' is a missing cell. */
interface TextColumn {
  name: string;
  isCategory: boolean;
  cells: string[];
}

/** A table without a share of its cells, drawn at random; the last column, which is the target, keeps all. */
function csvWithout(share: number, columns: readonly TextColumn[]): string {
  const random = createRandom(1 + 1000 * share);
  const last = columns.length - 1;
  const lines = columns[last].cells.map((_, row) =>
    columns
      .map(({ isCategory, cells }, i) => {
        if ((i < last && random.uniform() < share) || cells[row] === '') return '';
        return isCategory ? quoted(cells[row]) : cells[row];
      })
      .join(),
  );
  return [columns.map(({ name }) => quoted(name)).join(), ...lines, ''].join('\n');
}

export const cellsFile = (folder: string, share: number): string => join(folder, `cells-${share}.csv`);

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The file of a table, made first if it is simulated or of an R package. */
function fileOf({ from, name }: ComparedTable, simulated: string): string {
  if ('r' in from) return join(exportTables(), `${from.r}.csv`);
  if ('data' in from) return join(import.meta.dirname, '../../data', from.data);
  const file = join(simulated, `${name.replaceAll(/\W/g, '-')}.csv`);
  if (!existsSync(file)) writeFileSync(file, simulate(from.synthetic, from.rows));
  return file;
}

const classesOf = (targets: readonly string[]): string[] => [...new Set(targets)].sort();

/** Folds with equal shares of the classes; of a number, at random. */
function foldsOf(targets: readonly string[], classes: readonly string[]): Uint8Array {
  const numbers = new Map(classes.map((text, i) => [text, i]));
  return stratifiedFolds(
    Uint8Array.from(targets, (text) => numbers.get(text) ?? 0),
    folds,
    11,
  );
}
