import { expect, test } from 'vitest';
import { numberField, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { createEnding, createLeftOut } from './ending.ts';
import { train } from './train.ts';

const writeToy = useToys();

test('a training that is to end keeps the best of the candidates so far, and its manifest names what it lacks', async () => {
  const lines = Array.from({ length: 40 }, (_, row) => `${row % 11},${Number(row % 3 === 0)}`);
  const table = await readTable(await readPackage(await writeToy({ fields: [numberField('x')], lines })));
  const ending = createEnding();
  const started: string[] = [];
  const progress = {
    start(title: string) {
      started.push(title);
      ending.isAsked = true;
      return () => {};
    },
  };
  const plan = { budget: 60, leftOut: ['two-repeats'] };
  const options = { engine: 'auto', seed: 1, folds: 2, repeats: 1, plan } as const;
  const { artifact, leftOut, candidates } = await train(table, options, progress, undefined, ending);
  expect(candidates).toMatchObject([{ name: 'additive', chosen: true }]);
  expect(leftOut.list().toSorted()).toEqual([
    'boosted',
    'forest',
    'learning-curve',
    'logistic',
    'ml-random-forest',
    'stages',
    'two-repeats',
  ]);
  expect(artifact.manifest.engine.plan).toEqual({ seconds: 60, leftOut: leftOut.list() });
  expect(started.map((title) => title.split(':')[0])).toEqual([
    'Additive model',
    'the model of all rows, and its interval',
    'Always the base rate',
  ]);
});

test('what comes after a training that is then asked to end is left out and listed too', () => {
  const ending = createEnding();
  const leftOut = createLeftOut({ leftOut: ['two-repeats'] }, ending);
  expect([leftOut.has('two-repeats'), leftOut.has('learning-curve')]).toEqual([true, false]);
  ending.isAsked = true;
  expect(leftOut.has('learning-curve')).toBe(true);
  expect(leftOut.list()).toEqual(['two-repeats', 'learning-curve']);
});
