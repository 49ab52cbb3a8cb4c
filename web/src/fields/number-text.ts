import type { Language } from '@hearth/artifact';

const decimalSign: Record<Language, '.' | ','> = { en: '.', 'pt-BR': ',' };

/**
 * Reads a number as a person writes it, into the text that JavaScript reads. Both point and comma may be the decimal sign,
 * unless the one that the language groups thousands with stands before three digits: 1.500 could be either.
 * @returns undefined for text that is no number, or could be two
 */
export function readNumberText(text: string, language: Language): string | undefined {
  const match = /^([-−+]?)(\d*)(?:([.,])(\d*))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', mark, decimals = ''] = match;
  if (whole === '' && decimals === '') return undefined;
  if (mark !== undefined && mark !== decimalSign[language] && decimals.length === 3) return undefined;
  const digits = `${whole || '0'}${decimals && `.${decimals}`}`;
  return sign === '-' || sign === '−' ? `-${digits}` : digits;
}

/** A number as the language writes it, with the digits it was typed with. */
export const writeNumberText = (text: string, language: Language): string =>
  text.replace('.', decimalSign[language]);
