import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDesign, createRandom, readPackage, readTable } from '@hearth/training';

type Random = ReturnType<typeof createRandom>;

const heart = join(import.meta.dirname, '../../data/heart/datapackage.json');

/** Values by column, [columns][rows], and the target, 0 or 1, [rows]. */
export interface Table {
  columns: Float64Array[];
  target: Float64Array;
}

/** Makes rows by drawing patients: rows of different seeds are independent draws of one distribution. */
export interface RowMaker {
  columns: number;
  make(rows: number, seed: number): Table;
}

/** Share of inverted targets: the best possible predictions are then 10 % and 90 %, and no tree ends early. */
const flipped = 0.1;

/**
 * Draws from the patients of the heart data without missing values. Categories are numbers, because not every peer has categories.
 */
export async function createRowMaker(): Promise<RowMaker> {
  const { numbers, target } = createDesign(await readTable(await readPackage(heart)));
  const patients = Array.from(numbers.x.keys()).filter((row) => !numbers.x[row].some(Number.isNaN));
  const steps = numbers.columns.map((_, column) => jitter(patients.map((row) => numbers.x[row][column])));
  return {
    columns: steps.length,
    make(rows, seed) {
      const random = createRandom(seed);
      const columns = steps.map(() => new Float64Array(rows));
      const targets = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        const patient = patients[random.below(patients.length)];
        for (const [column, move] of steps.entries()) {
          columns[column][row] = move(numbers.x[patient][column], random);
        }
        const turned = random.uniform() < flipped;
        targets[row] = turned ? 1 - target[patient] : target[patient];
      }
      return { columns, target: targets };
    },
  };
}

/** A continuous column changes by a quarter of its standard deviation, in steps of its precision; others stay. */
function jitter(values: number[]): (value: number, random: Random) => number {
  if (new Set(values).size <= 10) return (value) => value;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const sd = Math.sqrt(variance) / 4;
  const step = values.every(Number.isInteger) ? 1 : 0.1;
  return (value, random) => step * Math.round((value + sd * normal(random)) / step);
}

/** A normal number (Box and Muller 1958). */
const normal = ({ uniform }: Random): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** Writes 64-bit numbers, column after column, the target last: Node, R and numpy read this with one call. */
export const writeTable = (file: string, { columns, target }: Table): Promise<void> =>
  writeFile(
    file,
    [...columns, target].map(({ buffer }) => new Uint8Array(buffer as ArrayBuffer)),
  );

export async function readTableFile(file: string, rows: number, columns: number): Promise<Table> {
  const { buffer, byteOffset } = await readFile(file);
  const column = (i: number) =>
    new Float64Array(buffer as ArrayBuffer, byteOffset + 8 * i * rows, rows).slice();
  return { columns: Array.from({ length: columns }, (_, i) => column(i)), target: column(columns) };
}

/** The rows in one array; [rows × columns]. */
export function inRows({ columns, target }: Table): Float64Array {
  const x = new Float64Array(columns.length * target.length);
  for (const [c, values] of columns.entries()) {
    for (let row = 0; row < values.length; row++) x[row * columns.length + c] = values[row];
  }
  return x;
}
