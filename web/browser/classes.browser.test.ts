import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelsFolder } from '@hearth/api/testing';
import { openRegistry } from '@hearth/artifact/store';
import { handMade } from '@hearth/artifact/testing/hand-made';
import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { axeFindings, overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { askDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { goToCurve } from './states.ts';

/** A model of the classes a, b and c. */
async function threeClasses() {
  const { models, remove } = await modelsFolder();
  const { version, files } = handMade('softmax');
  const folder = join(models, 'by-hand');
  await mkdir(join(folder, version), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, version, name), bytes);
  await openRegistry(folder).promote(version);
  return { folder: models, remove };
}

const stage = stageWith(threeClasses);
const percent = formatFor('en').percent;

interface ClassAnswer {
  class: string;
  probabilities: Record<string, number>;
}

test.each([phone, desktop])(
  'each class has a bar, and a click on it asks why ($width pixels)',
  async (viewport) => {
    const { page, complaints } = await stage.visit('#x=1.25', { viewport });
    const { class: most, probabilities } = await askDirectly<ClassAnswer>(stage.hearth.url, { x: 1.25 });
    const shown = Object.values(probabilities).map(percent);
    await expect.poll(() => page.locator('.class-chance').allTextContents()).toEqual(shown);
    expect(await page.locator('.class-name').allTextContents()).toEqual(['a', 'b', 'c']);
    expect(await page.locator('.of').textContent()).toBe(`chance of ${most}, the most probable of 3 classes`);
    expect(await page.locator('.class-row[aria-pressed="true"] .class-name').textContent()).toBe(most);
    await page.locator('.contributions').waitFor();
    const other = ['a', 'b', 'c'].find((name) => name !== most) ?? '';
    await page.locator('.class-row', { hasText: other }).first().click();
    await expect.poll(() => page.locator('#why-title').textContent()).toBe(`Why ${other}`);
    expect(await page.locator('.class-row[aria-pressed="true"] .class-name').textContent()).toBe(other);
    await goToCurve(page);
    await expect.poll(() => page.locator('.curve figcaption').textContent()).toContain(`Chance of ${other}`);
    expect(await overflow(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('.foot a').first().click();
    await page.getByText('Class by class').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
