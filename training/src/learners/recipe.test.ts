import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign, type Design } from '../design.ts';
import { createModelLearner, type ModelRecipe, recipeOf } from './index.ts';

const target = { type: 'binary' } as const;
const options = {
  additive: { ridge: 40, smooth: 40 },
  boosted: { rounds: 3, maxDepth: 2, rate: 0.2 },
  forest: { trees: 7, minimumLeaf: 20, rowWeight: 3, columnShare: 0.5, randomSplits: 1 },
  gbdt: {
    rounds: 3,
    leaves: 4,
    rate: 0.2,
    copies: 1,
    copyShare: 0.2,
    copiesFrom: 3,
    rowShare: 0.5,
    columnShare: 0.5,
  },
  'ml-random-forest': { trees: 5, minNumSamples: 40, maxDepth: 2 },
};
let design: Design;

beforeAll(async () => {
  design = createDesign(await heartTable(), ['age', 'trestbps']);
});

test.each(Object.keys(options) as (keyof typeof options)[])(
  '%s uses the given options, and writes them into the manifest',
  (learner) => {
    const given = { learner, options: options[learner] } as ModelRecipe;
    const { engine } = createModelLearner(given, design).learn(Int32Array.from(design.x.keys()), 1);
    expect(recipeOf({ engine: { ...engine, seed: 1 }, target })).toEqual(given);
  },
);

test('the error for an unknown learner names the known ones', () => {
  const engine = { name: 'by hand', version: '1', options: {}, seed: 1 };
  expect(() => recipeOf({ engine, target })).toThrow(
    'there is no learner "by hand"; there are additive, boosted, forest, gbdt, ml-random-forest, logistic',
  );
});

test('the error for unusable options names the learner', () => {
  const engine = { name: 'forest', version: '1', options: { trees: 0, minimumLeaf: 3 }, seed: 1 };
  expect(() => recipeOf({ engine, target })).toThrow('the options of the learner "forest" cannot be used');
});
