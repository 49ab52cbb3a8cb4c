import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { picture, pictureName, pictures } from './pictures.ts';
import { stageWith } from './stage.ts';

/** The share of pixels that may differ from the baseline: machines render text slightly differently. */
const tolerance = 0.01;

/** The font of the baselines. */
const baselineFont = 'Liberation Sans';

const baselines = join(import.meta.dirname, 'baselines');
const stage = stageWith('heart');

/** The font that this machine uses for Helvetica. */
const { stdout: font } = spawnSync('fc-match', ['--format=%{family}', 'Helvetica'], { encoding: 'utf8' });
const comparable = process.env.CI === 'true' || font === baselineFont;
if (!comparable)
  console.log(
    `Skipped: comparing pictures needs the font ${baselineFont}; install it with: apt-get install fonts-liberation`,
  );

describe.runIf(comparable)('the page looks like its baseline', () => {
  test.each(pictures)('$state.name, $screen.name, $scheme, $locale', async (wanted) => {
    const { page } = await stage.visit(wanted.state.fragment, {
      viewport: wanted.screen.size,
      colorScheme: wanted.scheme,
      locale: wanted.locale,
      reducedMotion: 'reduce',
    });
    await wanted.state.arrive(page);
    const before = await readFile(join(baselines, `${pictureName(wanted)}.png`));
    expect(differenceOf(await picture(page, wanted), before)).toBeLessThan(tolerance);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
  });
});

/** The share of pixels that differ; 1 if the sizes differ. */
function differenceOf(now: Buffer, before: Buffer): number {
  if (now.equals(before)) return 0;
  const [a, b] = [PNG.sync.read(now), PNG.sync.read(before)];
  const { width, height } = a;
  if (width !== b.width || height !== b.height) return 1;
  return pixelmatch(a.data, b.data, undefined, width, height, { threshold: 0.2 }) / (width * height);
}
