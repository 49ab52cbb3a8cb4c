import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../testing/heart.ts';
import type { Table } from './data/table.ts';
import { createDesign } from './design.ts';
import { learnOutOfFold } from './evaluation/out-of-fold.ts';
import { learnHere, learnInThreads } from './learn-threads.ts';

const columns = ['age', 'sex', 'thal'];
const protocol = { folds: 3, repeats: 2, seed: 4 };
let table: Table;

beforeAll(async () => {
  table = await heartTable();
});

test('threads predict every fold and stage as the calling thread does', async () => {
  const design = createDesign(table, columns);
  const stages = [Uint8Array.of(1, 0, 0)];
  const recipe = { learner: 'linear' } as const;
  const threads = learnInThreads({ table, columns }, 2);
  const there = await learnOutOfFold(threads, recipe, design, protocol, { stages });
  await threads.close();
  expect(there).toEqual(await learnOutOfFold(learnHere(design), recipe, design, protocol, { stages }));
  expect(there.whole[1].every(Number.isFinite)).toBe(true);
});

test('what fails in a thread is said, of what waits as well', async () => {
  const design = createDesign(table, columns);
  const threads = learnInThreads({ table, columns: ['height'] }, 1);
  const learned = learnOutOfFold(threads, { learner: 'base-rate' }, design, protocol);
  await expect(learned).rejects.toThrow('height');
  await expect(learnOutOfFold(threads, { learner: 'base-rate' }, design, protocol)).rejects.toThrow('height');
  await threads.close();
});
