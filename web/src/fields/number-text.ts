import type { Language } from '@hearth/artifact';

const decimalSign: Record<Language, '.' | ','> = { en: '.', 'pt-BR': ',' };

/**
 * Turns a number as a person writes it into text that JavaScript can read. Point and comma are both accepted as decimal sign,
 * except before three digits if the language uses the sign to group thousands: "1.500" is ambiguous in Portuguese.
 * @returns undefined for text that is not a number or is ambiguous
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

/** A number as the language writes it, with the same digits. */
export const writeNumberText = (text: string, language: Language): string =>
  text.replace('.', decimalSign[language]);
