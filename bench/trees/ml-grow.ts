import { growMlForest } from '@hearth/training';
import { peakMemory, time } from './measure.ts';
import { type Grown, readSpec } from './spec.ts';
import { inRows, readTableFile, type Table } from './table.ts';

/** ml-random-forest draws columns per tree, not per split; the closest equivalent is the same number per tree. */
const spec = readSpec(process.argv.slice(2));
const rowsOf = (table: Table): number[][] => {
  const x = inRows(table);
  return Array.from(table.target, (_, row) =>
    Array.from(x.subarray(row * spec.columns, (row + 1) * spec.columns)),
  );
};
const train = await readTableFile(spec.train, spec.rows, spec.columns);
const test = await readTableFile(spec.test, spec.testRows, spec.columns);
const [x, target] = [rowsOf(train), Array.from(train.target)];
const options = {
  trees: spec.trees,
  minNumSamples: spec.leaf,
  maxDepth: 1000,
  maxFeatures: spec.columnsPerSplit / spec.columns,
};
const { seconds, cpu, last } = await time(spec, () => growMlForest(x, target, options, spec.seed));
const peak = peakMemory();
const chances = last.predict(rowsOf(test));
const brier = chances.reduce((sum, chance, row) => sum + (chance - test.target[row]) ** 2, 0) / spec.testRows;
console.log(JSON.stringify({ seconds, cpu, brier, peak } satisfies Grown));
