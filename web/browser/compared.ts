import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { type Picture, picture, pictureName } from './pictures.ts';

/** The share of pixels that may differ from the baseline: machines render text slightly differently. */
export const tolerance = 0.01;

/** The font of the baselines. */
const baselineFont = 'Liberation Sans';

const baselines = join(import.meta.dirname, 'baselines');

/** Whether pictures can be compared: the font that this machine uses for Helvetica is that of the baselines. */
export function canCompare(): boolean {
  const { stdout: font } = spawnSync('fc-match', ['--format=%{family}', 'Helvetica'], { encoding: 'utf8' });
  const isSame = process.env.CI === 'true' || font === baselineFont;
  if (!isSame)
    console.log(
      `Skipped: comparing pictures needs the font ${baselineFont}; install it with: apt-get install fonts-liberation`,
    );
  return isSame;
}

/** The share of pixels in which the page differs from its baseline; 1 if the sizes differ. */
export async function differenceFromBaseline(page: Page, wanted: Picture): Promise<number> {
  const before = await readFile(join(baselines, `${pictureName(wanted)}.png`));
  return differenceOf(await picture(page, wanted), before);
}

function differenceOf(now: Buffer, before: Buffer): number {
  if (now.equals(before)) return 0;
  const [a, b] = [PNG.sync.read(now), PNG.sync.read(before)];
  const { width, height } = a;
  if (width !== b.width || height !== b.height) return 1;
  return pixelmatch(a.data, b.data, undefined, width, height, { threshold: 0.2 }) / (width * height);
}
