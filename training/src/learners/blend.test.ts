import { logit } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { categoryField, numberField, useToys } from '../../testing/made-up-package.ts';
import { readTable } from '../data/table.ts';
import { createDesign, type Design } from '../design.ts';
import { readPublishable } from '../pipeline/publishable.ts';
import { createRandom } from '../random.ts';
import { blend } from './blend.ts';
import { gbdt } from './gbdt.ts';
import { createModelLearner, type ModelRecipe, recipeOf } from './index.ts';
import type { ClassModel, LearnedModel } from './learner.ts';

const writeToy = useToys();
const categories = [...'abcdefghijkl'];
const classNames = ['low', 'middle', 'high'];
const settings = { rounds: 4, leaves: 4, rate: 0.3, copies: 1 };

/** 120 rows, some cells missing, whose target depends on a number and on the sets of a category. */
async function designOf(kind: 'binary' | 'numeric' | 'count' | 'classes', hearth = {}): Promise<Design> {
  const random = createRandom(3);
  const lines = Array.from({ length: 120 }, () => {
    const [x, c] = [random.below(11), random.below(categories.length)];
    const y = x / 5 + (c % 3) + random.uniform();
    const target = {
      binary: Number(y > 2),
      numeric: y,
      count: Math.floor(2 * y),
      classes: classNames[Math.min(2, Math.floor(y / 1.6))],
    };
    return `${x < 1 ? '' : x},${categories[c]},${1 + random.below(9)},${target[kind]}`;
  });
  const target = {
    binary: {},
    numeric: { target: { type: 'number', minimum: 0, maximum: 10 } },
    count: { target: { type: 'integer' } },
    classes: { target: { type: 'string', constraints: { enum: classNames } } },
  };
  const fields = [numberField('x'), categoryField('c', categories), { name: 'days', type: 'number' }];
  const path = await writeToy({ fields, lines, hearth, ...target[kind] });
  const table = await readTable(await readPublishable(path));
  return createDesign(table, 'exposure' in hearth ? undefined : ['x', 'c']);
}

const everyRow = ({ x }: Design) => Int32Array.from(x.keys());
const learn = <M>(recipe: ModelRecipe, design: Design) =>
  createModelLearner(recipe, design).learn(everyRow(design), 1) as M;
const prefixed = (learner: string, options: object) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [`${learner}.${name}`, value]));

const boosted = { rounds: 5, maxDepth: 2, rate: 0.2 };
const ofShares = { boosted, gbdt: settings, logistic: { ridge: 1 } };

test.each([
  ['binary', {}, ofShares, logit],
  ['binary', { prior: 0.05 }, ofShares, logit],
  ['numeric', {}, { forest: { trees: 7, minimumLeaf: 5 }, gbdt: settings, linear: { ridge: 1 } }, Number],
  [
    'count',
    { counts: true, exposure: 'days' },
    { boosted, gbdt: settings, additive: { ridge: 3, smooth: 3 } },
    Math.log,
  ],
] as const)(
  'the score of a blend is the weighted mean of the scores of its members, whatever cells are missing: %s %o',
  async (kind, hearth, members, scoreOf) => {
    const design = await designOf(kind, hearth);
    const weights = [0.5, 0.3, 0.2];
    const names = Object.entries(members);
    const options = Object.fromEntries(
      names.flatMap(([name, own], i) => [
        [`${name}.weight`, weights[i]],
        ...Object.entries(prefixed(name, own)),
      ]),
    );
    const whole = learn<LearnedModel>({ learner: 'blend', options }, design);
    const parts = names.map(([learner, own]) =>
      learn<LearnedModel>({ learner, options: own } as ModelRecipe, design),
    );
    expect(parts.some(({ trees }) => trees.sets)).toBe(true);
    for (const given of [undefined, Uint8Array.of(1, 0, 1), Uint8Array.of(0, 1, 1)]) {
      for (const row of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
        const mean = parts.reduce((sum, part, i) => sum + weights[i] * scoreOf(part.predict(row, given)), 0);
        expect(scoreOf(whole.predict(row, given))).toBeCloseTo(mean, 9);
      }
    }
    expect(recipeOf({ engine: { ...whole.engine, seed: 1 }, target: { type: kind } }).options).toEqual(
      options,
    );
  },
);

test('the probabilities of blended classes are the normalised weighted geometric means', async () => {
  const design = await designOf('classes');
  const options = {
    'gbdt.weight': 0.75,
    ...prefixed('gbdt', settings),
    'softmax.weight': 0.25,
    'softmax.ridge': 1,
    'softmax.temperature': 2,
  };
  const rows = everyRow(design);
  const whole = learn<ClassModel>({ learner: 'blend', options }, design).predictClasses(rows);
  const [trees, softmax] = [
    { learner: 'gbdt', options: settings },
    { learner: 'softmax', options: { ridge: 1, temperature: 2 } },
  ].map((recipe) => learn<ClassModel>(recipe as ModelRecipe, design).predictClasses(rows));
  for (let at = 0; at < whole.length; at += 3) {
    const means = [0, 1, 2].map((k) => trees[at + k] ** 0.75 * softmax[at + k] ** 0.25);
    const sum = means.reduce((a, b) => a + b);
    for (const k of [0, 1, 2]) expect(whole[at + k]).toBeCloseTo(means[k] / sum, 9);
  }
});

test('sets of categories of several members keep their places', async () => {
  const design = await designOf('binary');
  const members = [
    { weight: 0.5, learner: gbdt(design, { ...settings, copies: 0 }) },
    { weight: 0.5, learner: gbdt(design, { ...settings, leaves: 6 }) },
  ];
  const parts = members.map(({ learner }) => learner.learn(everyRow(design), 1));
  for (const { trees } of parts) expect(trees.sets?.length).toBeGreaterThan(0);
  const whole = blend(design, members).learn(everyRow(design), 1);
  for (const row of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
    const mean = parts.reduce((sum, part) => sum + 0.5 * logit(part.predict(row)), 0);
    expect(logit(whole.predict(row))).toBeCloseTo(mean, 9);
  }
});

test('a model whose score is no sum under the link of the target is refused', async () => {
  const design = await designOf('binary');
  const options = {
    'forest.weight': 0.5,
    'forest.trees': 3,
    'forest.minimumLeaf': 5,
    'gbdt.weight': 0.5,
    ...prefixed('gbdt', settings),
  };
  expect(() => learn({ learner: 'blend', options }, design)).toThrow(
    'a model of forest cannot be a member of a blend',
  );
});
