import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { phone } from './chromium.ts';
import { describeDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { states } from './states.ts';

const stage = stageWith('heart');
const everything = states.find(({ name }) => name === 'full')?.fragment ?? '';
const { score, percent } = formatFor('en');

test('the intended use stands at the answer', async () => {
  const { page } = await stage.visit();
  const { notIntendedUse } = await describeDirectly(stage.hearth.url);
  await page.locator('.answer').getByText(notIntendedUse.en).waitFor();
});

test.each([
  {
    locale: 'en-US',
    of: 'Of',
    yes: 'yes',
    between: /^Everything is given\. .* between \d+% and \d+% .* 303 rows/,
  },
  {
    locale: 'pt-BR',
    of: 'De',
    yes: 'sim',
    between: /^Tudo foi informado\. .* entre \d+% e \d+% .* 303 linhas/,
  },
])(
  'with everything given it says what is still open, and how it went for those with such a chance, in $locale',
  async ({ locale, of, yes, between }) => {
    const { page } = await stage.visit('#age=63', { locale });
    await page.locator('.number').waitFor();
    expect(await page.locator('.alike').count()).toBe(0);
    await page.goto(`${stage.hearth.url}/${everything}`);
    const { evaluation } = await describeDirectly(stage.hearth.url);
    if (evaluation.kind !== 'chance') throw new Error('the model of the test answers with a chance');
    const highest = evaluation.reliability.at(-1);
    const positives = Math.round((highest?.rows ?? 0) * (highest?.observed ?? 0));
    await expect.poll(() => page.locator('.doubt-sentence').textContent()).toMatch(between);
    const said = await page.locator('.alike').textContent();
    expect(said).toContain(`${of} ${highest?.rows} `);
    expect(said).toContain(`${percent(highest?.low ?? 0)} `);
    expect(said).toContain(`${positives} ${yes}, `);
  },
);

test('about the model: what it was made of, how good it is, and beside what', async () => {
  const { page, complaints } = await stage.visit('#/about', { viewport: phone });
  const { evaluation, data, version } = await describeDirectly(stage.hearth.url);
  if (evaluation.kind !== 'chance') throw new Error('the model of the test answers with a chance');
  const comparison = page.getByRole('region', { name: 'In comparison' });
  await comparison.waitFor();
  const model = comparison.getByRole('row', { name: 'This model' });
  expect(await model.textContent()).toContain(score(evaluation.model.auc.mean));
  for (const { label, scores } of evaluation.references) {
    const row = await comparison.getByRole('row', { name: label.en }).textContent();
    expect(row).toContain(score(scores.brier.mean));
  }
  const [bin] = evaluation.reliability;
  const plot = await page.locator('.calibration svg').getAttribute('aria-label');
  expect(plot).toContain(`${percent(bin?.predicted ?? 0)} given`);
  expect(plot).toContain(`${bin?.rows} cases`);
  const women = page.getByRole('region', { name: 'Within groups' }).getByRole('row', { name: 'Female' });
  const { scores } = evaluation.subgroups?.find(({ label }) => label.en === 'Female') ?? {};
  expect(await women.textContent()).toContain(score(scores?.auc.mean ?? Number.NaN));
  const text = await page.locator('.detail').textContent();
  for (const part of [version, data.licence.name, ...data.contributors, 'No clear difference']) {
    expect(text).toContain(part);
  }
  expect(complaints).toEqual([]);
});
