import { type Manifest, readAnswer } from '@hearth/artifact';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign, type Design } from '../design.ts';
import { describeData } from '../pipeline/describe-data.ts';
import { createModelLearner, recipeWith, selfTuned } from './index.ts';
import type { LearnedModel } from './learner.ts';
import { fitRegression } from './linear.ts';
import { regressionModel } from './regression.ts';

let design: Design;
beforeAll(async () => {
  const table = await heartTable();
  // some cells are missing, also of the integers that have an effect for each value
  const inputs = table.inputs.map((row, i) => (i % 5 ? row : { ...row, ca: null, chol: null, thal: null }));
  design = createDesign({ ...table, inputs });
});

test('the model of a logistic regression answers as the fit that models are compared with', () => {
  const rows = Int32Array.from(design.x.keys()).filter((row) => row % 3 > 0);
  const recipe = { learner: 'logistic', options: { ridge: 3 } } as const;
  const learned = createModelLearner(recipe, design).learn(rows, 1) as LearnedModel;
  const fitted = fitRegression(design, rows, 1, { ridge: 3 });
  const manifest = { ...describeData(design.table), features: design.features, answer: learned.answer };
  const read = readAnswer(manifest as unknown as Manifest, learned.trees);
  for (const [row, input] of design.table.inputs.entries()) {
    expect(learned.predict(row)).toBeCloseTo(fitted.predict(row), 12);
    expect(read(input).answer).toBeCloseTo(learned.predict(row), 12);
  }
  expect(learned.engine).toMatchObject({ name: 'logistic', options: { ridge: 3 } });
});

test('the trees of a regression add nothing on average over the rows, by their weights', () => {
  const rows = Int32Array.from(design.x.keys());
  const weights = Float64Array.from(rows, (row) => 1 + (row % 4));
  const weighted = { ...design, sampling: { weights } };
  const { forest } = regressionModel(weighted, rows, 1, { ridge: 3 }).trees;
  expect(forest.roots.length).toBeGreaterThan(0);
  const added = forest.value.reduce((sum, value, node) => sum + value * forest.cover[node], 0);
  expect(added).toBeCloseTo(0, 9);
});

test('the regression of its type of target is a candidate', () => {
  const candidates = (type: 'binary' | 'numeric' | 'count') =>
    selfTuned({ type }, 300)
      .map(({ learner }) => learner)
      .filter((name) => name === 'logistic' || name === 'linear');
  expect(candidates('binary')).toEqual(['logistic']);
  expect(candidates('numeric')).toEqual(['linear']);
  expect(candidates('count')).toEqual([]);
  expect(() => createModelLearner({ learner: 'linear' }, design)).toThrow(
    'linear cannot learn the target "disease"; additive, boosted, forest',
  );
});

test('settings by hand are all of a learner, and none that it does not have', () => {
  const binary = { type: 'binary' } as const;
  expect(recipeWith('boosted', { rounds: 50, maxDepth: 6, rate: 0.1 }, binary)).toEqual({
    learner: 'boosted',
    options: { rounds: 50, maxDepth: 6, rate: 0.1 },
  });
  expect(() => recipeWith('boosted', { rounds: 50, depth: 6, rate: 0.1 }, binary)).toThrow(
    '--set: the learner "boosted" has no setting "depth"; it has rounds, maxDepth, rate',
  );
  expect(() => recipeWith('gbdt', { copiesFrom: 9 }, { type: 'classes' })).toThrow(
    '--set: the learner "gbdt" has no setting "copiesFrom"',
  );
  expect(() => recipeWith('forest', { trees: 50 }, binary)).toThrow('minimumLeaf is missing');
  expect(() => recipeWith('forest', { trees: 0.5, minimumLeaf: 1 }, binary)).toThrow(/trees/);
});
