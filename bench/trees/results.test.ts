import { expect, test } from 'vitest';
import { mergeResults, noResults } from './results.ts';

const row = (rows: number, commit: string) => ({ rows, leaf: 1, engine: 'ranger', commit }) as const;

test('a part that is measured again replaces its old result, and the others stay', () => {
  const old = { ...noResults(), growing: [row(303, 'a'), row(10_000, 'a')] };
  const { growing } = mergeResults(old, { ...noResults(), growing: [row(303, 'b')] });
  expect(growing).toEqual([row(303, 'b'), row(10_000, 'a')]);
});
