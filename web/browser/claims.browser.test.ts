import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArtifact } from '@hearth/artifact/store';
import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { committedModels, describeDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { states } from './states.ts';

const stage = stageWith();
const everything = states.find(({ name }) => name === 'full')?.fragment ?? '';
const dataFolder = join(import.meta.dirname, '../../data/heart');

/** The rows of the table, by column; an empty cell is missing. */
async function tableRows(): Promise<Record<string, string>[]> {
  const lines = (await readFile(join(dataFolder, 'heart.csv'), 'utf8')).trim().split(/\r?\n/);
  const [header = [], ...rows] = lines.map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}

const hasDisease = ({ disease }: Record<string, string>) => disease === '1';
const inHundred = (rows: readonly Record<string, string>[]) =>
  Math.round((100 * rows.filter(hasDisease).length) / rows.length);

/** How often a row with the outcome is above one without it; ties count half. */
function auc(rows: readonly { target: number; prediction: number }[]): number {
  const positives = rows.filter(({ target }) => target === 1);
  const negatives = rows.filter(({ target }) => target === 0);
  const wins = positives.flatMap((p) =>
    negatives.map((n) => (p.prediction > n.prediction ? 1 : p.prediction === n.prediction ? 0.5 : 0)),
  );
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
}

test.each([
  [
    'en-US',
    'en',
    /(\d+) patients .* (\d+) in 100/,
    /(\d+) to (\d+) years/,
    /(\d+)% of the time from age alone, and (\d+)%/,
  ],
  [
    'pt-BR',
    'pt-BR',
    /(\d+) pacientes .* (\d+) em cada 100/,
    /de (\d+) a (\d+) anos/,
    /em (\d+)% das vezes só com idade, e em (\d+)%/,
  ],
] as const)(
  'each number that the page claims is what the data and the held-out predictions give, in %s',
  async (locale, language, population, range, ranking) => {
    const rows = await tableRows();
    const { version, evaluation } = await describeDirectly(stage.hearth.url);
    if (evaluation?.kind !== 'chance') throw new Error('the model answers with a chance');
    const { manifest } = await readArtifact(join(committedModels, 'heart', version));
    const outOfFold = manifest.evaluation?.outOfFold ?? [];
    const { percent } = formatFor(language);

    const { page } = await stage.visit('#age=25', { locale });
    const numbers = async (part: string, pattern: RegExp) =>
      pattern
        .exec((await page.locator(part).first().textContent()) ?? '')
        ?.slice(1)
        .map(Number);
    await page.locator('.meaning').waitFor();
    expect(await numbers('.for-whom', population)).toEqual([rows.length, inHundred(rows)]);
    const ages = rows.map(({ age }) => Number(age));
    expect(await numbers('.warnings', range)).toEqual([Math.min(...ages), Math.max(...ages)]);
    const [fromAge = 0, fromAll = 0] = (await numbers('.meaning', ranking)) ?? [];
    const stageOfAge = evaluation.stages?.find(({ columns }) => columns.join() === 'age');
    expect(`${fromAge}%`).toBe(percent(stageOfAge?.model.auc.mean ?? Number.NaN));
    // the published figure is the mean of all repeats, these rows are those of the first
    expect(Math.abs(fromAll / 100 - auc(outOfFold))).toBeLessThan(0.015);

    await page.goto(`${stage.hearth.url}/${everything}`);
    await page.locator('.track-record').waitFor();
    const text = (await page.locator('.track-record').textContent()) ?? '';
    const [low = 0, high = 0] = [...text.matchAll(/(\d+)%/g)].map(([, digits]) => Number(digits) / 100);
    const such = outOfFold.filter(({ prediction }) => prediction >= low && prediction <= high);
    const found = such.filter(({ target }) => target === 1).length;
    expect([...text.matchAll(/\b\d+\b(?!%)/g)].map(String).map(Number)).toEqual([such.length, found]);
  },
);

test('most answers narrow the range and some widen it, as the form says', async () => {
  const { columns } = await describeDirectly(stage.hearth.url);
  const steps = (await tableRows()).flatMap((cells) => {
    const given = columns.filter(({ name }) => cells[name] !== '');
    const values = given.map(({ name, type }) => [
      name,
      type === 'category' ? cells[name] : Number(cells[name]),
    ]);
    return Array.from({ length: given.length + 1 }, (_, i) => Object.fromEntries(values.slice(0, i)));
  });
  const response = await fetch(`${stage.hearth.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(steps),
  });
  const { predictions } = (await response.json()) as {
    predictions: { interval: { low: number; high: number } }[];
  };
  const widths = predictions.map(({ interval: { low, high } }) => high - low);
  const changes = steps.flatMap((row, i) =>
    Object.keys(row).length === 0 ? [] : [(widths[i] ?? 0) - (widths[i - 1] ?? 0)],
  );
  const narrower = changes.filter((change) => change < 0).length / changes.length;
  expect(narrower).toBeGreaterThan(0.6);
  expect(narrower).toBeLessThan(0.95);
});

test('what the data package says of its columns is so in its table', async () => {
  const rows = await tableRows();
  const { resources } = JSON.parse(await readFile(join(dataFolder, 'datapackage.json'), 'utf8'));
  const remark = resources[0].schema.fields.find(({ name }: { name: string }) => name === 'fbs').hearth
    .remark;
  const shares = ['yes', 'no'].map((value) => inHundred(rows.filter(({ fbs }) => fbs === value)));
  expect([...remark.en.matchAll(/\d+(?= in 100)/g)].map(String)).toEqual(shares.map(String));
  expect([...remark['pt-BR'].matchAll(/\d+(?= em cada 100)/g)].map(String)).toEqual(shares.map(String));
});
