import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createProgress, createRandom, permutation } from '@hearth/training';
import { openRecord } from '../record.ts';
import type { Job, JudgeData, Judged } from './judge.ts';
import { type Regrets, report } from './report.ts';
import { openTable, tableNames } from './tables.ts';

/**
 * Compares the model of all columns, given only some of them, with models that are made of these columns alone.
 * Usage: npm run bench -- regret [--only heart] [--random 20]. With an option it prints, and writes no results. LetterRecognition needs R with mlbench.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, random: { type: 'string' } } });
const randomSubsets = Number(values.random ?? 20);
const names = tableNames.filter((name) => values.only === undefined || name === values.only);
const record =
  values.only === undefined && values.random === undefined
    ? await openRecord(join(import.meta.dirname, 'results.md'))
    : undefined;

/** Each column alone, all but one, and random ones; indices of columns. */
function subsetsOf(columns: number): { kind: string; columns: number[] }[] {
  const all = Array.from({ length: columns }, (_, i) => i);
  const random = createRandom(77);
  return [
    ...all.map((column) => ({ kind: 'one column', columns: [column] })),
    ...all.map((column) => ({ kind: 'all but one', columns: all.filter((other) => other !== column) })),
    ...Array.from({ length: randomSubsets }, (_, i) => ({
      kind: 'random',
      columns: Array.from(permutation(columns, random).subarray(0, 2 + (i % (columns - 3)))).sort(
        (a, b) => a - b,
      ),
    })),
  ];
}

/** Does jobs on all cores, the longest first. */
async function judgeAll(data: JudgeData, onJob: () => void): Promise<Judged[]> {
  const jobs: Job[] = [{ subset: -1 }, ...data.subsets.map((_, subset) => ({ subset }))];
  const judged: Judged[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./judge.ts', import.meta.url), { workerData: data });
      const next = () => {
        const job = jobs.shift();
        if (job) worker.postMessage(job);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker
        .on('message', (result: Judged) => {
          judged.push(result);
          onJob();
          next();
        })
        .on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return judged.sort((a, b) => a.subset - b.subset);
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
  encoding: 'utf8',
  cwd: import.meta.dirname,
}).trim();
const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, commit ${commit}`;
const tables: Regrets[] = [];
for (const name of names) {
  const { designOf, learner, splits, aims } = await openTable(name);
  const columns = designOf().columns.map((column) => column.name);
  const subsets = subsetsOf(columns.length);
  const onJob = createProgress(process.stderr).start(`${name}: models of some columns`, subsets.length + 1);
  const began = performance.now();
  const [{ briers }, ...own] = await judgeAll(
    { table: name, subsets: subsets.map((each) => each.columns) },
    onJob,
  );
  tables.push({
    name,
    learner,
    rows: splits[0].train.length,
    held: splits.reduce((sum, { test }) => sum + test.length, 0),
    whole: briers[subsets.length],
    seconds: (performance.now() - began) / 1000,
    aims,
    subsets: subsets.map(({ kind, columns: some }, i) => ({
      kind,
      columns: some.map((column) => columns[column]),
      of: columns.length,
      given: briers[i],
      own: own[i].briers[0],
    })),
  });
  await record?.write(report(machine, tables));
}
if (!record) console.log(report(machine, tables));
