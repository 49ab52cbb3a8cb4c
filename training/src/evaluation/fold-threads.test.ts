import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import type { Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import type { MlForestOptions } from '../learners/ml-random-forest/grow.ts';
import { Abandoned, type FoldPool, tasksOn } from './fold.ts';
import { singleThreadPool, threadPool } from './fold-threads.ts';
import { predictOutOfFoldInPool } from './out-of-fold.ts';

const columns = ['age', 'sex', 'thal'];
const protocol = { folds: 3, repeats: 2, seed: 4 };
const fold = { train: Int32Array.of(0, 1), test: Int32Array.of(2), seed: 1 };
let table: Table;

beforeAll(async () => {
  table = await heartTable();
});

const ask = (pool: FoldPool) => pool.predict({ recipe: { learner: 'base-rate' }, fold, stages: [] });

test('threads predict every fold and stage as the calling thread does, until they are closed', async () => {
  const design = createDesign(table, columns);
  const stages = [Uint8Array.of(1, 0, 0)];
  const recipe = { learner: 'regression' } as const;
  const pool = threadPool({ table, columns }, 2);
  const predicted = await predictOutOfFoldInPool(pool, recipe, design, protocol, { stages });
  const local = singleThreadPool(design);
  expect(predicted).toEqual(await predictOutOfFoldInPool(local, recipe, design, protocol, { stages }));
  expect(predicted.whole[1].every(Number.isFinite)).toBe(true);
  const pending = Promise.all(Array.from({ length: 500 }, () => ask(pool))).then(() => 'predicted');
  await pool.close();
  expect(await Promise.race([pending, setTimeout(100, 'pending')])).toBe('pending');
});

test('predictions are abandoned at once, what is learned is not, and the pool goes on', async () => {
  const pool = threadPool({ table, columns: ['age'] }, 1);
  const rows = Int32Array.from({ length: 60 }, (_, i) => i);
  const asked = [ask(pool), ask(pool)].map((each) => expect(each).rejects.toBeInstanceOf(Abandoned));
  const learned = pool.learn({ recipe: { learner: 'logistic' }, rows, seed: 3 });
  expect(pool.abandon()).toBe(true);
  await Promise.all(asked);
  expect(pool.abandon()).toBe(false);
  expect((await learned).engine.name).toBe('logistic');
  expect((await ask(pool)).whole).toHaveLength(1);
  await pool.close();
});

test('a pool learns what is published, and the interval', async () => {
  const design = createDesign(table, ['age']);
  const rows = Int32Array.from({ length: 60 }, (_, i) => i);
  const [pool, tasks] = [singleThreadPool(design), tasksOn(design)];
  const task = { recipe: { learner: 'logistic' } as const, rows, seed: 3 };
  expect(await pool.learn(task)).toEqual(tasks.learn(task));
  expect(await pool.learnInterval({ rows, seed: 3 })).toEqual(tasks.learnInterval({ rows, seed: 3 }));
});

test('when a thread fails, all waiting tasks and all later ones are rejected', async () => {
  const pool = threadPool({ table, columns: ['height'] }, 1);
  const failed = { status: 'rejected', reason: expect.objectContaining({ code: 'UNKNOWN_COLUMN' }) };
  expect(await Promise.allSettled([ask(pool), ask(pool), ask(pool)])).toEqual([failed, failed, failed]);
  expect(await Promise.allSettled([ask(pool)])).toEqual([failed]);
  await pool.close();
});

test('when an idle thread fails, the tasks of the others are rejected', async () => {
  const pool = threadPool({ table, columns: ['height'] }, 2);
  await expect(ask(pool)).rejects.toThrow('height');
  await pool.close();
});

test('on the calling thread, a task that fails is rejected, and the next one runs', async () => {
  const pool = singleThreadPool(createDesign(table, columns));
  const options: MlForestOptions = { trees: 1, maxDepth: 1, minNumSamples: 1 };
  const failing = pool.predict({ recipe: { learner: 'ml-random-forest', options }, fold, stages: [] });
  const next = ask(pool);
  await expect(failing).rejects.toThrow('"sex": its values are categories');
  expect((await next).whole).toHaveLength(1);
});
