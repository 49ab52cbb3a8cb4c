import { describe, expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { canCompare, differenceFromBaseline, tolerance } from './compared.ts';
import { kinds, modelOf } from './pictures.ts';
import { stageWith } from './stage.ts';

describe.each(kinds)('the page of $model', ({ model, pictures }) => {
  const stage = stageWith(() => modelOf(model));

  test('looks like its pictures, and fits every screen', async () => {
    for (const [i, wanted] of pictures.entries()) {
      const { page, complaints } = await stage.visit(wanted.state.fragment, {
        viewport: wanted.screen.size,
        colorScheme: wanted.scheme,
        locale: wanted.locale,
        reducedMotion: 'reduce',
      });
      await wanted.state.arrive(page);
      if (canCompare()) expect(await differenceFromBaseline(page, wanted)).toBeLessThan(tolerance);
      expect(await axeFindings(page)).toEqual([]);
      if (i === 0) {
        await page.locator('.curve').scrollIntoViewIfNeeded();
        await page.locator('.plot .line, .levels .dot').first().waitFor();
        for (const width of [320, phone.width, desktop.width]) {
          await page.setViewportSize({ width, height: 740 });
          await expect.poll(() => overflow(page), { message: `${width} wide` }).toEqual([]);
        }
      }
      expect(complaints).toEqual([]);
    }
  });
});
