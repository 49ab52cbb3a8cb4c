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
  const place = (name: string) => source.columns.findIndex((column) => column.name === name);
  const reader = ({ name, type, missing }: (typeof used)[number]) => {
    const at = place(name);
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
  const columns = used.map((column) => ({ column, cells: rows.map(({ cells }) => reader(column)(cells)) }));
  const classes =
    inferred.target.kind === 'numeric' || inferred.target.kind === 'count' ? [] : classesOf(targets);
  const fold = foldsOf(targets, classes);
  const spec: Spec = {
    name,
    columns: columns.map(({ column, cells }) => ({
      name: column.name,
      ...(column.type === 'string' && { levels: [...new Set(cells)].filter((text) => text !== '').sort() }),
    })),
    target,
    classes,
    rows: rows.length,
    fold: Array.from(fold),
    heldOut: rows.length < fewForAllFolds ? Array.from({ length: folds }, (_, i) => i) : [0],
    shares: withMissing ? [...missingShares] : [0],
  };
  const place_ = join(folder, 'spec.json');
  const text = JSON.stringify(spec);
  if (existsSync(place_) && readFileSync(place_, 'utf8') === text) return spec;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const share of spec.shares) {
    const random = createRandom(1 + 1000 * share);
    const isText = columns.map(({ column }) => column.type === 'string');
    const lines = targets.map((target, row) => {
      const cells = columns.map(({ cells }, i) => {
        if (random.uniform() < share || cells[row] === '') return '';
        return isText[i] ? quoted(cells[row]) : cells[row];
      });
      return [...cells, classes.length > 0 ? quoted(target) : target].join();
    });
    const header = [...columns.map(({ column }) => column.name), target].map(quoted).join();
    writeFileSync(cellsFile(folder, share), [header, ...lines, ''].join('\n'));
  }
  writeFileSync(place_, text);
  return spec;
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
