import { expect, test, vi } from 'vitest';
import { modelsFolder, publishTiny, until } from '../../testing/models.ts';
import { createServing } from './index.ts';

vi.mock('node:fs', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  watch: () => {
    throw new Error('System limit for number of file watchers reached');
  },
}));

test('where the system sends no events, that is told once, and polling sees a promotion within 2 seconds', async () => {
  const { models, registry, remove } = await modelsFolder();
  await registry.promote(await publishTiny(registry));
  const serving = createServing({ models });
  const blind = vi.fn();
  serving.events.on('blind', blind);
  await serving.start();
  const second = await publishTiny(registry, 0.1);
  await registry.promote(second);
  await until(() => serving.model().version === second, 2000);
  expect(blind).toHaveBeenCalledOnce();
  await serving.close();
  await remove();
});
