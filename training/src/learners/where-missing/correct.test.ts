import { type Manifest, readAnswer } from '@hearth/artifact';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../../testing/heart.ts';
import { createDesign, type Design } from '../../design.ts';
import { describeData } from '../../pipeline/describe-data.ts';
import { createRandom } from '../../random.ts';
import { createModelLearner } from '../index.ts';
import type { LearnedModel } from '../learner.ts';
import { regressionModel } from '../regression.ts';

let design: Design;
let corrected: LearnedModel;
let alone: LearnedModel;
let rows: Int32Array;
let others: number[];
beforeAll(async () => {
  const table = await heartTable();
  const few = table.inputs.map(({ age, cp, thal }, row) => ({
    age,
    cp,
    thal,
    // says much beside the age, and nothing without it
    chol: 4 * Number(age) + 12 * table.target[row] + (row % 7),
  }));
  design = createDesign({ ...table, inputs: table.inputs.map((row, i) => ({ ...row, ...few[i] })) }, [
    'age',
    'chol',
    'cp',
    'thal',
  ]);
  rows = Int32Array.from(design.x.keys()).filter((row) => row % 3 > 0);
  others = [...design.x.keys()].filter((row) => row % 3 === 0);
  const recipe = { learner: 'logistic', options: { ridge: 0.01 } } as const;
  corrected = createModelLearner(recipe, design).learn(rows, 1) as LearnedModel;
  alone = regressionModel(design, rows, 1, { ridge: 0.01 });
});

test('a row with all columns is answered by the regression', () => {
  for (const row of design.x.keys()) expect(corrected.predict(row)).toBeCloseTo(alone.predict(row), 11);
});

test('where a correlated column is missing, trees correct the coefficients of the others', () => {
  const given = Uint8Array.of(0, 1, 1, 1);
  const brier = (model: LearnedModel) =>
    others.reduce((sum, row) => sum + (model.predict(row, given) - design.target[row]) ** 2, 0) /
    others.length;
  expect(brier(alone)).toBeGreaterThan(0.25);
  expect(brier(corrected)).toBeLessThan(0.2);
});

test('the model is read as it is learned, with and without columns', () => {
  const { trees, answer, added = [] } = corrected;
  const { features } = design.adding(added, trees.sets);
  const manifest = { ...describeData(design.table), columns: design.columns, features, answer };
  const read = readAnswer(manifest as unknown as Manifest, trees);
  for (const row of others) {
    const { age: _, ...rest } = design.table.inputs[row];
    const { chol, cp, thal } = rest;
    expect(read(design.table.inputs[row]).answer).toBeCloseTo(corrected.predict(row), 12);
    expect(read({ chol, cp, thal }).answer).toBeCloseTo(
      corrected.predict(row, Uint8Array.of(0, 1, 1, 1)),
      12,
    );
  }
});

test('a regression of columns that say nothing about each other stays as it is', async () => {
  const table = await heartTable();
  const random = createRandom(4);
  const inputs = table.inputs.map((row) => ({ ...row, age: random.below(2), chol: random.below(2) }));
  const target = Float64Array.from(inputs, ({ age, chol }) =>
    Number(random.uniform() < 0.1 + 0.4 * age + 0.4 * chol),
  );
  const unrelated = createDesign({ ...table, inputs, target }, ['age', 'chol']);
  const every = Int32Array.from(unrelated.x.keys());
  const recipe = { learner: 'logistic', options: { ridge: 1 } } as const;
  const { trees, answer } = createModelLearner(recipe, unrelated).learn(every, 1);
  const own = regressionModel(unrelated, every, 1, { ridge: 1 });
  expect({ trees, answer }).toEqual({ trees: own.trees, answer: own.answer });
});
