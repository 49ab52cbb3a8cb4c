import { createPredictor, packTrees, type Trees } from '@hearth/artifact';
import { createRandom, randomTrees } from '@hearth/artifact/testing/random-trees';

/**
 * Rows answered per second by a model of 26 classes: 100 trees whose leaves hold a number per class, or 100 trees for each class; beside
 * one forest of 100 and one of 2,600 such trees with one output. They take turns; processor time counts. Usage: npm run bench -- outputs
 */
const classes = 26;
const trees = 100;
const depth = 7;
const features = 16;
const rows = 4096;
const rounds = 7;

const columns = Array.from({ length: features }, (_, i) => ({
  name: `x${i}`,
  type: 'number' as const,
  label: { en: '', 'pt-BR': '' },
  description: { en: '', 'pt-BR': '' },
  group: 'all',
  required: false,
  minimum: 0,
  maximum: 1,
  seen: { minimum: 0, maximum: 1 },
}));
const random = createRandom(1);
const uniform = () => random.below(1 << 24) / (1 << 24);
const thresholds = columns.map(() => Array.from({ length: 200 }, uniform));

function forestOf(count: number, leaf = () => uniform() - 0.5) {
  const { missing_left: missingLeft, ...forest } = randomTrees(random, {
    trees: count,
    depth,
    thresholds,
    leaf,
  });
  return { ...forest, missingLeft };
}

function withLeafValues(): Trees {
  let leaves = 0;
  const forest = forestOf(trees, () => leaves++);
  // leaves are made from left to right, and so are their numbers
  return { forest, leafValues: Float64Array.from({ length: leaves * classes }, () => uniform() - 0.5) };
}

const one = { name: 'y', type: 'numeric' as const };
const several = {
  name: 'y',
  type: 'classes' as const,
  classes: Array.from({ length: classes }, (_, k) => ({ value: String(k) })),
};
const [first, ...others] = Array.from({ length: classes }, () => forestOf(trees));
const contestants = [
  {
    name: '100 trees, 26 numbers per leaf',
    target: several,
    link: 'softmax' as const,
    trees: withLeafValues(),
  },
  { name: '26 × 100 trees', target: several, link: 'softmax' as const, trees: { forest: first, others } },
  {
    name: 'one output, 100 trees',
    target: one,
    link: 'identity' as const,
    trees: { forest: forestOf(trees) },
  },
  {
    name: 'one output, 2,600 trees',
    target: one,
    link: 'identity' as const,
    trees: { forest: forestOf(classes * trees) },
  },
].map(({ name, target, link, trees: made }) => {
  const formula = {
    columns,
    features: columns.map(({ name: column }) => ({ column })),
    target,
    answer: { link },
  };
  return {
    name,
    predictor: createPredictor(formula, made, packTrees(made, features)),
    seconds: [] as number[],
  };
});

const cells = Float64Array.from({ length: rows * features }, uniform);
for (let round = 0; round <= rounds; round++) {
  for (const { predictor, seconds } of contestants) {
    const began = process.cpuUsage();
    predictor.predictCells(cells);
    const { user, system } = process.cpuUsage(began);
    if (round > 0) seconds.push((user + system) / 1e6);
  }
}
for (const { name, seconds } of contestants) {
  const median = seconds.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
  console.log(
    `${name.padEnd(32)} ${Math.round(rows / median)
      .toLocaleString('en')
      .padStart(9)} rows/s`,
  );
}
