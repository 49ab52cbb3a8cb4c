import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { expect, test } from 'vitest';
import { categoryField, numberField, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { createDesign, type Design } from '../design.ts';
import { train } from '../pipeline/train.ts';
import { createRandom } from '../random.ts';
import { createLearner, createModelLearner, selfTuned } from './index.ts';
import type { LearnedClasses, LearnedModel } from './learner.ts';

const writeToy = useToys();
const classNames = ['even', 'odd', 'neither'];
const fields = [numberField('a'), numberField('b'), categoryField('c', [...'abcdefgh'])];

/** Whether one of two numbers, but not both, is above 4: no column alone tells anything. */
async function tableOf(kind: 'binary' | 'classes', count = 600) {
  const random = createRandom(8);
  const lines = Array.from({ length: count }, () => {
    const [a, b, c] = [random.below(11), random.below(11), random.below(8)];
    const isOdd = a > 4 !== b > 4;
    const target = kind === 'binary' ? Number(isOdd) : c % 2 === 1 ? 'neither' : isOdd ? 'odd' : 'even';
    return `${a},${b},${'abcdefgh'[c]},${target}`;
  });
  const target = { type: 'string', constraints: { enum: classNames } };
  return readTable(
    await readPackage(await writeToy({ fields, lines, ...(kind === 'classes' && { target }) })),
  );
}

const halves = ({ x: { length } }: Design) => ({
  known: Int32Array.from({ length: length / 2 }, (_, i) => 2 * i),
  others: Int32Array.from({ length: length / 2 }, (_, i) => 2 * i + 1),
});

test('gradient boosting finds an interaction of two columns, and says that it knows nothing without one of them', async () => {
  const design = createDesign(await tableOf('binary', 300));
  const { known, others } = halves(design);
  const model = createLearner({ learner: 'gbdt' }, design).learn(known, 1);
  if ('predictClasses' in model) throw new Error('the target is binary');
  const brier = (given?: Uint8Array) =>
    others.reduce((sum, row) => sum + (model.predict(row, given) - design.target[row]) ** 2, 0) /
    others.length;
  expect(brier()).toBeLessThan(0.05);
  expect(brier(Uint8Array.of(1, 0, 1))).toBeLessThan(0.29);
});

test('classes are boosted together, from all columns and from some', async () => {
  const design = createDesign(await tableOf('classes'));
  const { known, others } = halves(design);
  const options = { rounds: 60, leaves: 7, rate: 0.1, copies: 2, copyShare: 0.2, thresholds: 4 };
  const model = createLearner({ learner: 'gbdt', options }, design).learn(known, 1) as LearnedClasses;
  const right = (given?: Uint8Array) => {
    const predicted = model.predictClasses(others, given);
    const best = (i: number) => {
      const own = Array.from(predicted.subarray(3 * i, 3 * i + 3));
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      return own.indexOf(Math.max(...own));
    };
    return others.filter((row, i) => best(i) === design.target[row]).length / others.length;
  };
  expect(right()).toBeGreaterThan(0.95);
  expect(right(Uint8Array.of(0, 0, 1))).toBeGreaterThan(0.65);
});

test('a model of classes is sound, and answers as it did in training', async () => {
  const table = await tableOf('classes', 300);
  const progress = { start: () => () => {} };
  const settings = { rounds: 40, leaves: 7, rate: 0.1, copies: 1, copyShare: 0.1, rowShare: 0.3 };
  const how = { engine: 'gbdt', settings, seed: 1, folds: 2, repeats: 1 } as const;
  const { artifact } = await train(table, how, progress);
  expect(artifact.manifest.engine.options).toEqual(settings);
  const folder = await mkdtemp(join(tmpdir(), 'gbdt-'));
  const registry = openRegistry(join(folder, 'toy'));
  try {
    // half of the categories stand for one class: one split on a set of them finds it
    expect(artifact.manifest.features.some((feature) => feature.in !== undefined)).toBe(true);
    const model = await registry.load((await registry.publish(artifact)).version);
    const design = createDesign(table);
    const options = artifact.manifest.engine.options as never;
    const learner = createModelLearner({ learner: 'gbdt', options }, design);
    const learned = learner.learn(Int32Array.from(design.x.keys()), 1);
    const expected =
      'predictClasses' in learned ? learned.predictClasses(Int32Array.of(5))[0] : learned.predict(5);
    expect(model.predict(table.inputs[5]).answer).toBeCloseTo(expected, 12);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('settings that are given are kept, and the others are chosen', async () => {
  const design = createDesign(await tableOf('binary', 120));
  const given = { rate: 0.2, models: 2, copies: 1 };
  const model = createModelLearner({ learner: 'gbdt', options: given }, design);
  const { options } = (model.learn(halves(design).known, 1) as LearnedModel).engine;
  expect(options).toMatchObject({ ...given, leaves: 15 });
  expect(options.rounds).toBeGreaterThan(1);
});

test('it is compared with the other learners from 100 rows on', () => {
  const names = (rows: number) => selfTuned({ type: 'binary' }, rows).map(({ learner }) => learner);
  expect(names(99)).not.toContain('gbdt');
  expect(names(100)).toContain('gbdt');
});
