import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  compare,
  createDesign,
  createProgress,
  readPackage,
  readTable,
  scoreCalibrated,
} from '@hearth/training';
import { openRecord } from '../record.ts';
import { type SeedPredictions, subsetsOf } from './judge-seed.ts';
import { folds, seeds, subsetSeeds } from './protocol.ts';

const record = await openRecord(join(import.meta.dirname, 'results.md'));
const data = join(import.meta.dirname, '../../data/heart/datapackage.json');
const design = createDesign(await readTable(await readPackage(data)));
const subsets = subsetsOf(design, seeds[0]);
const steps = seeds.reduce((sum, seed) => sum + 3 + 2 * subsetsOf(design, seed).length, 0);
const step = createProgress(process.stderr).start(`${seeds.length} seeds, ${folds} folds, nested`, steps);

const started = performance.now();
const queue = [...seeds];
const results: SeedPredictions[] = [];
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
results.sort((a, b) => a.seed - b.seed);

async function work(): Promise<void> {
  for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) results.push(await judge(seed));
}

function judge(seed: number): Promise<SeedPredictions> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./judge-seed.ts', import.meta.url), { workerData: { data, seed } });
    worker.on('message', (message: 'step' | SeedPredictions) =>
      message === 'step' ? step() : resolve(message),
    );
    worker.on('error', reject);
  });
}

const { target } = design;
const names = design.columns.map(({ name }) => name);
const scores = (pick: (result: SeedPredictions) => Float64Array) =>
  scoreCalibrated(target, results.map(pick));
const plusMinus = ({ mean, sd }: { mean: number; sd: number }, digits = 4) =>
  `${mean.toFixed(digits)} ± ${sd.toFixed(digits)}`;

const models = [
  ['this model', (r: SeedPredictions) => r.model],
  ['logistic regression', (r: SeedPredictions) => r.logistic],
  ['boosted trees', (r: SeedPredictions) => r.boosted],
] as const;
const lines = [
  `Nested ${folds}-fold cross-validation on ${seeds.length} seeds (${seeds.join(', ')}), mean ± sd over the seeds.`,
  '',
  '| all columns | AUC | Brier | calibration slope |',
  '|---|---|---|---|',
  ...models.map(([name, pick]) => {
    const { auc, brier, calibration } = scores(pick);
    return `| ${name} | ${plusMinus(auc)} | ${plusMinus(brier)} | ${calibration ? plusMinus(calibration.slope, 2) : ''} |`;
  }),
  '',
  ...models.slice(1).map(([name, pick]) => {
    const { mean, low, high } = compare(
      target,
      results.map((r) => r.model),
      results.map(pick),
    );
    const verdict = high < 0 ? 'this model is better' : low > 0 ? 'this model is worse' : 'not significant';
    return `Brier score of this model minus ${name}, paired by patient: ${mean.toFixed(4)} (95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}): ${verdict}.`;
  }),
  '',
  '| only these columns given | AUC | Brier | slope | trained on them: this learner | logistic | ratio to the better |',
  '|---|---|---|---|---|---|---|',
];
const ratios = subsets.map((subset, i) => {
  const judged = results.filter((r) => r.subsets.length > i).map((r) => r.subsets[i]);
  const own = scoreCalibrated(
    target,
    judged.map(({ model }) => model),
  );
  const dedicated = scoreCalibrated(
    target,
    judged.map((r) => r.dedicated),
  ).brier.mean;
  const logistic = scoreCalibrated(
    target,
    judged.map((r) => r.dedicatedLogistic),
  ).brier.mean;
  const ratio = own.brier.mean / Math.min(dedicated, logistic);
  const cells = [
    subset.map((column) => names[column]).join(', '),
    own.auc.mean.toFixed(3),
    own.brier.mean.toFixed(4),
    own.calibration?.slope.mean.toFixed(2),
    dedicated.toFixed(4),
    logistic.toFixed(4),
    ratio.toFixed(3),
  ];
  lines.push(`| ${cells.join(' | ')} |`);
  return { ratio, own: own.brier.mean, best: Math.min(dedicated, logistic) };
});
const random = ratios.slice(-20);
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
lines.push(
  '',
  `20 random subsets, on ${subsetSeeds} seeds: mean Brier ${mean(random.map(({ own }) => own)).toFixed(4)}, best trained on them ${mean(random.map(({ best }) => best)).toFixed(4)}, mean ratio ${mean(random.map(({ ratio }) => ratio)).toFixed(4)}, worst ${Math.max(...random.map(({ ratio }) => ratio)).toFixed(3)}.`,
  `${Math.round((performance.now() - started) / 60_000)} minutes on ${Math.min(2, availableParallelism())} threads.`,
);
await record.write(`${lines.join('\n')}\n`);
console.log(lines.join('\n'));
