import { describe, expect, test } from 'vitest';
import { readNumberText, writeNumberText } from './number-text.ts';

describe('a typed number', () => {
  test.each([
    ['54', 'en', '54'],
    [' 2,5 ', 'pt-BR', '2.5'],
    ['2.5', 'pt-BR', '2.5'],
    ['2,5', 'en', '2.5'],
    ['2,', 'pt-BR', '2'],
    [',5', 'pt-BR', '0.5'],
    ['−3', 'en', '-3'],
    ['1.234', 'en', '1.234'],
    ['1,234', 'pt-BR', '1.234'],
  ] as const)('%j is, in %s, %s', (text, language, number) => {
    expect(readNumberText(text, language)).toBe(number);
  });

  test.each([
    ['1,234', 'en'],
    ['1.234', 'pt-BR'],
  ] as const)('%s is refused in %s: it could be a thousand or one', (text, language) => {
    expect(readNumberText(text, language)).toBeUndefined();
  });

  test.each(['', '-', ',', '5 6', '1e5', 'x', '0x10', '1,2,3'])('%j is none', (text) => {
    expect(readNumberText(text, 'en')).toBeUndefined();
  });

  test('keeps its digits and changes its decimal sign with the language', () => {
    expect(writeNumberText('2.50', 'pt-BR')).toBe('2,50');
    expect(writeNumberText('2.50', 'en')).toBe('2.50');
  });
});
