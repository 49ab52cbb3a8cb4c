import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createDesign,
  createModelLearner,
  createRandom,
  permutation,
  predictOutOfFold,
  readPackage,
  readTable,
} from '@hearth/training';

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
const categories = Number(options.categories);
const folds = 3;
const seed = 5;

interface Row {
  shop: string;
  x1: number;
  x2: number;
  x3: number;
  y: 0 | 1;
  probability: number;
}

/** Effects of the categories are normal on the scale of log-odds; few categories have many rows, most have few. */
function simulate(rows: number): Row[] {
  const random = createRandom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const effects = Float64Array.from({ length: categories }, normal);
  const shares = effects.map((_, i) => (i + 1) ** -0.7);
  let total = 0;
  const upTo = shares.map((share) => {
    total += share;
    return total;
  });
  const made = Array.from({ length: rows }, (_, i): Row => {
    const drawn = random.uniform() * total;
    const shop = i < categories ? i : upTo.findIndex((end) => end > drawn);
    const x1 = normal() + 0.5 * effects[shop];
    const x2 = random.uniform();
    const x3 = random.below(5);
    const score = -0.5 + effects[shop] + 0.7 * x1 + Math.sin(6 * x2) + (x3 === 2 ? 0.4 : 0);
    const probability = 1 / (1 + Math.exp(-score));
    return { shop: `s${shop}`, x1, x2, x3, y: random.uniform() < probability ? 1 : 0, probability };
  });
  return Array.from(permutation(rows, random), (i) => made[i]);
}

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
  const rows = simulate(Number(options.rows));
  const csv = rows.map(({ shop, x1, x2, x3, y }) => `${shop},${x1},${x2},${x3},${y}\n`);
  await writeFile(join(folder, 't.csv'), `shop,x1,x2,x3,y\n${csv.join('')}`);
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
