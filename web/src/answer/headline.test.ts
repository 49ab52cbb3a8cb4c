import { describe, expect, test } from 'vitest';
import type { ShownPrediction } from '../api.ts';
import { localeFor } from '../locale.ts';
import { scaleOf } from '../scale.ts';
import { headlineOf } from './headline.ts';

const locale = localeFor('en');
const chance = scaleOf({ name: 'y', type: 'binary' }, locale);
const value = scaleOf({ name: 'y', type: 'numeric' }, locale);
const answer = (low: number, high: number, given = ['age']): ShownPrediction => ({
  probability: 0.4,
  value: 0.4,
  interval: { level: 0.9, low, high },
  given,
  model: { name: 'm', version: '1-0000000' },
});

describe('the headline', () => {
  test('is the range while the chance could be almost anything, and the number once it could not', () => {
    expect([headlineOf(answer(0.1, 0.7), chance), headlineOf(answer(0.1, 0.5), chance)]).toEqual([
      'range',
      'number',
    ]);
  });

  test('of a value is the range while nothing is known', () => {
    expect([headlineOf(answer(10, 90, []), value), headlineOf(answer(10, 90), value)]).toEqual([
      'range',
      'number',
    ]);
  });

  test('of several classes is undecided while each of them is probably wrong', () => {
    const classes = scaleOf(
      { name: 'y', type: 'classes', classes: [{ value: 'a' }, { value: 'b' }] },
      locale,
    );
    const { interval: _, ...plain } = answer(0, 1);
    const of = (a: number) => headlineOf({ ...plain, class: 'a', probabilities: { a } }, classes);
    expect([of(0.4), of(0.6)]).toEqual(['undecided', 'number']);
  });

  test('is a guess outside the data, and the number where there is no interval', () => {
    const warnings = [{ pointer: '/age', detail: '' }];
    const { interval: _, ...alone } = answer(0, 1);
    expect([headlineOf({ ...answer(0, 1), warnings }, chance), headlineOf(alone, chance)]).toEqual([
      'guess',
      'number',
    ]);
  });
});
