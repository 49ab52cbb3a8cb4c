import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelsFolder, publishTiny, setAlias, until } from '../../testing/models.ts';
import { buildApp } from '../app.ts';

test('a model that is refused shows on health, and the one before answers on', async () => {
  const { models: folder, registry, remove } = await modelsFolder();
  const [first, second] = [await publishTiny(registry), await publishTiny(registry, 0.1)];
  await registry.promote(first);
  const degraded = await buildApp({ models: folder });
  await rm(join(registry.folder, second, 'forest.safetensors'));
  await setAlias(registry, second);
  await until(async () => (await degraded.inject('/health')).json().status === 'degraded', 2000);
  for (const url of ['/health', '/health/ready']) {
    const response = await degraded.inject(url);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      model: { name: 'tiny', version: first },
      refusal: { version: second, reason: expect.stringContaining('forest.safetensors') },
    });
    expect(Date.parse(response.json().refusal.time)).toBeLessThanOrEqual(Date.now());
  }
  await setAlias(registry, first);
  await until(async () => (await degraded.inject('/health')).json().status === 'ok', 2000);
  await degraded.close();
  await remove();
});

test('all rows of a batch are answered by the model that the answer names, however often models are swapped', async () => {
  const { models: folder, registry, remove } = await modelsFolder();
  const [first, second] = [await publishTiny(registry), await publishTiny(registry, 0.1)];
  await setAlias(registry, first);
  const swapping = await buildApp({ models: folder });
  const answers = { [first]: 0.5, [second]: 0.6 };
  const seen = new Set<string>();
  for (let i = 0; i < 200 && seen.size < 2; i++) {
    if (i === 5) await setAlias(registry, second);
    const response = await swapping.inject({ method: 'POST', url: '/predict', payload: Array(100).fill({}) });
    const { predictions, model } = response.json();
    for (const { probability } of predictions) expect(probability).toBeCloseTo(answers[model.version], 12);
    seen.add(model.version);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect([...seen]).toEqual([first, second]);
  expect((await swapping.inject('/health')).json().previous).toBe(first);
  await swapping.close();
  await remove();
});
