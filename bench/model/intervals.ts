import { join } from 'node:path';
import {
  createProgress,
  createRandom,
  simulateRows,
  simulateTable,
  type Truth,
  trueScore,
  truths,
} from '@hearth/training';
import { openRecord } from '../record.ts';
import { coverage } from './intervals-coverage.ts';
import { additiveIntervals } from './intervals-methods.ts';
import { oracleIntervals } from './intervals-oracle.ts';
import { describe, type Judged, stages } from './intervals-report.ts';

const sizes = [
  { rows: 300, tables: 8 },
  { rows: 3000, tables: 3 },
];
const freshRows = 3000;

const record = await openRecord(join(import.meta.dirname, 'intervals.md'));
const judged: Judged[] = [];
for (const { rows, tables } of sizes) {
  for (const [name, truth] of Object.entries(truths)) {
    const step = createProgress(process.stderr).start(`${rows} rows, ${name} truth`, tables);
    const results = Array.from({ length: tables }, (_, i) => {
      const result = judge(truth, rows, 1000 * rows + i);
      step();
      return result;
    });
    judged.push({
      rows,
      tables,
      truth: name,
      stages: stages.map((_, stage) => ({
        ours: coverage(results.map(({ ours, chance }) => ({ intervals: ours[stage], truth: chance }))),
        oracle: coverage(results.map(({ oracle, chance }) => ({ intervals: oracle[stage], truth: chance }))),
      })),
    });
  }
}
const report = describe(judged);
await record.write(report);
console.log(report);

function judge(truth: Truth, rows: number, seed: number) {
  const table = simulateTable(truth, rows, seed);
  const fresh = simulateRows(freshRows, createRandom(seed + 500));
  const ours = additiveIntervals(table, fresh, seed);
  const oracle = oracleIntervals(truth, table, fresh);
  return {
    chance: Float64Array.from(fresh, (x) => 1 / (1 + Math.exp(-trueScore(truth, x)))),
    ours: stages.map(ours),
    oracle: stages.map(oracle),
  };
}
