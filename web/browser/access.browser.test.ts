import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings, overflow, overlaps } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { stageWith } from './stage.ts';
import { goToCurve } from './states.ts';

const stage = stageWith('heart');

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent || document.activeElement?.id);

test.each([
  [
    'en-US',
    'About this model – Chance of heart disease',
    'Add what you know',
    'Clear all',
    '← Back to the result',
  ],
  [
    'pt-BR',
    'Sobre este modelo – Chance de doença cardíaca',
    'Informe mais dados',
    'Limpar tudo',
    '← Voltar ao resultado',
  ],
] as const)(
  'each view has a title, and the focus is never lost, in %s',
  async (locale, title, more, clearAll, back) => {
    const { page } = await stage.visit('#age=54&sex=male', { locale });
    await page.locator('.number').waitFor();
    await page.getByRole('button', { name: clearAll }).press('Enter');
    await expect.poll(() => focused(page)).toBe(more);
    await page.locator('.foot a').first().press('Enter');
    await expect.poll(() => page.title()).toBe(title);
    await expect.poll(() => focused(page)).toBe(title.split(' – ')[0]);
    await page.getByText(back).press('Enter');
    await expect.poll(() => page.title()).toBe(title.split(' – ')[1]);
    await expect.poll(() => focused(page)).toBe(title.split(' – ')[1]);
  },
);

test('on a touch screen every control is at least 44 pixels wide and high', async () => {
  const { page } = await stage.visit('#age=54&sex=male&chol=240', {
    viewport: phone,
    hasTouch: true,
    isMobile: true,
  });
  await page.locator('.contributions').waitFor();
  await goToCurve(page);
  await page.locator('.curve select').selectOption('thal');
  await page.locator('.levels').waitFor();
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, a, select, summary, input:not([type=radio]), .choice',
      ),
    ]
      .filter((element) => element.checkVisibility())
      .map((element) => ({
        name: element.textContent || element.className,
        ...element.getBoundingClientRect().toJSON(),
      }))
      .filter(({ width, height }) => width < 44 || height < 44)
      .map(({ name, width, height }) => `${name}: ${width} × ${height}`),
  );
  expect(small).toEqual([]);
});

test.each([desktop, phone])(
  'with forced colours everything that means something is drawn, $width pixels wide',
  async (viewport) => {
    const options = { viewport, forcedColors: 'active', colorScheme: 'dark' } as const;
    const { page } = await stage.visit('#age=54&sex=male&fbs=no', options);
    await page.locator('.contributions').waitFor();
    const look = (part: string, property: string) =>
      page
        .locator(part)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    const canvas = await look('html', 'background-color');
    for (const part of ['.choice input:checked + span', '.span .band', '.bar.raises', '.dot']) {
      expect(await look(part, 'background-color'), part).not.toBe(canvas);
    }
    expect(await look('.bar.lowers', 'border-top-width')).toBe('2px');
    const fills = await Promise.all(
      ['certain', 'likely', 'possible'].map((kind) => look(`.people .${kind}`, 'fill')),
    );
    expect(new Set(fills).size).toBe(3);
    await page.goto(`${stage.hearth.url}/#age=25`);
    await expect.poll(() => look('.number', 'text-decoration-line')).toBe('underline');
    expect(await axeFindings(page)).toEqual([]);
  },
);

test.each([320, 1280])(
  'with the spacing of text that a reader may set nothing is cut off or overlaps, %d pixels wide',
  async (width) => {
    const { page } = await stage.visit('#age=54&sex=male&chol=240', {
      viewport: { width, height: 740 },
      locale: 'pt-BR',
    });
    await page.locator('.contributions').waitFor();
    await page.evaluate(async () => {
      const spacing = new CSSStyleSheet();
      // WCAG 2.2, 1.4.12
      await spacing.replace(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      );
      document.adoptedStyleSheets = [spacing];
    });
    await expect.poll(() => overflow(page)).toEqual([]);
    expect(await overlaps(page, '.for-whom', '.lead', '.answer', '.more', '.why', '.curve')).toEqual([]);
  },
);

test('an outage moves no field on a phone, and nothing overlaps there', async () => {
  const { page } = await stage.visit('#age=54&sex=male', {
    viewport: { width: 320, height: 640 },
    locale: 'pt-BR',
  });
  await page.locator('.contributions').waitFor();
  const place = () =>
    page.locator('.more').evaluate((form) => form.getBoundingClientRect().top + window.scrollY);
  expect(await overlaps(page, '.for-whom', '.lead', '.answer', '.more', '.why', '.curve')).toEqual([]);
  const before = await place();
  await page.route('**/predict*', (route) => route.abort());
  await page.locator('#field-age').fill('55');
  await page.locator('.error-notice').waitFor();
  expect(await place()).toBe(before);
});

test('in the operations view no text covers another on a phone', async () => {
  const { page } = await stage.visit('#/ops', { viewport: { width: 320, height: 640 }, locale: 'pt-BR' });
  await page.locator('.figures').waitFor();
  const found = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('main :is(dt, dd, th, td, p, h2, h3, .ends span)')]
      .filter((element) => element.checkVisibility() && element.children.length === 0 && element.textContent)
      .map((element) => ({ text: element.textContent, ...element.getBoundingClientRect().toJSON() }))
      .filter(({ width, height }) => width > 1 && height > 1);
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
        )
        .map((b) => `${a.text} and ${b.text}`),
    );
  });
  expect(found).toEqual([]);
});
