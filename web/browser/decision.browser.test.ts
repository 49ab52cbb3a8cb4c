import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { externalFigures } from '@hearth/artifact/testing/external';
import { smallModelOf } from '@hearth/training/testing';
import { expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { describeDirectly } from './servers.ts';
import { stageWith } from './stage.ts';

const stage = stageWith(async () => {
  const small = await smallModelOf('heart');
  const registry = openRegistry(join(small.folder, 'heart'));
  await registry.addEvaluation(await registry.production(), externalFigures({ name: 'Basel, 2025' }));
  return small;
});

test.each([
  { locale: 'en-US', viewport: phone, missed: 'missed', elsewhere: 'At other places and times' },
  { locale: 'pt-BR', viewport: desktop, missed: 'não detectadas', elsewhere: 'Em outros lugares e épocas' },
])(
  'a threshold is tried on a hundred people, in $locale',
  async ({ locale, viewport, missed, elsewhere }) => {
    const { page, complaints } = await stage.visit('#/about', { locale, viewport });
    const { evaluation } = await describeDirectly(stage.hearth.url);
    if (evaluation?.kind !== 'chance' || !evaluation.thresholds) throw new Error('there are no thresholds');
    const { rows, positives, at, truePositives, falsePositives } = evaluation.thresholds;
    const found = page.locator('.sorted li.hit strong');
    const shown = (threshold: number) =>
      String(Math.round((100 * (truePositives[at.indexOf(threshold)] ?? 0)) / rows));
    await expect.poll(() => found.textContent()).toBe(shown(Math.round((100 * positives) / rows) / 100));
    await page.locator('.threshold input').press('Home');
    await expect.poll(() => found.textContent()).toBe(shown(0.01));
    expect(await page.locator('.threshold output').textContent()).toBe('1%');
    expect(await page.locator('.sorted li.missed').textContent()).toContain(missed);
    const worth = at.indexOf(0.01);
    const benefit =
      (truePositives[worth] ?? 0) / rows - (((falsePositives[worth] ?? 0) / rows) * 0.01) / 0.99;
    expect(await page.locator('.worth .model').textContent()).toContain(` ${Math.round(100 * benefit)} `);
    await page.locator('.elsewhere').waitFor();
    const text = await page.locator('.elsewhere').textContent();
    for (const part of [elsewhere, 'Basel, 2025', '240', '40%', '48%']) expect(text).toContain(part);
    expect(await page.locator('.elsewhere .calibration svg').count()).toBe(1);
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(pages?.length).toBe(2);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
