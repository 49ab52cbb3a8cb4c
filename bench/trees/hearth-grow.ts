import { createWalk } from '@hearth/artifact';
import { createGrower } from './grow.ts';
import { peakMemory, time } from './measure.ts';
import { type Grown, readSpec } from './spec.ts';
import { inRows, readTableFile } from './table.ts';

const spec = readSpec(process.argv.slice(2));
const { seconds, cpu, last } = await time(spec, await createGrower(spec));
const peak = peakMemory();
const test = await readTableFile(spec.test, spec.testRows, spec.columns);
const sums = new Float64Array(spec.testRows);
createWalk(last.forest, spec.columns).sumBatch(inRows(test), sums);
const brier =
  sums.reduce((all, sum, row) => all + (sum / spec.trees - test.target[row]) ** 2, 0) / spec.testRows;
const model = Object.values(last.forest).reduce((sum, { byteLength }) => sum + byteLength, 0) / 1000;
console.log(JSON.stringify({ seconds, cpu, brier, peak, model } satisfies Grown));
