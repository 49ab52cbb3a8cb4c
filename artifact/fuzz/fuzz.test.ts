import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { fuzzedArtifacts } from './mutant.ts';
import { assertEnough, tallyTable } from './tally.ts';

test('each of 5,000 damaged artifacts is refused by a check or gives valid answers', async () => {
  const tally = await fuzz(await fuzzedArtifacts(), 5_000, 20_000_000);
  assertEnough(tally);
  expect(tally.mutants).toBe(5_000);
  expect(tally.fromDisk).toBeGreaterThan(10);
  expect(tally.slowest, tallyTable(tally)).toBeLessThan(5_000);
}, 60_000);
