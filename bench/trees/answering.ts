import { join } from 'node:path';
import type { Model, Row } from '@hearth/artifact';
import { openRegistry, readModel } from '@hearth/artifact/store';
import { createRandom, readPackage, readTable } from '@hearth/training';
import { median, time } from './measure.ts';

const root = join(import.meta.dirname, '../..');

/** The cost of predictions of the model in production, in microseconds of CPU time per row. */
export interface AnsweringRow {
  /** Which columns are given. */
  given: 'all columns' | 'columns at random';
  /** Rows one by one, and a thousand at once; with the interval. */
  one: number;
  batch: number;
  /** Contributions of the columns to the answer. */
  explained: number;
}

const batchRows = 1000;
/** Rows with contributions, which take a hundred times as long. */
const explainedRows = 100;

/** Predicts the patients of the heart data, repeatedly in the order of the table. */
export async function* measureAnswering(): AsyncGenerator<AnsweringRow> {
  const registry = openRegistry(join(root, 'models/heart'));
  const folder = join(registry.folder, await registry.production());
  const { inputs } = await readTable(await readPackage(join(root, 'data/heart/datapackage.json')));
  const whole = Array.from({ length: batchRows }, (_, i): Row => inputs[i % inputs.length]);
  for (const [given, rows] of [
    ['all columns', whole],
    ['columns at random', whole.map(leaveOut)],
  ] as const) {
    const model = await readModel(folder);
    yield { given, ...(await costs(model, rows)) };
  }
}

async function costs(model: Model, rows: readonly Row[]): Promise<Omit<AnsweringRow, 'given'>> {
  const few = rows.slice(0, explainedRows);
  const width = model.manifest.columns.length;
  const cells = new Float64Array(rows.length * width);
  return {
    one: await costOf(20 * rows.length, () => {
      for (let i = 0; i < 20; i++) for (const row of rows) model.predict(row);
    }),
    batch: await costOf(20 * rows.length, () => {
      for (let i = 0; i < 20; i++) {
        for (const [at, row] of rows.entries()) model.writeCells(row, cells, at * width);
        model.predictCells(cells);
      }
    }),
    explained: await costOf(few.length, () => {
      for (const row of few) model.explain(row);
    }),
  };
}

/** Microseconds of CPU time per row of `work`. */
async function costOf(rows: number, work: () => void): Promise<number> {
  const { cpu } = await time({ runs: 7, budget: 1000 }, work);
  return (median(cpu) * 1e6) / rows;
}

const random = createRandom(8);

/** The row with about half of its columns left out; hardly any two rows have the same columns given. */
const leaveOut = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(() => random.uniform() < 0.5));
