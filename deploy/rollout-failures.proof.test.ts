import { expect, test } from 'vitest';
import { expectWhole, patternOf, rollout } from './testing/rollout.ts';

test('whichever Docker command fails, either all of the new release serves, or all of the old one', async () => {
  const { calls } = await rollout({});
  const patterns = new Set(calls.map(patternOf));
  expect(patterns.size).toBeGreaterThan(20);
  for (const pattern of patterns) await expectWhole(pattern);
}, 180_000);
