import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { phone } from './chromium.ts';
import { describeDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { states } from './states.ts';

const stage = stageWith('heart');
const everything = states.find(({ name }) => name === 'full')?.fragment ?? '';
const { score, percent } = formatFor('en');

test('the limits of use are shown with the answer', async () => {
  const { page } = await stage.visit();
  const { notIntendedUse } = await describeDirectly(stage.hearth.url);
  await page.locator('.answer').getByText(String(notIntendedUse?.en)).waitFor();
});

test.each([
  {
    locale: 'en-US',
    between: /^Every field is filled in\. With 303 patients .* \d+% to \d+%, 9 times in 10/,
    record: (rows: number, positives: number) => [
      `gave ${rows} of them`,
      `heart disease was confirmed in ${positives}.`,
    ],
  },
  {
    locale: 'pt-BR',
    between: /^Todos os campos estão preenchidos\. Com 303 pacientes .* de \d+% a \d+%, 9 vezes em 10/,
    record: (rows: number, positives: number) => [
      `a ${rows} deles`,
      `em ${positives}, confirmou-se doença cardíaca.`,
    ],
  },
])(
  'with every field filled in it shows the remaining uncertainty and the track record, in $locale',
  async ({ locale, between, record }) => {
    const { page } = await stage.visit('#age=63', { locale });
    await page.locator('.number').waitFor();
    expect(await page.locator('.track-record').count()).toBe(0);
    await page.goto(`${stage.hearth.url}/${everything}`);
    const { evaluation } = await describeDirectly(stage.hearth.url);
    if (evaluation?.kind !== 'chance') throw new Error('the model of the test answers with a chance');
    const highest = evaluation.reliability.at(-1);
    const { rows = 0, observed = 0 } = highest ?? {};
    await expect.poll(() => page.locator('.interval-sentence').textContent()).toMatch(between);
    const text = await page.locator('.track-record').textContent();
    for (const part of [...record(rows, Math.round(rows * observed)), percent(highest?.low ?? 0)]) {
      expect(text).toContain(part);
    }
  },
);

test('about the model: its data, its scores, and its references', async () => {
  const { page, complaints } = await stage.visit('#/about', { viewport: phone });
  const { evaluation, data, version } = await describeDirectly(stage.hearth.url);
  if (evaluation?.kind !== 'chance') throw new Error('the model of the test answers with a chance');
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await comparison.waitFor();
  const model = comparison.getByRole('row', { name: 'This model' });
  expect(await model.textContent()).toContain(score(evaluation.model.auc.mean));
  for (const { label, scores } of evaluation.references) {
    const row = await comparison.getByRole('row', { name: String(label.en) }).textContent();
    expect(row).toContain(score(scores.brier.mean));
  }
  const [bin] = evaluation.reliability;
  const plot = await page.locator('.calibration svg').getAttribute('aria-label');
  expect(plot).toContain(`${percent(bin?.predicted ?? 0)} predicted`);
  expect(plot).toContain(`${bin?.rows} cases`);
  const women = page.getByRole('region', { name: 'By group' }).getByRole('row', { name: 'Female' });
  const { scores } = evaluation.subgroups?.find(({ label }) => label.en === 'Female') ?? {};
  expect(await women.textContent()).toContain(score(scores?.auc.mean ?? Number.NaN));
  const text = await page.locator('.detail').textContent();
  for (const part of [
    version,
    String(data.licence?.name),
    ...(data.contributors ?? ['']),
    'No clear difference',
  ]) {
    expect(text).toContain(part);
  }
  expect(complaints).toEqual([]);
});
