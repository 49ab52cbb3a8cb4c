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
  ])('a chance of %d reads %s: rounding claims no certainty', (chance, text) => {
    expect(formatFor('en').percent(chance)).toBe(text);
  });

  test('dates are written out', () => {
    expect(formatFor('pt-BR').date('2026-11-22T23:30:00Z')).toBe('22 de novembro de 2026');
  });
});
