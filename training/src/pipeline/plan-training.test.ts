import { expect, test } from 'vitest';
import { numberField, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { planTraining } from './plan-training.ts';

const writeToy = useToys();

test('boosting is slower where more time is asked for and its settings are not given', async () => {
  const lines = Array.from({ length: 120 }, (_, row) => `${row % 11},${Number(row % 3 === 0)}`);
  const table = await readTable(await readPackage(await writeToy({ fields: [numberField('x')], lines })));
  const isSlow = (...given: [Parameters<typeof planTraining>[1], Parameters<typeof planTraining>[2]]) =>
    planTraining(table, ...given).plan.slowBoosting;
  const long = { budget: 1e6 };
  expect(isSlow({ engine: 'auto' }, long)).toBe(true);
  expect(isSlow({ engine: 'gbdt' }, { effort: 'thorough' })).toBe(true);
  expect(isSlow({ engine: 'gbdt' }, { effort: 'normal' })).toBe(false);
  expect(isSlow({ engine: 'gbdt', settings: { leaves: 8 } }, long)).toBe(false);
});
