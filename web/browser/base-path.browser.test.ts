import { afterEach, expect, test, vi } from 'vitest';
import { visitors } from './visitors.ts';

const { visit } = visitors();

afterEach(() => vi.unstubAllEnvs());

test('below a base path the page asks for nothing outside of it, and answers', async () => {
  vi.stubEnv('BASE_PATH', '/hearth');
  vi.resetModules(); // another file may have loaded it
  const { startHearth } = await import('./servers.ts'); // reads the setting when it is loaded
  const hearth = await startHearth();
  const { page, complaints } = await visit(`${hearth.url}/hearth/`);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.locator('#field-age').fill('60');
  await page.locator('.number').waitFor();
  expect(asked).toContain('/hearth/predict');
  expect(asked.filter((path) => !path.startsWith('/hearth/'))).toEqual([]);
  await page.goto(`${hearth.url}/hearth/docs`);
  expect(await page.locator('h1').textContent()).toBeTruthy();
  expect(complaints).toEqual([]);
  await hearth.stop();
});
