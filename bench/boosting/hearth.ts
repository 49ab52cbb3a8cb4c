import { sumLeaves } from '@hearth/artifact';
import { binTable, boostLeafwise } from '@hearth/training';
import { peakMemory, time } from '../trees/measure.ts';
import { readTableFile } from '../trees/table.ts';
import { type Grown, readSpec } from './spec.ts';

const spec = readSpec(process.argv.slice(2));
const { columns, target } = await readTableFile(spec.train, spec.rows, spec.columns);
const options = {
  loss: 'logistic',
  rate: spec.rate,
  leaves: spec.leaves,
  maxDepth: Infinity,
  minimumWeight: 1e-3,
  l2: 1,
  seed: 1,
} as const;
const { seconds, cpu, last } = await time({ runs: 1, budget: 0 }, () =>
  boostLeafwise(
    {
      table: binTable(columns.map((values) => ({ kind: 'numeric', values }))),
      target,
      rows: Int32Array.from(target.keys()),
    },
    options,
    spec.rounds,
    spec.threads,
  ),
);
const peak = peakMemory();
const test = await readTableFile(spec.test, spec.testRows, spec.columns);
let loss = 0;
const x = new Float64Array(spec.columns);
for (const [row, y] of test.target.entries()) {
  for (let c = 0; c < x.length; c++) x[c] = test.columns[c][row];
  const score = last.base[0] + sumLeaves(last.forests[0], x);
  loss += Math.log1p(Math.exp(y === 1 ? -score : score)) / spec.testRows;
}
console.log(JSON.stringify({ seconds: seconds[0], cpu: cpu[0], loss, peak } satisfies Grown));
