/** What R, pandas, SQL, Excel and SAS write for a missing value; lower case. */
const codes = new Set([
  ...['na', 'n/a', '#n/a', '#n/d', '<na>', 'nan', 'nat', 'null', '(null)', 'nil'],
  ...['?', '.', '-', '--', '...'],
]);

/** Words that mean it among numbers and dates; among texts they may be a category. Lower case. */
const words = new Set([
  ...[
    'unknown',
    'missing',
    'none',
    'not available',
    'not known',
    'undefined',
    'n.d.',
    'nd',
    'blank',
    'empty',
  ],
  ...[
    'desconhecido',
    'desconhecida',
    'ignorado',
    'ignorada',
    'não informado',
    'nao informado',
    'não informada',
  ],
  ...['sem informação', 'sem informacao', 'não disponível', 'nao disponivel', 'vazio', 'em branco', 's/i'],
  ...['#value!', '#div/0!', '#ref!', '#num!', '#valor!', '*'],
]);

/** Two capital letters, as codes of countries and states: NA is Namibia there. */
const twoLetters = /^[A-Z]{2}$/;

export const isMissingCode = (text: string): boolean => codes.has(text.toLowerCase());

export const isMissingWord = (text: string): boolean => words.has(text.toLowerCase());

/** The texts that mean a missing value in a column of these texts, and not a category. */
export function missingAmongTexts(texts: readonly string[]): string[] {
  const others = texts.filter((text) => !isMissingCode(text));
  const areCountries = others.length >= 5 && others.every((text) => twoLetters.test(text));
  return texts.filter(
    (text) =>
      isMissingCode(text) && !(text === 'NA' && areCountries) && !(text === '-' && others.includes('+')),
  );
}
