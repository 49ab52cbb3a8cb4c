import type { ModelDescription } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import { answerText } from './answer.ts';
import { localeIn } from './locale.ts';

const served = { name: 'm', version: '1-0000000' };
const model = (target: object) =>
  ({ target: { name: 'y', ...target }, outcome: { en: 'rent' } }) as unknown as ModelDescription;

describe('the answer on other people’s pages', () => {
  test('of quantiles is the middle one, with the range from the first to the last', () => {
    const answer = { quantiles: { 0.1: 14, 0.5: 16, 0.9: 18 }, given: ['rooms'], model: served };
    const shown = answerText(model({ type: 'numeric', unit: { en: '€' } }), answer, localeIn('en'));
    expect([shown.headline, shown.largest]).toEqual(['number', '16 €']);
    expect(shown.sentences).toEqual([
      'In 80 of 100 cases like this, with as many fields filled in, the value is between 14 and 18 €.',
    ]);
  });

  test('has the words of the page: no dash between the ends of a range, and what a level means', () => {
    const interval = { level: 0.9, low: 0.09, high: 0.995 };
    const answer = { probability: 0.45, interval, given: [], model: served };
    const shown = answerText(model({ type: 'binary' }), answer, localeIn('en'));
    expect([shown.headline, shown.largest, shown.what]).toEqual(['range', '9% to >99%', 'chance of rent']);
    expect(shown.sentences).toEqual([
      '45% best estimate with nothing entered.',
      'With every field filled in, the result would be between 9% and >99%, 9 times in 10.',
    ]);
  });
});
