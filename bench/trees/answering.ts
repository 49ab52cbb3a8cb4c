import { join } from 'node:path';
import type { Model, Row } from '@hearth/artifact';
import { openRegistry, readModel } from '@hearth/artifact/store';
import { createRandom, readPackage, readTable } from '@hearth/training';
import { median, time } from './measure.ts';

const root = join(import.meta.dirname, '../..');

/** What answers of the model in production cost, in microseconds of processor a row. */
export interface AnsweringRow {
  /** Which columns the rows are given. */
  given: 'all columns' | 'columns at random';
  /** Rows asked one by one, and a thousand at once; the interval is part of the answer. */
  one: number;
  batch: number;
  /** Contributions of the columns to the answer. */
  explained: number;
}

const batchRows = 1000;
const rounds = 20;

/** Answers the patients of the heart data, in the order of the table over and over. */
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
  const costOf = async (repeats: number, work: () => void) => {
    const { cpu } = await time({ runs: 7, budget: 1000 }, () => {
      for (let i = 0; i < repeats; i++) work();
    });
    return (median(cpu) * 1e6) / (repeats * rows.length);
  };
  return {
    one: await costOf(rounds, () => rows.forEach((row) => void model.predict(row))),
    batch: await costOf(rounds, () => model.predictBatch(rows)),
    explained: await costOf(1, () => rows.forEach((row) => void model.explain(row))),
  };
}

const random = createRandom(8);

/** The row with about half of its columns left out: hardly any two rows are given the same. */
const leaveOut = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(() => random.uniform() < 0.5));
