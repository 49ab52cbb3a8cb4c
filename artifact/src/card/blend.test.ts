import { expect, test } from 'vitest';
import { blendInWords } from './blend.ts';

type Blended = Parameters<typeof blendInWords>[0];
const engine = { name: 'blend', version: '1', seed: 1 };
const label = { en: 'Gradient-boosted trees' };
const evaluation = { references: [{ name: 'gbdt', label }] } as Blended['evaluation'];

test('a blend is its members with their shares, the largest first', () => {
  const options = { 'additive.weight': 0.4, 'additive.ridge': 3, 'gbdt.weight': 0.6, 'gbdt.rounds': 10 };
  expect(blendInWords({ engine: { ...engine, options }, evaluation })).toBe(
    'a blend of 60 % gradient-boosted trees and 40 % additive',
  );
});

test('another engine is no blend', () => {
  expect(blendInWords({ engine: { ...engine, name: 'gbdt', options: { rounds: 10 } } })).toBe('');
});
