import { once } from 'node:events';
import { copyFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { afterEach, expect, test } from 'vitest';
import { modelsFolder, publishTiny, until } from '../../testing/models.ts';
import { address, endAll, predict, start } from '../../testing/process.ts';

afterEach(endAll);

/** Ends a server as a crash does, and starts another one on the same models. */
async function restart(server: ReturnType<typeof start>, models: string) {
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
  return start({ MODELS: models });
}

const health = async (base: string) => (await (await fetch(`${base}/health`)).json()) as { status: string };

test('after a crash, a server answers by the version before while the one in production is damaged, and by that one once it is whole', async () => {
  const { models, registry, remove } = await modelsFolder();
  const first = await publishTiny(registry);
  const second = await publishTiny(registry, 0.1);
  for (const version of [first, second]) await registry.promote(version);
  const server = start({ MODELS: models });
  await address(server);
  const trees = join(registry.folder, second, 'forest.safetensors');
  await copyFile(trees, join(models, 'kept'));
  await truncate(trees, 100);
  const again = await restart(server, models);
  const base = await address(again);
  expect((await predict(base, '{}')).status).toBe(200);
  expect(await health(base)).toMatchObject({ status: 'degraded', model: { version: first } });
  expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  expect(again.output.match(/"msg":"degraded: /g)).toHaveLength(1);
  await copyFile(join(models, 'kept'), trees);
  await until(async () => (await health(base)).status === 'ok', 5000);
  expect(await health(base)).toMatchObject({ model: { version: second }, previous: first });
  await remove();
}, 30_000);

test('after a crash, a server answers by what was in production while aliases.json is empty, and beside a second model', async () => {
  const { models, registry, remove } = await modelsFolder();
  const version = await publishTiny(registry);
  await registry.promote(version);
  const server = start({ MODELS: models });
  await address(server);
  const other = openRegistry(join(models, 'aorta'));
  await publishTiny(other, 0.1);
  await other.promote('latest');
  await truncate(join(registry.folder, 'aliases.json'), 0);
  const base = await address(await restart(server, models));
  expect((await predict(base, '{}')).status).toBe(200);
  expect(await health(base)).toMatchObject({ status: 'degraded', model: { version } });
  await registry.promote(version);
  await until(async () => (await health(base)).status === 'ok', 5000);
  await remove();
}, 30_000);
