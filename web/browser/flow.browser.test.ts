import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { phone } from './chromium.ts';
import { askDirectly, describeDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { goToCurve } from './states.ts';

const stage = stageWith('heart');
const { percent } = formatFor('en');

async function expectAnswerTo(row: object, page: Page, format = percent) {
  const answer = await askDirectly(stage.hearth.url, row);
  await expect.poll(() => page.locator('.number').textContent()).toBe(format(answer.probability));
  return answer;
}

describe('adding known values', () => {
  test('starts with age alone, shows the groups of the model, and narrows the interval with each field', async () => {
    const { page } = await stage.visit('#age=54');
    const first = await expectAnswerTo({ age: 54 }, page);
    await expect
      .poll(() => page.locator('.group-name').allTextContents())
      .toEqual(['About you', 'What you feel', "At the doctor's", 'Exercise test', 'Imaging']);

    await page.getByRole('radio', { name: 'Male', exact: true }).check();
    await page.locator('summary', { hasText: 'Exercise test' }).click();
    await page.getByLabel('ST depression', { exact: true }).fill('2.3');
    const row = { age: 54, sex: 'male', oldpeak: 2.3 };
    const later = await expectAnswerTo(row, page);
    const width = ({ interval }: typeof later) => (interval ? interval.high - interval.low : Number.NaN);
    expect(width(later)).toBeLessThan(width(first));
    const { low = 0, high = 0 } = later.interval ?? {};
    expect(await page.locator('.interval-sentence').textContent()).toBe(
      `With every field filled in, the result would be between ${percent(low)} and ${percent(high)}, 9 times in 10.`,
    );
    const steps = page.locator('.narrowing li');
    await expect.poll(() => steps.count()).toBe(4);
    await expect.poll(() => steps.last().textContent()).toContain(`${percent(low)} to ${percent(high)}`);
  });

  test('lets a person clear one field or all of them', async () => {
    const { page } = await stage.visit('#age=54&sex=male&exang=yes');
    await expectAnswerTo({ age: 54, sex: 'male', exang: 'yes' }, page);
    await page.getByRole('button', { name: 'Clear: Sex' }).click();
    await expectAnswerTo({ age: 54, exang: 'yes' }, page);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expectAnswerTo({ age: 54 }, page);
    await page.getByRole('button', { name: 'Clear all' }).waitFor({ state: 'hidden' });
  });

  test('shows the clinical term beside the label, and an explanation on demand', async () => {
    const { page } = await stage.visit('#exang=yes');
    const field = page.getByRole('radiogroup', { name: 'Chest pain on exercise' });
    expect(await field.textContent()).toContain('Exercise-induced angina');
    const explanation = field.getByText('Whether exercise brought on angina.');
    expect(await explanation.isVisible()).toBe(false);
    await field.getByRole('button', { name: 'Explain: Chest pain on exercise' }).click();
    await explanation.waitFor();
  });

  test('accepts decimal commas in Portuguese, and keeps the number when the language changes', async () => {
    const { page } = await stage.visit('#oldpeak=1', { locale: 'pt-BR' });
    const field = page.getByLabel('Infradesnível do ST', { exact: true });
    await field.fill('2,3');
    await expectAnswerTo({ oldpeak: 2.3 }, page, formatFor('pt-BR').percent);
    await page.locator('summary', { hasText: 'No consultório' }).click();
    await page.getByLabel('Unidade: Colesterol').selectOption('mmol/L');
    await page.locator('#field-chol').fill('6,2'); // 240 mg/dl
    await expectAnswerTo({ oldpeak: 2.3, chol: 240 }, page, formatFor('pt-BR').percent);
    await page.locator('#field-chol').fill('60');
    await expect.poll(() => page.locator('#field-chol-note').textContent()).toContain('mmol/L');
    await page.getByLabel('Unidade: Colesterol').selectOption('mg/dl');
    expect(await page.locator('#field-chol').inputValue()).toBe('2320');
    await page.locator('#field-chol').fill('');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.getByLabel('ST depression', { exact: true }).inputValue()).toBe('2.3');
    await expectAnswerTo({ oldpeak: 2.3 }, page);
  });

  test('warns at the field and at the answer about values outside the data', async () => {
    const { page } = await stage.visit('#age=54&trestbps=250');
    await expectAnswerTo({ age: 54, trestbps: 250 }, page);
    expect(await page.locator('#field-trestbps-note').textContent()).toContain('94 to 200 mm Hg');
    expect(await page.locator('.warnings').textContent()).toContain('94 to 200 mm Hg');
  });

  test('on a phone keeps the answer visible, and a click leads back to it', async () => {
    const { page } = await stage.visit('#age=54', { viewport: phone });
    await expectAnswerTo({ age: 54 }, page);
    const shown = await page.locator('.range').textContent();
    await page.locator('.contributions').scrollIntoViewIfNeeded();
    const strip = page.getByRole('button', { name: 'Show the result' });
    await expect.poll(() => strip.textContent()).toBe(shown);
    await strip.click();
    await strip.waitFor({ state: 'detached' });
  });
});

describe('why', () => {
  test('the bars start at the base, end at the answer, and have one bar for all columns that are not given', async () => {
    const { page } = await stage.visit('#age=54&cp=asymptomatic');
    const { probability, contributions } = await expectAnswerTo({ age: 54, cp: 'asymptomatic' }, page);
    const rows = page.locator('.contributions li');
    await rows.first().waitFor();
    const results = await page.locator('.contributions .bar-result').allTextContents();
    expect(results[0]).toBe(percent(1 / (1 + Math.exp(-(contributions?.base ?? 0)))));
    expect(results.at(-1)).toBe(percent(probability));
    expect(await rows.nth(1).textContent()).toContain('Chest pain No chest pain');
    expect(await rows.nth(1).textContent()).toMatch(/up from \d+% to \d+%/);
    expect(await rows.nth(1).textContent()).toMatch(/^\+ .*having no pain does not raise the chance\.$/);
    expect(await rows.nth(3).textContent()).toContain('11 fields left blank');
    const section = await page.locator('.contributions .hint').textContent();
    expect(section).toMatch(/add up in log-odds.*left blank move the result too/);
  });

  test('the curve can show any numeric column, with all others fixed', async () => {
    const { page } = await stage.visit('#age=54&cp=asymptomatic');
    await goToCurve(page);
    await page.locator('.curve select').selectOption({ label: 'Highest heart rate' });
    const curve = page.getByRole('slider', { name: 'Highest heart rate', exact: true });
    await expect.poll(() => curve.getAttribute('aria-valuetext')).toMatch(/^At /);
    await curve.focus();
    await page.keyboard.press('Home');
    const { probability } = await askDirectly(stage.hearth.url, { age: 54, cp: 'asymptomatic', thalach: 30 });
    const reading = `At 30 beats/min: ${percent(probability)}`;
    await expect.poll(() => curve.getAttribute('aria-valuetext')).toBe(reading);
    await page.keyboard.press('Enter');
    await expectAnswerTo({ age: 54, cp: 'asymptomatic', thalach: 30 }, page);
  });

  test('the curve of categories and of few numbers is a line for each, with the rows that had it', async () => {
    const { page } = await stage.visit('#age=54&ca=1', { locale: 'pt-BR' });
    await goToCurve(page);
    const { data } = await describeDirectly(stage.hearth.url);
    for (const [name, values] of [
      ['thal', ['normal', 'fixed-defect', 'reversible-defect']],
      ['ca', [0, 1, 2, 3]],
    ] as const) {
      await page.locator('.curve select').selectOption(name);
      const answers = await Promise.all(
        values.map((value) => askDirectly(stage.hearth.url, { age: 54, ca: 1, [name]: value })),
      );
      const shown = answers.map(({ probability }) => formatFor('pt-BR').percent(probability));
      const results = page.locator('.levels .bar-result');
      await expect.poll(() => results.allTextContents()).toEqual(shown);
      const bins = data.bins?.find(({ column }) => column === name);
      const rows = values.map((value, i) => bins?.counts[bins.values?.indexOf(String(value)) ?? i]);
      const labels = (await page.locator('.levels .bar-label').allTextContents()).join();
      for (const count of rows) expect(labels).toContain(`(${count} nos dados)`);
    }
    expect(await page.locator('.levels [aria-pressed=true]').textContent()).toMatch(/^1 /);
    await page.locator('.levels button').last().click();
    await expect.poll(() => page.locator('#field-ca').inputValue()).toBe('3');
  });

  test('the curve shows the value under the pointer, without changing the entry', async () => {
    const { page } = await stage.visit('#age=54');
    await goToCurve(page);
    await page.locator('.reading').hover({ position: { x: 300, y: 150 } });
    const reading = page.locator('.cursor text');
    await expect.poll(() => reading.textContent()).toMatch(/^At \d+:/);
    const text = await reading.textContent();
    const at = Number(/\d+/.exec(text ?? '')?.[0]);
    const { probability } = await askDirectly(stage.hearth.url, { age: at });
    expect(text).toBe(`At ${at}: ${percent(probability)}`);
    await expectAnswerTo({ age: 54 }, page);
  });
});
