import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { askDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { goToCurve, states } from './states.ts';

const stage = stageWith('heart');
const everything = states.find(({ name }) => name === 'full')?.fragment ?? '';

test('nothing moves while the page loads on a slow phone', async () => {
  const { page } = await stage.visitAnew(stage.hearth.url, { viewport: phone });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 90_000,
  });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${stage.hearth.url}/${everything}`);
  await page.reload();
  await page.locator('.narrowing').waitFor();
  await goToCurve(page);
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.01);
});

/** The views, and an element that shows when each has loaded; the second has notes at its fields. */
const views = [
  [everything, '.curve .line'],
  ['#age=95&trestbps=250&oldpeak=20', '.field-note:not(:empty)'],
  ['#/about', '.calibration svg'],
  ['#/ops', '.figures'],
] as const;

test.each(['en-US', 'pt-BR'])(
  'nothing is cut off on small screens or at 200 % zoom, in %s',
  async (locale) => {
    const { page } = await stage.visit(everything, { locale, viewport: { width: 320, height: 640 } });
    for (const [fragment, arrived] of views) {
      await page.goto(`${stage.hearth.url}/${fragment}`);
      await page.locator('.curve').or(page.locator('.detail')).first().scrollIntoViewIfNeeded();
      await page.locator(arrived).first().waitFor();
      for (const width of [320, 390, desktop.width / 2]) {
        await page.setViewportSize({ width, height: 640 });
        await expect.poll(() => overflow(page), { message: `${fragment}, ${width} wide` }).toEqual([]);
      }
    }
  },
);

test('visitors who prefer reduced motion get no transitions', async () => {
  const { page } = await stage.visit('#age=54', { reducedMotion: 'reduce' });
  await page.locator('.number').waitFor();
  const durations = await page.evaluate(() =>
    [...document.querySelectorAll('*')].map((element) => getComputedStyle(element).transitionDuration),
  );
  expect(durations.filter((duration) => /[1-9]/.test(duration))).toEqual([]);
});

test('fields and groups work by keyboard', async () => {
  const { page } = await stage.visit('#age=54');
  await page.locator('.number').waitFor();
  await page.getByLabel('Female', { exact: true }).focus();
  await page.keyboard.press('Space');
  const { probability } = await askDirectly(stage.hearth.url, { age: 54, sex: 'female' });
  await expect.poll(() => page.locator('.number').textContent()).toBe(formatFor('en').percent(probability));
  const summary = page.locator('summary', { hasText: 'Imaging' });
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Calcified arteries', { exact: true }).waitFor();
});
