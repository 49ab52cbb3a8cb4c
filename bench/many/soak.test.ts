import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '@hearth/api';
import { expect, test } from 'vitest';
import { makeModels } from './models.ts';
import { soakModels } from './soak.ts';

test('no model answers for another, while models are loaded, swapped and dropped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-many-'));
  const models = await makeModels(folder, 3);
  const app = await buildApp({
    models: folder,
    model: 'model-0',
    modelsSettings: { most: 2, idleSeconds: 900 },
  });
  const report = await soakModels({
    ask: async (url, payload) => {
      const { statusCode, body } = await app.inject({ method: 'POST', url, payload });
      return { status: statusCode, body };
    },
    models,
    hot: 2,
    isOver: ({ requests, swaps }) => requests >= 40 && swaps >= 3,
    atOnce: 4,
    pause: 0,
    swapEvery: 20,
  });
  expect(report.faults).toEqual([]);
  expect(report.seenBoth).toBeGreaterThan(0);
  await app.close();
  await rm(folder, { recursive: true });
});
