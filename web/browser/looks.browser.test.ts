import { describe, expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { canCompare, differenceFromBaseline, tolerance } from './compared.ts';
import { pictures } from './pictures.ts';
import { stageWith } from './stage.ts';

const stage = stageWith('heart');

describe.runIf(canCompare())('the page looks like its baseline', () => {
  test.each(pictures)('$state.name, $screen.name, $scheme, $locale', async (wanted) => {
    const { page } = await stage.visit(wanted.state.fragment, {
      viewport: wanted.screen.size,
      colorScheme: wanted.scheme,
      locale: wanted.locale,
      reducedMotion: 'reduce',
    });
    await wanted.state.arrive(page);
    expect(await differenceFromBaseline(page, wanted)).toBeLessThan(tolerance);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
  });
});
