import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createWalk, decodeForest } from '@hearth/artifact';
import { time } from './measure.ts';
import { readSpec, type Walked } from './spec.ts';
import { inRows, readTableFile } from './table.ts';

/** Hearth: one row, and many rows, which are divided among the threads. */
const spec = readSpec(process.argv.slice(2));
const { columns, testRows: rows, threads } = spec;
const forest = decodeForest(await readFile(join(spec.folder, 'forest.safetensors')));
const x = new Float64Array(new SharedArrayBuffer(8 * rows * columns));
x.set(inRows(await readTableFile(spec.test, rows, columns)));
const sums = new Float64Array(new SharedArrayBuffer(8 * rows));
const walk = createWalk(forest, columns);

const calls = 1000;
const { seconds } = await time(spec, () => {
  // another row each time, because the path of the same row would be in the CPU's cache
  for (let i = 0; i < calls; i++) walk.sumLeaves(x.subarray(i * columns, (i + 1) * columns));
});

const shares = Array.from({ length: threads }, (_, i) => Math.floor((i * rows) / threads)).concat(rows);
const part = (i: number) => ({
  x: x.subarray(shares[i] * columns, shares[i + 1] * columns),
  sums: sums.subarray(shares[i], shares[i + 1]),
});
const workers = shares.slice(1, -1).map(
  (_, i) =>
    new Worker(new URL('./hearth-walk-worker.ts', import.meta.url), {
      workerData: { forest, columns, ...part(i + 1) },
    }),
);
await Promise.all(workers.map((worker) => once(worker, 'online')));
const { seconds: batch } = await time(spec, async () => {
  const others = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage('walk');
  const own = part(0);
  walk.sumBatch(own.x, own.sums);
  await Promise.all(others);
});
await Promise.all(workers.map((worker) => worker.terminate()));
console.log(JSON.stringify({ one: seconds.map((s) => s / calls), batch } satisfies Walked));
