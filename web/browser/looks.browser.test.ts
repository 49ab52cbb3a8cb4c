import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { picture, pictureName, pictures } from './pictures.ts';
import { stageWith } from './stage.ts';

/** The share of pixels that may differ from the picture in `baselines/`: text is not drawn alike to the last pixel everywhere. */
const tolerance = 0.01;

/** The font that the pictures in `baselines/` were drawn with. */
const baselineFont = 'Liberation Sans';

const baselines = join(import.meta.dirname, 'baselines');
const stage = stageWith('heart');

/** What the machine draws Helvetica with. Other fonts draw other pictures. */
const { stdout: font } = spawnSync('fc-match', ['--format=%{family}', 'Helvetica'], { encoding: 'utf8' });
const comparable = process.env.CI === 'true' || font === baselineFont;
if (!comparable) console.log('Left out: comparing pictures. For that: apt-get install fonts-liberation');

describe.runIf(comparable)('the page looks as it did', () => {
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

/** The share of pixels that differ; all of them where the sizes do. */
function differenceOf(now: Buffer, before: Buffer): number {
  if (now.equals(before)) return 0;
  const [a, b] = [PNG.sync.read(now), PNG.sync.read(before)];
  const { width, height } = a;
  if (width !== b.width || height !== b.height) return 1;
  return pixelmatch(a.data, b.data, undefined, width, height, { threshold: 0.2 }) / (width * height);
}
