import { describe, expect, test } from 'vitest';
import { formatFor } from './format.ts';

describe('numbers', () => {
  test('have the decimal sign of the language', () => {
    expect([formatFor('en').number(0.62), formatFor('pt-BR').number(0.62)]).toEqual(['0.62', '0,62']);
  });

  test.each([
    [0, '0%'],
    [0.004, '<1%'],
    [0.005, '1%'],
    [0.43, '43%'],
    [0.994, '99%'],
    [0.996, '>99%'],
    [1, '100%'],
  ])('a chance of %d is shown as %s: it is never rounded to 0% or 100%', (chance, text) => {
    expect(formatFor('en').percent(chance)).toBe(text);
  });

  test.each(['en', 'pt-BR'] as const)('whole numbers and chances are formatted as in %s', (language) => {
    const { number, percent } = formatFor(language);
    const inPercent = new Intl.NumberFormat(language, { style: 'percent' });
    for (let count = 1; count < 100; count++) {
      expect(percent(count / 100)).toBe(inPercent.format(count / 100));
    }
    for (const value of [0, 7, 77, 999, 12_345, -3, 2.5]) {
      expect(number(value)).toBe(new Intl.NumberFormat(language).format(value));
    }
  });

  test('of four digits are not grouped, as they may be years', () => {
    const { number, value } = formatFor('pt-BR');
    expect([number(1976), number(1976.5), value(2800), value(28_000)]).toEqual([
      '1976',
      '1976,5',
      '2800',
      '28.000',
    ]);
  });

  test('negative scores have a minus sign, not a hyphen', () => {
    expect([formatFor('en').score(-0.0028), formatFor('pt-BR').score(-0.13)]).toEqual(['−0.003', '−0,13']);
  });

  test('dates are written out', () => {
    expect(formatFor('pt-BR').date('2026-11-22T23:30:00Z')).toBe('22 de novembro de 2026');
  });
});
