import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { fuzzedArtifacts } from './mutant.ts';
import { assertEnough, tallyTable } from './tally.ts';

test('each of 1,500 damaged artifacts is refused by a check or gives valid answers', async () => {
  const tally = await fuzz(await fuzzedArtifacts(), 1_500, 20_000_000);
  assertEnough(tally);
  expect(tally.mutants).toBe(1_500);
  expect(tally.fromDisk).toBeGreaterThan(5);
  expect(tally.slowest, tallyTable(tally)).toBeLessThan(5_000);
}, 60_000);
