import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { sampleMasks } from './masks.ts';

test('for few columns, every state of knowledge occurs once', () => {
  const masks = sampleMasks(4, 400, createRandom(1)).map((mask) => mask.join(''));
  expect(new Set(masks).size).toBe(16);
  expect(masks).toHaveLength(16);
});

test('for many columns, the wanted number of states includes nothing, everything and each column alone', () => {
  const masks = sampleMasks(13, 300, createRandom(1)).map((mask) => mask.join(''));
  expect(new Set(masks).size).toBe(300);
  expect(masks).toContain('0000000000000');
  expect(masks).toContain('1111111111111');
  for (let j = 0; j < 13; j++) expect(masks).toContain(`${'0'.repeat(j)}1${'0'.repeat(12 - j)}`);
});

test('each column alone is included even if fewer states are wanted', () => {
  const masks = sampleMasks(200, 100, createRandom(1));
  expect(masks.filter((mask) => mask.reduce((sum, known) => sum + known, 0) === 1)).toHaveLength(200);
});

test('a required column is known in every state', () => {
  const masks = sampleMasks(4, 400, createRandom(1), [1, 3]).map((mask) => mask.join(''));
  expect(masks.sort()).toEqual(['0101', '0111', '1101', '1111']);
  expect(sampleMasks(2, 400, createRandom(1), [0, 1])).toEqual([Uint8Array.of(1, 1)]);
});
