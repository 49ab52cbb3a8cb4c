/** What stands before the decimals of a number. */
export type DecimalSign = '.' | ',';

/** What is wrong with a cell, in words that follow its place. */
export interface CellFault {
  fault: string;
}

const grammar: Record<DecimalSign, RegExp> = {
  '.': /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ',': /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
};
const nameOf: Record<DecimalSign, string> = { '.': 'point', ',': 'comma' };
/** Where the sign is a thousands separator, this is a whole number. */
const grouped = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
const date = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ].*)?$/;

/** Whether a text is a number with a decimal point: optional sign, digits before or behind the point, optional exponent. */
export const isDecimal = (text: string): boolean => grammar['.'].test(text);

/** Makes the function that takes the separators out of 1.234.567,8; it leaves a text as it is where they do not separate thousands. */
export function groupRemover(separator: string): (text: string) => string {
  const grouped = new RegExp(`^[+-]?\\d{1,3}([${separator}]\\d{3})+(?![\\d${separator}])`);
  return (text) => text.replace(grouped, (start) => start.replaceAll(separator, ''));
}

/**
 * Reads a number without spaces around it. The other decimal sign is read too, except where it could separate thousands: with a decimal
 * comma 2.5 is 2,5, and 1.234 is a fault. Infinity where a number is too large.
 */
export function readNumber(text: string, decimal: DecimalSign): number | CellFault {
  if (grammar[decimal].test(text)) return Number(decimal === ',' ? text.replace(',', '.') : text);
  const other = decimal === ',' ? '.' : ',';
  if (!grammar[other].test(text))
    return { fault: date.test(text) ? 'is a date, not a number' : 'is not a number' };
  if (!grouped.test(text)) return Number(text.replace(',', '.'));
  return {
    fault: `is ambiguous, as its ${nameOf[other]} could separate thousands; write decimals with a ${nameOf[decimal]}`,
  };
}
