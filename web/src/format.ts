import type { Language } from '@hearth/artifact';

/** Numbers and dates as a language writes them. */
export interface Format {
  number(value: number): string;
  /** A chance in whole percent; `<1%` and `>99%` where rounding would claim certainty. */
  percent(chance: number): string;
  /** Without the sign, for places that set the sign apart. */
  percentParts(chance: number): { bound: string; digits: string; sign: string };
  /** Two decimals, three for what is smaller than 0.1; with a minus sign, not a hyphen. */
  score(value: number): string;
  /** Three significant digits, whole numbers whole. */
  value(value: number): string;
  date(iso: string): string;
  /** Date and time of day, where the reader is. */
  moment(iso: string): string;
}

export function formatFor(language: Language): Format {
  const numbers = (options: Intl.NumberFormatOptions) =>
    whenNeeded(() => new Intl.NumberFormat(language, options));
  const dates = (options: Intl.DateTimeFormatOptions) =>
    whenNeeded(() => new Intl.DateTimeFormat(language, options));
  const number = numbers({ maximumFractionDigits: 2 });
  const value = numbers({ maximumSignificantDigits: 3 });
  const score = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const fine = numbers({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const whole = numbers({ maximumFractionDigits: 0 });
  const moment = dates({ dateStyle: 'medium', timeStyle: 'medium' });
  const date = dates({ dateStyle: 'long', timeZone: 'UTC' });

  const percentParts = (chance: number) => {
    const bound = chance > 0 && chance < 0.005 ? '<' : chance < 1 && chance >= 0.995 ? '>' : '';
    const shown = bound === '<' ? 1 : bound === '>' ? 99 : ofHundred(chance);
    return { bound, digits: String(shown), sign: '%' };
  };

  return {
    number: (value) => (isPlain(value) ? String(value) : number().format(value)),
    percentParts,
    percent(chance) {
      const { bound, digits, sign } = percentParts(chance);
      return bound + digits + sign;
    },
    score: (given) => (Math.abs(given) < 0.1 ? fine : score)().format(given).replace('-', '−'),
    value: (given) => (Math.abs(given) < 100 ? value : whole)().format(given),
    moment: (iso) => moment().format(new Date(iso)),
    date: (iso) => date().format(new Date(iso)),
  };
}

/** Made at the first call, and once: the first of them costs a phone a tenth of a second, and the first view needs none. */
function whenNeeded<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Whether every language of the page writes the number as JavaScript does. */
const isPlain = (value: number) => Number.isInteger(value) && value >= 0 && value < 1000;

/** How many of 100 people a chance stands for. */
export const ofHundred = (chance: number) => Math.round(chance * 100);
