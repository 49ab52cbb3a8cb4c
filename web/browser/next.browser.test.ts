import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { axeFindings, overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { stageWith } from './stage.ts';
import { goToCurve } from './states.ts';

const stage = stageWith('heart');

const visitors = [
  { language: 'en', locale: 'en-US', viewport: phone, colorScheme: 'light' },
  { language: 'pt-BR', locale: 'pt-BR', viewport: desktop, colorScheme: 'dark' },
] as const;

test.each(visitors)(
  'the fields that would help most are named, and a click opens one, in $language',
  async ({ language, ...visitor }) => {
    const { page, complaints } = await stage.visit('#age=58&sex=male', visitor);
    const reply = await fetch(`${stage.hearth.url}/next`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ age: 58, sex: 'male' }),
    });
    const { next, now } = await reply.json();
    const panel = page.locator('section.next');
    await panel.waitFor();
    const text = (await panel.textContent()) ?? '';
    expect(text).toContain(language === 'en' ? 'What would help most' : 'O que mais ajudaria');
    expect(text).toContain(String(Math.round(100 * now)));
    expect(text).toContain(String(Math.round(100 * next[0].expected)));
    expect(await panel.getByRole('button').count()).toBe(3);
    await panel.getByRole('button').first().click();
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await expect.poll(focused).toMatch(new RegExp(`^field-${next[0].column}(-0)?$`));
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

const texts = {
  en: { asked: 'Where 5 of 100 patients asked about', two: 'two different cases', keep: 'Keep this case' },
  'pt-BR': { asked: 'Onde 5 de cada 100 pacientes', two: 'dois casos diferentes', keep: 'Guardar este caso' },
};

test.each(visitors)(
  'a case is asked at another prevalence, and compared with another one, in $language',
  async ({ language, ...visitor }) => {
    const { page, complaints } = await stage.visit('#age=58&sex=male', visitor);
    const words = texts[language];
    const shown = async (row: object) => {
      const url = `${stage.hearth.url}/predict?prevalence=0.05`;
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(row) });
      return formatFor(language).percent((await reply.json()).probability);
    };
    await page.locator('.around').scrollIntoViewIfNeeded();
    await page.locator('#prevalence').fill('500');
    await expect.poll(() => page.locator('#prevalence-note').textContent()).not.toBe('');
    await page.locator('#prevalence').fill('5');
    const number = page.locator('.result .number');
    await expect.poll(() => number.textContent()).toBe(await shown({ age: 58, sex: 'male' }));
    expect(await page.locator('.adjusted').textContent()).toContain(words.asked);
    await goToCurve(page);
    await page.locator('.curve select').selectOption('sex');
    const levels = await Promise.all(['female', 'male'].map((sex) => shown({ age: 58, sex })));
    const drawn = page.locator('.levels .bar-result');
    await expect.poll(async () => (await drawn.allTextContents()).toSorted()).toEqual(levels.toSorted());

    await page.getByRole('button', { name: words.keep }).click();
    await page.getByLabel(language === 'en' ? 'Female' : 'Feminino').check({ force: true });
    const cases = page.locator('.case .number');
    const both = [await shown({ age: 58, sex: 'male' }), await shown({ age: 58, sex: 'female' })];
    await expect.poll(() => cases.allTextContents()).toEqual(both);
    expect(await page.locator('.two-cases').textContent()).toContain(words.two);
    expect(await page.locator('.differing tbody tr').count()).toBe(1);
    await expect.poll(() => page.url()).toContain('sex=female&.prevalence=5&.pinned=age%3D58%26sex%3Dmale');
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);

    await page.setViewportSize({ width: 320, height: 740 });
    await page.reload();
    await page.locator('.around').scrollIntoViewIfNeeded();
    await expect.poll(() => cases.allTextContents()).toEqual(both);
    expect(await overflow(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test('back, and another language, show the prevalence that is asked at', async () => {
  const { page } = await stage.visit('#age=58&.prevalence=0.5');
  await page.locator('.around').scrollIntoViewIfNeeded();
  const field = page.locator('#prevalence');
  await field.fill('10');
  await page.waitForURL(/prevalence=10/);
  await page.goBack();
  await expect.poll(() => field.inputValue()).toBe('0.5');
  await page.getByRole('button', { name: 'Português' }).click();
  expect(await field.inputValue()).toBe('0,5');
});
