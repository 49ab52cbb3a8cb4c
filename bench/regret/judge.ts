import { parentPort, workerData } from 'node:worker_threads';
import { createModelLearner, type Design } from '@hearth/training';
import { openTable, type TableName } from './tables.ts';

export interface JudgeData {
  table: TableName;
  subsets: number[][];
}

/** Which subset has a model of its own; -1 for the model of all columns, which answers every subset. */
export interface Job {
  subset: number;
}

/** The Brier score of the rows held out: of the model of all columns for every subset and for all columns, or of a subset's own model. */
export interface Judged extends Job {
  briers: number[];
}

const seed = 1;
const { table: name, subsets }: JudgeData = workerData;
const { designOf, learner, splits } = await openTable(name);
const whole = designOf();

/** @param knowledge which columns are given, one Brier score each */
function judge(design: Design, knowledge: readonly (Uint8Array | undefined)[]): number[] {
  const errors = knowledge.map(() => 0);
  let rows = 0;
  for (const { train, test } of splits) {
    const model = createModelLearner({ learner }, design).learn(train, seed);
    if (!('predict' in model)) throw new Error(`${name} has several classes`);
    for (const [i, given] of knowledge.entries())
      for (const row of test) errors[i] += (model.predict(row, given) - design.target[row]) ** 2;
    rows += test.length;
  }
  return errors.map((error) => error / rows);
}

parentPort?.on('message', ({ subset }: Job) => {
  const given = (columns: readonly number[]) =>
    Uint8Array.from(whole.columns, (_, column) => Number(columns.includes(column)));
  const briers =
    subset === -1
      ? judge(whole, [...subsets.map(given), undefined])
      : judge(designOf(subsets[subset].map((column) => whole.columns[column].name)), [undefined]);
  parentPort?.postMessage({ subset, briers } satisfies Judged);
});
