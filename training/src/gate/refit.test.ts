import type { Evaluated } from '@hearth/artifact';
import { tinyManifest } from '@hearth/artifact/testing';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import type { Table } from '../data/table.ts';
import { compareRecipes, refitSteps } from './refit.ts';

let table: Table;

beforeAll(async () => {
  table = await heartTable();
});

/** A version trained by this learner on these columns. */
function version(name: string, columns: string[], options: Evaluated['engine']['options'] = {}): Evaluated {
  const tiny = tinyManifest();
  return {
    ...tiny,
    features: columns.map((column) => ({ column })),
    engine: { ...tiny.engine, name, options },
  };
}

/** The fastest learner. */
const quick = (columns: string[], options = { minNumSamples: 20, maxDepth: 3, trees: 5 }) =>
  version('ml-random-forest', columns, options);

test('two recipes are retrained on one table, in the same folds', () => {
  let steps = 0;
  const { rows, challenger, other, loss, low, high } = compareRecipes(
    quick(['thalach', 'oldpeak']),
    quick(['age']),
    table,
    () => steps++,
  );
  expect(rows).toBe(303);
  expect(steps).toBe(10);
  expect(refitSteps).toBe(10);
  expect(challenger).toBeGreaterThan(0.17);
  expect(challenger).toBeLessThan(0.23);
  expect(other).toBeGreaterThan(challenger);
  expect(other).toBeLessThan(0.27);
  expect(loss).toBeCloseTo(challenger - other, 12);
  expect([low < loss, high > loss]).toEqual([true, true]);
  expect(compareRecipes(quick(['age']), quick(['age']), table, () => {})).toMatchObject({
    loss: 0,
    low: 0,
    high: 0,
  });
});

test('squared errors of a numeric target are scaled as in the out-of-fold comparison', () => {
  const numeric = {
    ...table,
    kind: 'numeric' as const,
    target: table.target.map((y) => 100 * y) as typeof table.target,
  };
  const rows = Array.from(numeric.target, (target, i) => ({ row: String(i), target, prediction: 0 }));
  const challenger = quick(['age']);
  challenger.target = { name: 'height', type: 'numeric' };
  challenger.evaluation = { ...challenger.evaluation, outOfFold: rows } as Evaluated['evaluation'];
  const compared = compareRecipes(challenger, quick(['age']), numeric, () => {});
  expect(compared.challenger).toBeGreaterThan(0.2);
  expect(compared.challenger).toBeLessThan(0.3);
});

test('the options of a version are used', () => {
  const shallow = quick(['age'], { minNumSamples: 100, maxDepth: 1, trees: 5 });
  const deep = quick(['age'], { minNumSamples: 1, maxDepth: 20, trees: 5 });
  expect(compareRecipes(deep, shallow, table, () => {}).loss).toBeGreaterThan(0.01);
});

test.each(['additive', 'boosted', 'forest'])('%s can be retrained', (name) => {
  const few = { ...table, inputs: table.inputs.slice(0, 60), target: table.target.slice(0, 60) };
  const { rows, challenger } = compareRecipes(version(name, ['sex']), quick(['age']), few, () => {});
  expect(rows).toBe(60);
  expect(challenger).toBeLessThan(0.3);
});

test('the error names an unknown learner and the known ones', () => {
  const unknown = version('neural', ['age']);
  expect(() => compareRecipes(unknown, unknown, table, () => {})).toThrow(
    'there is no learner "neural"; there are additive, boosted, forest, gbdt, ml-random-forest, logistic',
  );
});

test('recipes are retrained in the order of time, by weights and in groups', () => {
  const count = table.target.length;
  const sampled = (sampling: Table['sampling']) =>
    compareRecipes(quick(['thalach']), quick(['age']), { ...table, sampling }, () => {});
  const times = Float64Array.from({ length: count }, (_, i) => i);
  expect(sampled({ times }).rows).toBeLessThan(0.71 * count);
  expect(sampled({ times }).loss).not.toBeNaN();
  const plain = sampled({});
  const weights = Float64Array.from({ length: count }, (_, i) => (i < 100 ? 1.9 : 0.1));
  expect(sampled({ weights }).challenger).not.toBeCloseTo(plain.challenger, 3);
  const groups = Int32Array.from({ length: count }, (_, i) => i % 20);
  const grouped = sampled({ groups });
  expect(grouped.rows).toBe(count);
  expect(grouped.paired.pairs.map(({ group }) => group)).toEqual([...groups]);
  expect('group' in plain.paired.pairs[0]).toBe(false);
  expect(grouped.high - grouped.low).not.toBeCloseTo(plain.high - plain.low, 4);
});
