import { expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign } from '../design.ts';
import { learnInterval } from '../learners/additive/learner.ts';
import { createModelLearner } from '../learners/index.ts';
import type { Given, Learned, LearnedClasses } from '../learners/learner.ts';
import { predictFold, tasksOn } from './fold.ts';
import { keptColumns } from './random-mask.ts';

const fold = { train: Int32Array.of(0, 1), test: Int32Array.of(2, 5, 9, 14), seed: 1 };
const mask = { share: 0.5, always: Uint8Array.of(0, 0, 1) };
const one = Uint8Array.of(0, 1, 0);
const named = { name: 'any', label: { en: 'any', 'pt-BR': 'any' } };
/** A number for a row and the columns that are given. */
const toldBy = (row: number, given: Given = Uint8Array.of(9)) => row + Number(given.join('')) / 1000;

test('the rows of a fold are predicted by all columns, by those of a stage, and by other ones for each row', () => {
  const learner = { ...named, learn: (): Learned => ({ predict: toldBy }) };
  const { whole, staged } = predictFold(learner, fold, [one, mask]);
  expect([...whole]).toEqual([2.009, 5.009, 9.009, 14.009]);
  expect([...staged[0]]).toEqual([2.01, 5.01, 9.01, 14.01]);
  expect([...staged[1]]).toEqual([...fold.test].map((row) => toldBy(row, keptColumns(mask, row))));
});

test('of several classes, a learner predicts the rows together', () => {
  const learned: LearnedClasses = {
    predictClasses: (rows, given) =>
      Float64Array.from(rows, (row) => toldBy(row, typeof given === 'function' ? given(row) : given)),
  };
  const { whole, staged } = predictFold({ ...named, learn: () => learned }, fold, [one, mask]);
  expect([...whole]).toEqual([2.009, 5.009, 9.009, 14.009]);
  expect([...staged[0]]).toEqual([2.01, 5.01, 9.01, 14.01]);
  expect([...staged[1]]).toEqual([...fold.test].map((row) => toldBy(row, keptColumns(mask, row))));
});

test('what is published is learned as by the learner itself, with the features that it adds', async () => {
  const design = createDesign(await heartTable(), ['age', 'thal']);
  const rows = Int32Array.from({ length: 120 }, (_, i) => i);
  const tasks = tasksOn(design);
  const options = { rounds: 3, leaves: 4, rate: 0.1, copies: 1 };
  for (const recipe of [{ learner: 'logistic' } as const, { learner: 'gbdt', options } as const]) {
    const { trees, answer, engine, added } = createModelLearner(recipe, design).learn(rows, 3);
    const learned = tasks.learn({ recipe, rows, seed: 3 });
    expect(learned).toStrictEqual({ trees, answer, engine, ...(added && { added }) });
  }
  expect(tasks.learnInterval({ rows, seed: 3 })).toEqual(learnInterval(design, rows, 3));
});
