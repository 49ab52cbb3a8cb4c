import type { Language } from '@hearth/artifact';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { axeFindings, overflow, overlaps } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { askDirectly, describeDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { goToCurve } from './states.ts';

const stage = stageWith();

const chance = (page: Page) => page.locator('.number');
const age = (page: Page) => page.locator('#field-age');

/** How many of the hundred figures are of these kinds: the path of each starts with M. */
async function people(page: Page, ...kinds: string[]): Promise<number> {
  const drawn = await page
    .locator(`.people path:is(${kinds.map((kind) => `.${kind}`).join()})`)
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join(''));
  return drawn.match(/M/g)?.length ?? 0;
}
const redPeople = (page: Page) => people(page, 'certain', 'likely');

/** Waits until the page shows the answer of the API to this row. */
async function expectChanceOf(row: object, page: Page, language: Language = 'en'): Promise<void> {
  const { probability } = await askDirectly(stage.hearth.url, row);
  const expected = formatFor(language).percent(probability);
  await expect.poll(() => chance(page).textContent()).toBe(expected);
  await expect.poll(() => redPeople(page)).toBe(Math.round(probability * 100));
}

describe.each([
  { language: 'en', locale: 'en-US', viewport: phone, colorScheme: 'light' },
  { language: 'pt-BR', locale: 'pt-PT', viewport: desktop, colorScheme: 'dark' },
] as const)('the page, $colorScheme and $viewport.width wide, for $locale', ({ language, ...visitor }) => {
  test('starts empty, then shows the chance that the API predicts for the entered age', async () => {
    const { page, complaints } = await stage.visit('', visitor);
    await expectChanceOf({}, page, language);
    expect(await age(page).inputValue()).toBe('');
    const model = await describeDirectly(stage.hearth.url);
    expect(await page.locator('.for-whom').textContent()).toContain(model.population?.[language]);
    expect(await age(page).getAttribute('aria-describedby')).toContain('for-whom');
    await expect.poll(() => age(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('54');
    await expectChanceOf({ age: 54 }, page, language);
    const { interval } = await askDirectly(stage.hearth.url, { age: 54 });
    const ends = [interval?.low ?? 0, interval?.high ?? 0];
    const range = ends.map(formatFor(language).percent);
    expect(await page.locator('.range').textContent()).toBe(range.join(language === 'en' ? ' to ' : ' a '));
    const [low = 0, high = 0] = ends.map((end) => Math.round(100 * end));
    expect(await people(page, 'certain')).toBe(low);
    expect(await people(page, 'certain', 'likely', 'possible')).toBe(high);
    const shown = (await page.locator('.people td').allTextContents()).map((cell) => `${cell}%`);
    expect(shown).toEqual([range[0], await chance(page).textContent(), range[1]]);

    expect(await page.locator('h1').textContent()).toBe(model.title[language]);
    await goToCurve(page);
    expect(await page.title()).toBe(model.title[language]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const texts = await page.locator('main').textContent();
    expect(texts).toContain(model.population?.[language]);
    expect(texts).toContain(model.intendedUse?.[language]);
    expect(texts).toContain(model.notIntendedUse?.[language]);
    expect(texts).toContain(model.version);

    expect(await overflow(page)).toEqual([]);
    expect(await overlaps(page, '.for-whom', '.lead', '.answer', '.curve', '.meaning')).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the language switch', () => {
  test('changes every text and is remembered', async () => {
    const { page } = await stage.visit();
    await page.getByRole('button', { name: 'Português' }).click();
    const model = await describeDirectly(stage.hearth.url);
    await expect.poll(() => page.locator('h1').textContent()).toBe(model.title['pt-BR']);
    await page.reload();
    await expectChanceOf({}, page, 'pt-BR');
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
  });
});

describe('the age', () => {
  test('can be changed by keyboard alone', async () => {
    const { page } = await stage.visit('#age=40');
    await expectChanceOf({ age: 40 }, page);
    await age(page).focus();
    await page.keyboard.press('ArrowUp');
    await expectChanceOf({ age: 41 }, page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowRight');
    const entered = Number(await age(page).inputValue());
    expect(entered).toBeGreaterThan(42);
    await expectChanceOf({ age: entered }, page);
  });

  test('can be chosen on the curve, which then marks this case', async () => {
    const { page } = await stage.visit();
    await expectChanceOf({}, page);
    await goToCurve(page);
    await page.locator('.reading').click({ position: { x: 400, y: 100 } });
    await expect.poll(() => age(page).inputValue()).not.toBe('');
    const entered = Number(await age(page).inputValue());
    expect(entered).toBeGreaterThan(50);
    await expectChanceOf({ age: entered }, page);
    const summary = page.locator('#curve-summary');
    const here = `This case: ${await chance(page).textContent()} at ${entered}.`;
    await expect.poll(() => summary.textContent()).toContain(here);
  });

  test('is replaced by typing after a click, as its number is selected then', async () => {
    const { page } = await stage.visit('#age=40');
    await expectChanceOf({ age: 40 }, page);
    await age(page).click();
    await page.keyboard.type('54');
    await expectChanceOf({ age: 54 }, page);
    await age(page).click({ position: { x: 4, y: 20 } }); // a second click places the caret
    await page.keyboard.type('1');
    expect(await age(page).inputValue()).toBe('154');
  });

  test('shows the allowed range beside the field if it is invalid; what else is given is answered', async () => {
    const { page, complaints } = await stage.visit('#age=54&sex=male');
    await expectChanceOf({ age: 54, sex: 'male' }, page);
    for (const [text, fault] of [
      ['150', 'Too high.'],
      ['-3', 'Too low.'],
      ['54.5', 'Not a whole number.'],
      ['old', 'Not a number.'],
    ] as const) {
      await age(page).fill(text);
      const note = page.locator('#field-age-note');
      await expect.poll(() => note.textContent()).toBe(`${fault} Enter a whole number from 0 to 122 years.`);
      await expectChanceOf({ sex: 'male' }, page);
      expect(await age(page).getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator('.slips').textContent()).toBe(
        'Answered without age: see the note at that field.',
      );
    }
    expect(complaints).toEqual([]);
  });

  test('can be cleared: then the page answers for an empty row', async () => {
    const { page } = await stage.visit('#age=60');
    await expectChanceOf({ age: 60 }, page);
    await page.getByRole('button', { name: 'Clear: Age' }).click();
    await expectChanceOf({}, page);
    await page.getByText('Nothing entered yet').waitFor();
  });

  test('outside the range of the data comes with a warning, and a number that is visibly a guess', async () => {
    const { page } = await stage.visit('#age=25');
    await expect.poll(() => page.locator('.warnings').textContent()).toContain('29 to 77 years');
    const { probability } = await askDirectly(stage.hearth.url, { age: 25 });
    expect(await chance(page).textContent()).toBe(formatFor('en').percent(probability));
    const hatching = () => chance(page).evaluate((number) => getComputedStyle(number).backgroundImage);
    expect(await hatching()).toContain('gradient');
    expect(await page.locator('.big-number').textContent()).toContain('a guess, outside the data');
    expect([await redPeople(page), await people(page, 'unknown')]).toEqual([0, 100]);
    await expect
      .poll(() => page.locator('.answer [role=status]').textContent())
      .toBe(
        `${await chance(page).textContent()} chance of heart disease: a guess, outside the data. ` +
          `${await page.locator('.warnings').textContent()} ${await page.locator('.interval-sentence').textContent()}`,
      );
    await age(page).fill('60');
    await expect.poll(() => page.locator('.warnings').count()).toBe(0);
    expect(await hatching()).toBe('none');
  });
});

describe('a screen reader', () => {
  test('reads the answer once typing has stopped, and not before', async () => {
    const { page } = await stage.visitAnew('about:blank');
    await page.clock.install();
    await page.goto(`${stage.hearth.url}/#age=54`);
    await page.locator('[role=status]:not(:empty)').waitFor({ state: 'attached' });
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const status = document.querySelector('[role=status]');
      const listener = new MutationObserver(() => heard.push(status?.textContent ?? ''));
      if (status) listener.observe(status, { childList: true, characterData: true, subtree: true });
    });
    for (const typed of [35, 64, 45, 58]) {
      await age(page).fill(String(typed));
      await page.clock.runFor(200);
      await expectChanceOf({ age: typed }, page);
    }
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(await heard()).toEqual([]);
    await page.clock.runFor(1_000);
    const range = await page.locator('.range').textContent();
    const sentence = await page.locator('.interval-sentence').textContent();
    await expect
      .poll(heard)
      .toEqual([
        `${range} chance of heart disease. ${await chance(page).textContent()} best estimate from what is entered. ${sentence}`,
      ]);
    expect(sentence).toContain(String(range));
  });
});
