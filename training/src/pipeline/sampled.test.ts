import { createModel, decodeAnswer, decodeForest, type Manifest } from '@hearth/artifact';
import { renderCard } from '@hearth/artifact/card';
import { expect, test } from 'vitest';
import { numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import type { Progress } from '../progress.ts';
import { createRandom } from '../random.ts';
import { chooseForTraining } from '../sampling/choose.ts';
import type { SamplingColumns } from '../sampling/columns.ts';
import { planFolds } from './plan-folds.ts';
import { samplingWarnings } from './suitable.ts';
import { type TrainOptions, train } from './train.ts';

const silent: Progress = { start: () => () => {} };
const quick: TrainOptions = { engine: 'additive', seed: 1, folds: 2, repeats: 1 };
const writeToy = useToys();

/** A field of a column that is no input: it needs no texts. */
const bare = (name: string, type = 'integer') => ({ name, type });
const fields = [numberField('x')];

/** 60 values of x, each with a target that depends on it. */
function pairs(count = 60, seed = 7): { x: number; y: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const x = random.below(11);
    return { x, y: Number(random.uniform() < 0.1 + 0.07 * x) };
  });
}

const tableOf = async (toy: Toy, hearth: SamplingColumns = {}) =>
  readTable(await readPackage(await writeToy({ ...toy, hearth: { ...toy.hearth, ...hearth } })));

const trainOn = async (toy: Toy, options: Partial<TrainOptions> = {}, hearth: SamplingColumns = {}) =>
  train(await tableOf(toy, hearth), { ...quick, ...options }, silent);

const predictorOf = ({ manifest, files }: { manifest: Manifest; files: Record<string, Uint8Array> }) =>
  createModel(
    manifest,
    {
      forest: decodeForest(files['forest.safetensors']),
      spread: decodeForest(files['spread.safetensors']),
    },
    'new',
  );

const classPredictorOf = ({ manifest, files }: { manifest: Manifest; files: Record<string, Uint8Array> }) =>
  createModel(manifest, decodeAnswer(files['forest.safetensors'], 3, manifest.features.length), 'new');

test('a row with a count stands for so many rows, byte for byte', async () => {
  const rows = pairs().map((row, i) => ({ ...row, n: i % 4 }));
  const counted = await trainOn(
    {
      fields: [...fields, bare('n')],
      lines: rows.map(({ x, n, y }) => `${x},${n},${y}`),
      hearth: { count: 'n' },
    },
    { engine: 'boosted' },
  );
  const expanded = await trainOn(
    {
      fields,
      lines: rows.flatMap(({ x, n, y }) => new Array<string>(n).fill(`${x},${y}`)),
    },
    { engine: 'boosted' },
  );
  const { sha256: _, weights, ...data } = counted.artifact.manifest.data;
  const { sha256: __, ...dataOfExpanded } = expanded.artifact.manifest.data;
  expect(weights).toEqual({ column: 'n', kind: 'count' });
  expect(data.rows).toBe(90);
  expect(data).toEqual(dataOfExpanded);
  for (const name of ['forest.safetensors', 'spread.safetensors', 'out-of-fold.safetensors'])
    expect(counted.artifact.files[name]).toEqual(expanded.artifact.files[name]);
  expect(counted.artifact.manifest.evaluation).toEqual(expanded.artifact.manifest.evaluation);
});

test('rows with the count 0 are left out, and said so', async () => {
  const toy = {
    fields: [...fields, bare('n')],
    lines: pairs().map(({ x, y }, i) => `${x},${i % 3},${y}`),
  };
  const table = await tableOf(toy, { count: 'n' });
  expect(table.target).toHaveLength(60);
  expect(table.notes).toEqual([
    'The column "n" says how many rows a row stands for.',
    '20 of 60 rows have a count of 0 and are left out.',
  ]);
});

test.each([
  ['count', '1.5', 'is not a whole number'],
  ['count', '-1', 'is too small'],
  ['weight', '0', 'is not above 0; leave rows without weight out of the table'],
  ['weight', '', 'is missing, but the column is the weight of each row'],
  ['group', '', 'is missing, but the column is the group of each row'],
])('the %s "%s" %s', async (role, cell, fault) => {
  const lines = pairs().map(({ x, y }, i) => `${x},${i === 2 ? cell : 1},${y}`);
  await expect(tableOf({ fields: [...fields, bare('n', 'number')], lines }, { [role]: 'n' })).rejects.toThrow(
    `t.csv, line 4, column "n": ${cell && `"${cell}" `}${fault}`,
  );
});

test('counts that add up to too many rows are refused in one line', async () => {
  const lines = pairs().map(({ x, y }) => `${x},2000000,${y}`);
  await expect(tableOf({ fields: [...fields, bare('n')], lines }, { count: 'n' })).rejects.toThrow(
    /t\.csv: the counts in "n" add up to 120000000 rows; training expands at most 2000000: .*--weight$/,
  );
});

test.each([
  [{ count: 'nn' }, 'hearth.count: there is no column "nn"'],
  [{ group: 'y' }, 'hearth.group: "y" is the target'],
  [{ group: 'n', time: 'n' }, 'hearth.time: "n" is the group already'],
  [{ count: 'n', weight: 'x' }, 'rows have either a count or a weight'],
])('%j: %s', async (given, fault) => {
  const lines = pairs().map(({ x, y }) => `${x},1,${y}`);
  await expect(tableOf({ fields: [...fields, numberField('n')], lines }, given)).rejects.toThrow(fault);
});

test('a flag overrides the data package, and the column it frees is an input again', async () => {
  const toy = {
    fields: [...fields, numberField('a'), numberField('b')],
    lines: pairs().map(({ x, y }, i) => `${x},${i % 9},${i % 7},${y}`),
    hearth: { group: 'a' },
  };
  const data = await readPackage(await writeToy(toy));
  const inputs = (given: SamplingColumns, columns?: string[]) =>
    chooseForTraining(data, given, columns)
      .inputs.map(({ name }) => name)
      .sort();
  expect(inputs({})).toEqual(['b', 'x']);
  expect(inputs({ group: 'b' })).toEqual(['a', 'x']);
  expect(inputs({ time: 'b' }, ['x', 'b'])).toEqual(['b', 'x']);
});

test.each(['additive', 'boosted', 'forest'] as const)(
  '%s learns from weights and is scored by them',
  async (engine) => {
    // of two opposite tables, the one with all the weight is learned
    const rows = [
      ...pairs(80).map(({ x, y }) => `${x},50,${y}`),
      ...pairs(80, 8).map(({ x, y }) => `${x},1,${1 - y}`),
    ];
    const toy = { fields: [...fields, bare('w', 'number')], lines: rows, hearth: { weight: 'w' } };
    const { artifact } = await trainOn(toy, { engine });
    const { predict } = predictorOf(artifact);
    expect(predict({ x: 9 }).answer).toBeGreaterThan(predict({ x: 1 }).answer + 0.2);
    const { data, evaluation } = artifact.manifest;
    expect(data.weights?.effective).toBeCloseTo((80 * 51) ** 2 / (80 * 2501), 6);
    expect(evaluation.references.map(({ name }) => name)).not.toContain('ml-random-forest');
    expect(new Set(evaluation.outOfFold.map(({ weight }) => weight)).size).toBe(2);
  },
);

test('ml-random-forest refuses weights by name', async () => {
  const lines = pairs().map(({ x, y }, i) => `${x},${1 + (i % 3)},${y}`);
  const toy = { fields: [...fields, bare('w', 'number')], lines, hearth: { weight: 'w' } };
  await expect(trainOn(toy, { engine: 'ml-random-forest' })).rejects.toThrow(
    'ml-random-forest cannot use the column "w": this learner cannot weigh rows',
  );
});

test.each(['additive', 'boosted', 'forest'] as const)(
  '%s does not learn the answers of a group from its other rows',
  async (engine) => {
    // every group has one answer and an x of its own: within a group x tells all, in a new group nothing
    const random = createRandom(3);
    const groups = Array.from({ length: 40 }, (_, g) => ({ g, x: g % 11, y: random.below(2) }));
    const lines = groups.flatMap(({ g, x, y }) =>
      new Array<string>(6).fill(`${x},${(g * 3) % 11},g${g},${y}`),
    );
    const toy = { fields: [...fields, numberField('z'), bare('g', 'string')], lines, hearth: { group: 'g' } };
    const { artifact } = await trainOn(toy, { engine });
    const { evaluation, data } = artifact.manifest;
    if (evaluation.kind !== 'chance') throw new Error('the target is binary');
    expect(data.groups).toBe('g');
    expect(evaluation.model.auc.mean).toBeLessThan(0.7);
    expect(new Set(evaluation.outOfFold.map(({ group }) => group)).size).toBe(40);
  },
);

test('in the order of time, the first rows are not predicted, and the final model is of all rows', async () => {
  const lines = pairs(120).map(({ x, y }, i) => `${x},2024-0${1 + (i % 9)}-15,${y}`);
  const toy = { fields: [...fields, bare('day', 'string')], lines, hearth: { time: 'day' } };
  const { artifact, protocol, design } = await trainOn(toy, { repeats: 2, engine: 'boosted' });
  const { data, evaluation } = artifact.manifest;
  expect(data.time).toBe('day');
  expect(protocol).toMatchObject({ folds: 2, repeats: 1 });
  expect(evaluation.method).toMatchObject({ folds: 2, repeats: 1, stratified: false });
  expect(design.sampling?.times).toHaveLength(120);
  expect(data.rows).toBe(120);
  expect(artifact.files['out-of-fold.safetensors']).toBeDefined();
});

test('few different times give fewer folds, which is said', async () => {
  const lines = pairs(90).map(({ x, y }, i) => `${x},${2020 + (i % 3)},${y}`);
  const table = await tableOf({ fields: [...fields, bare('year')], lines }, { time: 'year' });
  expect(planFolds(table, { folds: 10, repeats: 2 })).toEqual({
    folds: 2,
    repeats: 1,
    note: 'The column "year" has too few different times for 10 folds: there are 2.',
  });
});

test('each fold gets a row of a rare class, or there are fewer folds, which is said', async () => {
  const lines = pairs(90).map(({ x }, i) => `${x},${Number(i < 12)}`);
  const table = await tableOf({ fields, lines });
  expect(planFolds(table, { folds: 12, repeats: 1 })).toEqual({ folds: 12, repeats: 1 });
  expect(planFolds(table, { folds: 20, repeats: 1 })).toEqual({
    folds: 12,
    repeats: 1,
    note: 'There are 12 rows with y = 1: the cross-validation has 12 folds, not 20.',
  });
  const grouped = {
    fields: [...fields, bare('g', 'string')],
    lines: pairs(90).map(({ x }, i) => `${x},${i % 4},${Number(i < 12)}`),
  };
  expect(planFolds(await tableOf(grouped, { group: 'g' }), { folds: 10, repeats: 1 })).toMatchObject({
    folds: 4,
    note: 'There are 4 groups in "g": the cross-validation has 4 folds, not 10.',
  });
});

test.each(['additive', 'forest'] as const)(
  '%s: with a prior, answers, intervals and golden rows are those of the population',
  async (engine) => {
    const lines = pairs(120).map(({ x, y }) => `${x},${y}`);
    const [plain, corrected] = await Promise.all(
      [{}, { prior: 0.05 }].map(
        async (given) => (await trainOn({ fields, lines }, { engine }, given)).artifact,
      ),
    );
    const { prior } = corrected.manifest.data;
    const share = lines.filter((line) => line.endsWith(',1')).length / 120;
    expect(prior).toEqual({ training: share, population: 0.05 });
    const models = [plain, corrected].map(predictorOf);
    for (const x of [0, 5, 10]) {
      const [before, after] = models.map(({ predict }) => predict({ x }));
      const ones = (before.answer / share) * 0.05;
      const zeros = ((1 - before.answer) / (1 - share)) * 0.95;
      expect(after.answer).toBeCloseTo(ones / (ones + zeros), 9);
      expect(after.interval?.low).toBeLessThanOrEqual(after.answer);
      expect(after.interval?.high).toBeLessThan(before.interval?.high ?? 0);
    }
    const { evaluation } = corrected.manifest;
    if (evaluation.kind !== 'chance') throw new Error('the target is binary');
    const briers = evaluation.references.map(({ scores }) => (scores as typeof evaluation.model).brier.mean);
    expect(Math.max(...briers)).toBeCloseTo(0.05 * 0.95, 2);
  },
);

test('a matched study is refused without a prior, and learned with one', async () => {
  const random = createRandom(6);
  const lines = Array.from(
    { length: 90 },
    (_, i) => `${random.below(11)},${Math.floor(i / 3)},${Number(i % 3 === 0)}`,
  );
  const toy = { fields: [...fields, bare('stratum')], lines, hearth: { group: 'stratum' } };
  const refusal =
    /almost all 30 values of "stratum" have 1 row with y = 1 and 2 rows without: this is a matched study.*--prior 0\.02$/;
  await expect(trainOn(toy)).rejects.toThrow(refusal);
  await expect(
    trainOn({
      fields: [
        ...fields,
        numberField('stratum', { type: 'number', constraints: { minimum: 0, maximum: 99 } }),
      ],
      lines,
    }),
  ).rejects.toThrow(refusal);
  const { artifact } = await trainOn(toy, {}, { prior: 0.02 });
  expect(predictorOf(artifact).predict({ x: 5 }).answer).toBeLessThan(0.1);
});

test('survival data are refused by name, unless the user chooses the columns', async () => {
  const lines = pairs(90).map(({ x, y }, i) => `${x},${1 + (i % 30)},${y}`);
  const toy = {
    fields: [...fields, numberField('futime', { constraints: { minimum: 0, maximum: 99 } })],
    lines,
  };
  const data = await readPackage(await writeToy(toy));
  const renamed = { ...(await readTable(data)) };
  renamed.data = { ...data, target: { ...data.target, name: 'status' } };
  await expect(train(renamed, quick, silent)).rejects.toThrow(
    /"status" and "futime" look like survival data.*fixed horizon/,
  );
  expect(samplingWarnings(renamed, { columns: ['x'], folds: 10, repeats: 2 })).toHaveLength(1);
});

test.each(['softmax', 'forest'] as const)('%s keeps groups of several classes together', async (engine) => {
  const random = createRandom(3);
  const groups = Array.from({ length: 45 }, (_, g) => ({ g, x: g % 11, y: 'abc'[random.below(3)] }));
  const lines = groups.flatMap(({ g, x, y }) => new Array<string>(4).fill(`${x},${(g * 3) % 11},g${g},${y}`));
  const toy = {
    fields: [...fields, numberField('z'), bare('g', 'string')],
    lines,
    target: { type: 'string' },
    hearth: { group: 'g' },
  };
  const { artifact } = await trainOn(toy, { engine });
  const { evaluation } = artifact.manifest;
  if (evaluation.kind !== 'classes') throw new Error('the target has several classes');
  expect(evaluation.model.auc.mean).toBeLessThan(0.7);
  const { low = 0, high = 0 } = evaluation.model.accuracy;
  expect(high - low).toBeGreaterThan(0.2);
  const years = lines.map((line, i) => line.replace(/g\d+/, String(i % 12)));
  const timed = {
    ...toy,
    fields: [...fields, numberField('z'), bare('t')],
    lines: years,
    hearth: { time: 't' },
  };
  expect((await trainOn(timed, { engine })).artifact.manifest.data.time).toBe('t');
});

test.each([
  ['softmax', undefined],
  ['forest', undefined],
  ['gbdt', { rounds: 20, leaves: 7, rate: 0.2, copies: 0 }],
] as const)('%s learns from weights of several classes, and is scored by them', async (engine, settings) => {
  // of two opposite tables, the one with all the weight is learned
  const rows = [
    ...pairs(80).map(({ x }) => `${x},50,${'abc'[Math.floor(x / 4)]}`),
    ...pairs(80, 8).map(({ x }) => `${x},1,${'cab'[Math.floor(x / 4)]}`),
  ];
  const toy = {
    fields: [...fields, bare('w', 'number')],
    lines: rows,
    target: { type: 'string' },
    hearth: { weight: 'w' },
  };
  const { artifact } = await trainOn(toy, { engine, ...(settings && { settings }) });
  const { data, evaluation, predictionSet } = artifact.manifest;
  if (evaluation.kind !== 'classes') throw new Error('the target has several classes');
  expect(evaluation.model.accuracy.mean).toBeGreaterThan(0.75);
  expect(evaluation.outOfFold.map(({ weight }) => weight)[0]).toBeCloseTo(50 / 51 + 50 / 2501, 1);
  const counted = evaluation.confusion.flat().reduce((a, b) => a + b);
  expect(counted).toBeCloseTo(data.weights?.effective ?? 0, 6);
  expect(predictionSet?.thresholds.length).toBeGreaterThan(0);
  expect(evaluation.coverage).toBeUndefined(); // it counts rows
  expect(renderCard(artifact.manifest, { version: '1-0000000' })).toContain('rows weigh as much as `w` says');
});

/** Rows of three classes with a normal x around 0, 2 and 4, so many of each; their text is `x,class`. */
function normals(counts: readonly number[], seed = 5): string[] {
  const random = createRandom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  return counts.flatMap((count, k) =>
    Array.from({ length: count }, () => `${(2 * k + normal()).toFixed(3)},${'abc'[k]}`),
  );
}

test.each([
  ['softmax', 250, undefined],
  ['forest', 50, { trees: 60, minimumLeaf: 3, shrinkage: 0.05 }],
] as const)(
  '%s: with the shares of several classes, answers are those of the population',
  async (engine, ofEach, settings) => {
    const toy = {
      fields: [numberField('x', { type: 'number', constraints: { minimum: -9, maximum: 12 } })],
      lines: normals([ofEach, ofEach, ofEach]),
      target: { type: 'string' },
    };
    const population = [0.7, 0.25, 0.05];
    const prior = { a: 0.7, b: 0.25, c: 0.05 };
    const [plain, corrected] = await Promise.all(
      [{}, { prior }].map(
        async (given) => (await trainOn(toy, { engine, ...(settings && { settings }) }, given)).artifact,
      ),
    );
    expect(corrected.manifest.data.priors?.population).toEqual(population);
    for (const share of corrected.manifest.data.priors?.training ?? []) expect(share).toBeCloseTo(1 / 3, 12);
    const models = [plain, corrected].map(classPredictorOf);
    for (const x of [-1, 1, 3, 5]) {
      const [before = [], after = []] = models.map(({ predict }) => predict({ x }).outputs);
      const products = before.map((p, k) => p * population[k] * 3);
      const sum = products.reduce((one, other) => one + other);
      for (const [k, p] of after.entries()) expect(p).toBeCloseTo(products[k] / sum, 9);
      if (engine !== 'softmax') continue;
      const densities = population.map((share, k) => share * Math.exp(-((x - 2 * k) ** 2) / 2));
      const total = densities.reduce((one, other) => one + other);
      for (const [k, p] of after.entries()) expect(Math.abs(p - densities[k] / total)).toBeLessThan(0.08);
    }
    const { evaluation, predictionSet } = corrected.manifest;
    if (evaluation.kind !== 'classes') throw new Error('the target has several classes');
    const briers = evaluation.references.map(({ scores }) => (scores as typeof evaluation.model).brier.mean);
    expect(Math.max(...briers)).toBeCloseTo(
      1 - population.reduce((squares, share) => squares + share ** 2, 0),
      2,
    );
    if (engine === 'forest') {
      // without x, the sets leave out c, which only 5 % of the population are
      const least = predictionSet?.thresholds.find(({ given }) => given === 0)?.least;
      expect(least).toBeGreaterThan(0.1);
      expect(least).toBeLessThan(0.27);
    }
    expect(renderCard(corrected.manifest, { version: '1-0000000' })).toContain(
      '70 %, 25 %, 5 % of the population',
    );
  },
);

test.each([
  [0.1, '"y" has 3 classes: name the share of each, such as --prior a=0.5,b=0.3,c=0.2'],
  [{ a: 0.5, b: 0.2, d: 0.3 }, 'the prior names "d", which is no class of "y"'],
  [{ a: 0.5, b: 0.5 }, 'the prior does not name the class "c" of "y"; name the share of each'],
  [{ a: 0.5, b: 0.5, c: 0.3 }, 'the shares of the prior add up to 1.3, not to 1'],
])('the prior %j is refused: %s', async (prior, fault) => {
  const toy = { fields, lines: normals([30, 30, 30]), target: { type: 'string' } };
  await expect(tableOf(toy, { prior })).rejects.toThrow(fault);
});

test('the prior of two values is one share, and a number has none', async () => {
  const prior = { 0: 0.4, 1: 0.6 };
  const lines = pairs(90).map(({ x, y }) => `${x},${y}`);
  await expect(tableOf({ fields, lines }, { prior })).rejects.toThrow('the share of the predicted one alone');
  const numbers = { fields, lines: lines.map((line, i) => `${line}${i}`), target: { type: 'number' } };
  await expect(tableOf(numbers, { prior: 0.1 })).rejects.toThrow('but "y" is a number; leave it out');
});

test('few large groups are scored apart, each by models that were trained without it', async () => {
  const names = ['Basel', 'Bern', 'Chur', 'Genf'];
  const lines = pairs(120).map(({ x, y }, i) => `${x},${names[i % 4]},${y}`);
  const { manifest } = (
    await trainOn({ fields: [...fields, bare('site', 'string')], lines, hearth: { group: 'site' } })
  ).artifact;
  const { evaluation } = manifest;
  if (evaluation?.kind !== 'chance') throw new Error('the target has two values');
  expect(evaluation.groups?.map(({ name, rows }) => [name, rows])).toEqual(names.map((name) => [name, 30]));
  const ofBern = evaluation.outOfFold.filter(({ group }) => group === 1);
  expect(evaluation.groups?.[1].scores.brier.mean).toBeCloseTo(
    ofBern.reduce((sum, { prediction, target }) => sum + (prediction - target) ** 2, 0) / ofBern.length,
    12,
  );
  expect(renderCard(manifest, { version: '1-0000000' })).toMatch(/## Groups[\s\S]*\| `Bern` \| 30 \|/);
});
