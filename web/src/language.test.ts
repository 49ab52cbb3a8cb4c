import { describe, expect, test } from 'vitest';
import { preferredLanguage } from './language.ts';

describe('the language of the page', () => {
  test.each([
    [['pt-PT', 'en'], 'pt-BR'],
    [['pt'], 'pt-BR'],
    [['en-GB', 'pt-BR'], 'en'],
    [['de-DE', 'PT-br'], 'pt-BR'],
    [['de-DE'], 'en'],
    [[], 'en'],
  ])('for a browser that prefers %j is %s', (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});
