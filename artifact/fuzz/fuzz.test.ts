import { expect, test } from 'vitest';
import { fuzzedArtifacts } from './artifacts.ts';
import { fuzz } from './fuzz.ts';
import { assertEnough, tallyTable } from './tally.ts';

test('of 5,000 damaged artifacts each is refused for a reason, or answers chances', async () => {
  const tally = await fuzz(await fuzzedArtifacts(), 5_000, 20_000_000);
  assertEnough(tally);
  expect(tally.mutants).toBe(5_000);
  expect(tally.fromDisk).toBeGreaterThan(10);
  expect(tally.slowest, tallyTable(tally)).toBeLessThan(5_000);
}, 60_000);
