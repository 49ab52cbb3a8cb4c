import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kindsArtifact, modelsFolder } from '@hearth/api/testing';
import { bareArtifact, tinyArtifact } from '@hearth/artifact/testing';
import { describe, expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { axeFindings, overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { askDirectly, askForValue } from './servers.ts';
import { stageWith } from './stage.ts';
import { goToCurve } from './states.ts';

const languages = [
  { language: 'en', locale: 'en-US' },
  { language: 'pt-BR', locale: 'pt-BR' },
] as const;

async function packageOf(name: string) {
  const path = join(import.meta.dirname, '../../data', name, 'datapackage.json');
  return JSON.parse(await readFile(path, 'utf8')).hearth;
}

describe('a model of penguins', () => {
  const stage = stageWith('penguins');
  test.each(languages)('has a page with its own texts, in $language', async ({ language, locale }) => {
    const { page, complaints } = await stage.visit('#body_mass=4200', { locale });
    const texts = await packageOf('penguins');
    const { probability } = await askDirectly(stage.hearth.url, { body_mass: 4200 });
    await expect
      .poll(() => page.locator('.number').textContent())
      .toBe(formatFor(language).percent(probability));
    expect(await page.locator('h1').textContent()).toBe(texts.title[language]);
    await page.locator('.meaning').waitFor();
    const main = await page.locator('main').textContent();
    for (const text of [texts.population, texts.intendedUse, texts.notIntendedUse, texts.groups[0].label]) {
      expect(main).toContain(text[language]);
    }
    expect(main).toContain(texts.outcome[language]);
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('a model with a numeric target', () => {
  const stage = stageWith('cars');
  test.each(languages)('shows the value and its unit, in $language', async ({ language, locale }) => {
    const { page, complaints } = await stage.visit('#weight=2800&year=1980', { locale, viewport: phone });
    const { unit, outcome } = await packageOf('cars');
    const { value, interval } = await askForValue(stage.hearth.url, { weight: 2800, year: 1980 });
    const format = formatFor(language);
    await expect.poll(() => page.locator('.number').textContent()).toBe(format.value(value));
    expect(await page.locator('.of').textContent()).toBe(`${unit[language]}, ${outcome[language]}`);
    expect(await page.locator('.people').count()).toBe(0);
    expect(await page.locator('.interval-sentence').textContent()).toContain(
      `${format.value(interval?.high ?? 0)} ${unit[language]}`,
    );
    await page.locator('.contributions').waitFor();
    const results = await page.locator('.contributions .bar-result').allTextContents();
    expect(results.at(-1)).toBe(`${format.value(value)} ${unit[language]}`);
    await goToCurve(page);
    expect(await page.locator('#curve-summary').textContent()).toContain(unit[language]);
    expect(await overflow(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);

    await page.locator('.foot a').first().click();
    await page.getByText('RMSE').first().waitFor();
    expect(await page.locator('.calibration').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** A model whose manifest says only what is needed. */
async function bareModel() {
  const { models, registry, remove } = await modelsFolder();
  const { version } = await registry.publish(bareArtifact());
  await registry.promote(version);
  return { folder: models, remove };
}

describe('a model without texts', () => {
  const stage = stageWith(bareModel);
  test('has a page of names, and says once what nobody states', async () => {
    const { page, complaints } = await stage.visit('#sex=male', { locale: 'pt-BR', viewport: phone });
    await expect.poll(() => page.locator('.number').textContent()).toBe('70%');
    await page.locator('.meaning').waitFor();
    expect(await page.locator('h1').textContent()).toBe('tiny');
    expect(await page.locator('.of').textContent()).toContain('disease = 1');
    expect(await page.locator('.field .label').allTextContents()).toEqual(['age', 'sex']);
    expect(await page.locator('.field .term, .field .explain, .group summary, .use').count()).toBe(0);
    const check = async () => {
      await page.getByText('Não foi avaliado').first().waitFor(); // once the server has said that no evaluation was added
      const texts = await page.locator('main').textContent();
      expect(texts?.split('Não informado')).toHaveLength(2);
      expect(texts).toContain('Não foi avaliado');
      expect(texts).not.toContain('undefined');
      expect(await page.locator('p:empty:not(.field-note, .unseen, .interval-sentence)').count()).toBe(0);
      expect(await page.locator(':is(h2, h3, dt, dd):empty').count()).toBe(0);
      expect(await overflow(page)).toEqual([]);
      expect(await axeFindings(page)).toEqual([]);
    };
    await check();
    await page.locator('.foot a').first().click();
    await page.locator('.facts').waitFor();
    await check();
    await page.goto(`${stage.hearth.url}/#/ops`);
    await page.locator('.figures').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('undefined');
    expect(complaints).toEqual([]);
  });
});

/** A model of counts, whose score is a logarithm. */
async function countModel() {
  const { models, registry, remove } = await modelsFolder();
  const artifact = bareArtifact((draft) => {
    draft.target = { name: 'visits', type: 'count' };
    draft.answer = { base: 5, divisor: 2, link: 'log' };
  });
  const { version } = await registry.publish(artifact);
  await registry.promote(version);
  return { folder: models, remove };
}

describe('a model of counts', () => {
  const stage = stageWith(countModel);
  test('explains its answer in counts', async () => {
    const { page } = await stage.visit('#age=60&sex=male', { viewport: phone });
    await expect.poll(() => page.locator('.number').textContent()).toBe('24.5');
    await page.locator('.contributions').waitFor();
    expect(await page.locator('.contributions .bar-result').last().textContent()).toBe('24.5');
    expect(await page.locator('.bar-axis').textContent()).toContain('20');
    expect(await overflow(page)).toEqual([]);
  });
});

/** A model with a boolean, a date, a time and an open category. */
async function kindsModel() {
  const { models, registry, remove } = await modelsFolder();
  const { version } = await registry.publish(kindsArtifact());
  await registry.promote(version);
  return { folder: models, remove };
}

describe('a model of dates, times, a boolean and an open category', () => {
  const stage = stageWith(kindsModel);
  test.each([
    [phone, 'pt-BR', 'Cedo demais. Informe de 1 de janeiro de 1900 a 31 de dezembro de 2024.'],
    [desktop, 'en-US', 'Too early. Enter January 1, 1900 to December 31, 2024.'],
  ])('has a field for each of them, at %j in %s', async (viewport, locale, fault) => {
    const { page, complaints } = await stage.visit('#smoker=true', { locale, viewport });
    const number = () => page.locator('.number').textContent();
    await expect.poll(number).toBe('6%');
    await page.locator('#field-born').fill('2001-05-05');
    await page.locator('#field-admitted').fill('2020-02-29T12:00');
    await expect.poll(number).toBe('44%');
    await page.locator('#field-town').fill('Sabará');
    await expect.poll(number).toBe('94%');
    expect(await page.locator('.warnings li').count()).toBe(1);
    await page.locator('.curve').scrollIntoViewIfNeeded();
    const levels = page.locator('.levels .bar-label');
    await expect
      .poll(() => levels.allTextContents())
      .toEqual(locale === 'en-US' ? ['Yes', 'No'] : ['Sim', 'Não']);
    await page.locator('.curve select').selectOption('born');
    await page.locator('.plot .line').first().waitFor();
    expect(await page.locator('.ticks').textContent()).toMatch(/^19[34]0.*1960.*2000/);
    await expect.poll(() => page.locator('#curve-summary').textContent()).toMatch(/94%.* 2001/);
    await page.locator('.curve select').selectOption('town');
    await expect.poll(() => levels.allTextContents()).toEqual(['Ouro Preto', 'Mariana']);
    expect(await overflow(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('#field-born').fill('1899-12-31');
    await expect.poll(() => page.locator('#field-born-note').textContent()).toBe(fault);
    expect(complaints).toEqual([]);
  });
});

/** The tiny model with names that every object has, without a limit or with one, and with a required column. */
async function unusualModel() {
  const { models, registry, remove } = await modelsFolder();
  const artifact = tinyArtifact((draft) => {
    const [age, sex, weight] = draft.columns;
    Object.assign(age, { name: 'constructor', minimum: undefined, maximum: undefined, example: undefined });
    Object.assign(sex, { name: 'toString' });
    Object.assign(weight, { name: 'distance, km', maximum: undefined, required: true });
    draft.features = [
      { column: 'constructor' },
      { column: 'toString', equals: 'male' },
      { column: 'distance, km' },
    ];
    draft.golden = [{ row: { constructor: 60, toString: 'male', 'distance, km': 5 }, answer: 0.7 }];
  });
  const { version } = await registry.publish(artifact);
  await registry.promote(version);
  return { folder: models, remove };
}

describe('a model with unusual names and without limits', () => {
  const stage = stageWith(unusualModel);
  test('has a form that asks for what is required, in the range that training saw', async () => {
    const { page, complaints } = await stage.visit('', { viewport: desktop });
    await page.getByText('The result still needs: Weight.').waitFor();
    await page.locator('.label', { hasText: /^Weight \(required\)$/ }).waitFor();
    const [age, distance] = await page.locator('input[type=range]').all();
    expect([await age?.getAttribute('min'), await age?.getAttribute('max')]).toEqual(['29', '77']);
    expect([await distance?.getAttribute('min'), await distance?.getAttribute('max')]).toEqual(['0', '120']);

    await page.locator('input[type=text]').nth(1).fill('5');
    await page.locator('input[type=text]').nth(0).fill('60');
    await page.locator('.field select, .field input[value=male]').first().waitFor();
    await expect.poll(() => new URL(page.url()).hash).toContain('constructor=60');
    expect(await overflow(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('input[type=text]').nth(0).fill('99999999999999999999');
    await page.getByText('Too high. Enter a whole number.').waitFor();
    await page.locator('input[type=text]').nth(1).fill('-1');
    await page.getByText('Too low. Enter a number of at least 0.').waitFor();
    expect(complaints).toEqual([]);
  });

  test('has links with its names', async () => {
    const entries = new URLSearchParams({ constructor: '60', toString: 'male', 'distance, km': '5' });
    const { page, complaints } = await stage.visit(`#${entries}`, { viewport: desktop });
    await expect.poll(() => page.locator('.number').textContent()).toBe('70%');
    await page.locator('.contributions').waitFor();
    await goToCurve(page);
    expect(complaints).toEqual([]);
  });
});
