import { createModel, decodeForest, linked, sumLeaves } from '@hearth/artifact';
import { openRegistry } from '@hearth/artifact/store';
import { beforeAll, expect, test } from 'vitest';
import { heartTable, root } from '../../testing/heart.ts';
import type { Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import { singleThreadPool } from '../evaluation/fold-threads.ts';
import { mlForest } from '../learners/ml-random-forest/learner.ts';
import type { Progress } from '../progress.ts';
import { learningCurve, learningCurveSteps } from './learning-curve.ts';
import { chooseMlForestOptions } from './ml-forest-options.ts';
import { type Trained, type TrainOptions, train } from './train.ts';

const silent: Progress = { start: () => () => {} };
const quick: TrainOptions = { engine: 'additive', seed: 1, folds: 2, repeats: 1 };
/** The committed table, and every third of its rows, on which training takes much less time. */
let table: Table;
let few: Table;
let positives: number;

beforeAll(async () => {
  table = await heartTable();
  const isThird = (_: unknown, row: number) => row % 3 === 0;
  few = { ...table, inputs: table.inputs.filter(isThird), target: table.target.filter(isThird) };
  positives = few.target.reduce((sum, y) => sum + y, 0);
});

const load = ({ manifest, files }: Trained['artifact']) =>
  createModel(
    manifest,
    {
      forest: decodeForest(files['forest.safetensors']),
      ...(files['spread.safetensors'] && { spread: decodeForest(files['spread.safetensors']) }),
    },
    'new',
  );

test('training twice gives the same bytes, another seed gives different ones, and progress reaches its end', async () => {
  const pieces: { total: number; done: number }[] = [];
  const counting: Progress = {
    start: (_title, total) => {
      const piece = { total, done: 0 };
      pieces.push(piece);
      return () => piece.done++;
    },
  };
  const options: TrainOptions = { ...quick, columns: ['age', 'sex'] };
  const { artifact } = await train(few, options, counting);
  expect(pieces.length).toBeGreaterThan(3);
  for (const { total, done } of pieces) expect(done).toBe(total);
  expect((await train(few, options, silent)).artifact).toEqual(artifact);
  expect((await train(few, { ...options, seed: 2 }, silent)).artifact.sha256).not.toBe(artifact.sha256);
});

test('the best candidate is chosen, and beats the base rate', async () => {
  const columns = ['cp', 'thalach', 'thal'];
  const options: TrainOptions = { ...quick, engine: 'auto', columns };
  const { artifact, candidates, best, design, protocol } = await train(few, options, silent);
  const single = candidates.map(({ name }) => name).filter((name) => name !== 'blend');
  expect(single).toEqual(['additive', 'boosted', 'forest', 'gbdt', 'logistic']);
  const [chosen] = candidates.filter((each) => each.chosen);
  expect(chosen.loss).toBeLessThan(1.01 * Math.min(...candidates.map(({ loss }) => loss)));
  expect(artifact.manifest.engine.name).toBe(chosen.name);
  const { evaluation } = artifact.manifest;
  // the regression is a candidate, and no second time a reference
  expect(evaluation.references.map(({ name }) => name)).not.toContain('logistic-regression');
  const base = evaluation.references.find(({ name }) => name === 'base-rate');
  expect(base?.difference?.high).toBeLessThan(0);
  let steps = 0;
  const curve = await learningCurve(singleThreadPool(design), best, design, protocol, () => steps++);
  expect(curve.map(({ rows }) => rows)).toEqual([15, 30, 53, 75]);
  expect(curve[3].score).toBeLessThan(curve[0].score);
  expect(steps).toBe(learningCurveSteps(design, protocol));
});

test.each(['additive', 'boosted', 'forest'] as const)(
  '%s gives a model that passes every check, with an interval around each answer',
  async (engine) => {
    const columns = ['age', 'sex', 'oldpeak'];
    const model = load((await train(few, { ...quick, engine, columns }, silent)).artifact);
    for (const row of [{}, { age: 60 }, { age: 60, sex: 'male' }, { age: 60, sex: 'male', oldpeak: 2 }]) {
      const { answer, interval } = model.predict(row);
      expect(interval?.low).toBeLessThan(answer);
      expect(interval?.high).toBeGreaterThan(answer);
    }
    expect(Math.abs(model.predict({}).answer - positives / few.target.length)).toBeLessThan(0.03);
    const { base, values } = model.explain({ age: 60 });
    const total = Object.values(values).reduce((sum, value) => sum + value, base);
    const { answer } = model.predict({ age: 60 });
    expect(total).toBeCloseTo(engine === 'forest' ? answer : Math.log(answer / (1 - answer)), 9);
  },
);

test('the options of ml-random-forest are chosen by cross-validation, and a missing age gets the base rate', async () => {
  const design = createDesign(few, ['age']);
  const settings = [
    { minNumSamples: 3, maxDepth: 20 },
    { minNumSamples: 40, maxDepth: 2 },
  ];
  const options = await chooseMlForestOptions(singleThreadPool(design), design, 1, silent, settings);
  expect(options).toEqual({ minNumSamples: 40, maxDepth: 2, trees: 500 });
  const { trees, answer, predict } = mlForest(design, { ...options, trees: 50 }).learn(
    Int32Array.from(few.inputs.keys()),
    1,
  );
  const forMissing = linked(answer, sumLeaves(trees.forest, Float64Array.of(Number.NaN)));
  expect(forMissing).toBeCloseTo(positives / few.target.length, 12);
  expect(predict(0)).toBe(linked(answer, sumLeaves(trees.forest, Float64Array.of(63))));
});

test.each([
  [['height'], 'additive', 'datapackage.json: has no column "height"; it has age, sex'],
  [['sex'], 'ml-random-forest', 'cannot use the column "sex": its values are categories'],
  [['ca'], 'ml-random-forest', 'cannot use the column "ca": it is missing in 4 rows'],
] as const)('the columns %j are refused for %s', async (columns, engine, reason) => {
  await expect(train(table, { ...quick, columns, engine }, silent)).rejects.toThrow(reason);
});

test('the committed model in production was trained on the committed table, and beats every reference', async () => {
  const registry = openRegistry(`${root}/models/heart`);
  const { manifest } = await registry.load(await registry.production());
  expect(manifest.data.sha256).toBe(table.sha256);
  const { evaluation } = manifest;
  if (evaluation?.kind !== 'chance') throw new Error('the heart model predicts a probability');
  for (const { scores } of evaluation.references) {
    expect(evaluation.model.brier.mean).toBeLessThan((scores as typeof evaluation.model).brier.mean);
  }
});
