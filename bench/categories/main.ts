import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDesign, createModelLearner, predictOutOfFold, readPackage, readTable } from '@hearth/training';
import { shopsAsCsv, simulateShops } from './simulate.ts';

/*
 * A column of 20,000 categories: the held-out Brier score of Hearth's learners, and of LightGBM in as many folds where PYTHON names a
 * Python that has it. The truth is known, so that the score of the true probabilities is shown too.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '60000' },
    categories: { type: 'string', default: '20000' },
    learners: { type: 'string', default: 'boosted' },
  },
});
const folds = 3;
const seed = 5;

const both = (text: string) => ({ en: text, 'pt-BR': text });
const field = (name: string, type: string) => ({
  name,
  type,
  hearth: { label: both(name), description: both(name), group: 'all' },
});
const descriptor = {
  name: 'shops',
  licenses: [{ name: 'CC0-1.0', title: 'CC0', path: 'https://creativecommons.org/publicdomain/zero/1.0/' }],
  sources: [{ title: 'simulated' }],
  resources: [
    {
      name: 't',
      path: 't.csv',
      schema: {
        fields: [
          field('shop', 'string'),
          field('x1', 'number'),
          field('x2', 'number'),
          field('x3', 'integer'),
          { name: 'y', type: 'integer', constraints: { enum: [0, 1] } },
        ],
      },
    },
  ],
  hearth: {
    model: 'shops',
    target: 'y',
    title: both('Shops'),
    outcome: both('it'),
    population: both('Simulated rows.'),
    intendedUse: both('Benchmarks.'),
    notIntendedUse: both('Anything else.'),
    groups: [{ name: 'all', label: both('All') }],
  },
};

const folder = await mkdtemp(join(tmpdir(), 'hearth-categories-'));
try {
  const rows = simulateShops(Number(options.rows), Number(options.categories), seed);
  await writeFile(join(folder, 't.csv'), shopsAsCsv(rows));
  await writeFile(join(folder, 'datapackage.json'), JSON.stringify(descriptor));
  const design = createDesign(await readTable(await readPackage(join(folder, 'datapackage.json'))));
  const brier = (prediction: ArrayLike<number>) =>
    rows.reduce((sum, { y }, i) => sum + (prediction[i] - y) ** 2, 0) / rows.length;
  console.log(`true probabilities ${brier(rows.map(({ probability }) => probability)).toFixed(4)}`);
  for (const name of options.learners.split(',').filter(Boolean) as ('additive' | 'boosted' | 'forest')[]) {
    const started = performance.now();
    const learner = createModelLearner({ learner: name }, design);
    const { whole } = predictOutOfFold(learner, design, { folds, repeats: 1, seed });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`hearth ${name} ${brier(whole[0]).toFixed(4)} (${seconds} s)`);
  }
  if (process.env.PYTHON) {
    const script = join(import.meta.dirname, 'compare.py');
    execFileSync(process.env.PYTHON, [script, join(folder, 't.csv'), String(folds)], { stdio: 'inherit' });
  }
} finally {
  await rm(folder, { recursive: true });
}
