import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import type { Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import type { MlForestOptions } from '../learners/ml-random-forest/grow.ts';
import { learnHere, learnInThreads } from './fold-threads.ts';
import { learnOutOfFold } from './out-of-fold.ts';

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

test('each that waits for a thread that fails is told, and each that asks after it', async () => {
  const threads = learnInThreads({ table, columns: ['height'] }, 1);
  const fold = { train: Int32Array.of(0, 1), test: Int32Array.of(2), seed: 1 };
  const ask = () => threads.predict({ recipe: { learner: 'base-rate' }, fold, stages: [] });
  const failed = { status: 'rejected', reason: expect.objectContaining({ code: 'UNKNOWN_COLUMN' }) };
  expect(await Promise.allSettled([ask(), ask(), ask()])).toEqual([failed, failed, failed]);
  expect(await Promise.allSettled([ask()])).toEqual([failed]);
  await threads.close();
});

test('a thread that fails with nothing to do fails what the others do', async () => {
  const threads = learnInThreads({ table, columns: ['height'] }, 3);
  await expect(
    learnOutOfFold(threads, { learner: 'base-rate' }, createDesign(table), {
      folds: 1,
      repeats: 1,
      seed: 1,
    }),
  ).rejects.toThrow('height');
  await threads.close();
});

test('what is waited for when the threads are closed never comes', async () => {
  const threads = learnInThreads({ table, columns }, 1);
  const fold = { train: Int32Array.of(0, 1), test: Int32Array.of(2), seed: 1 };
  const ask = () => threads.predict({ recipe: { learner: 'base-rate' }, fold, stages: [] });
  await ask();
  const waited = Promise.all([ask(), ask()]).then(() => 'came');
  await threads.close();
  expect(await Promise.race([waited, setTimeout(100, 'never')])).toBe('never');
});

test('what fails on the calling thread is said, and does not fail what comes after it', async () => {
  const learners = learnHere(createDesign(table, columns));
  const [train, test] = [Int32Array.from({ length: 200 }, (_, row) => row), Int32Array.of(200, 201)];
  const fold = { train, test, seed: 1 };
  const options: MlForestOptions = { trees: 1, maxDepth: 1, minNumSamples: 1 };
  const failing = learners.predict({ recipe: { learner: 'ml-random-forest', options }, fold, stages: [] });
  await expect(failing).rejects.toThrow('"sex": it holds categories');
  const next = await learners.predict({ recipe: { learner: 'base-rate' }, fold, stages: [] });
  expect(next.whole).toHaveLength(2);
});
