import type { Language } from '@hearth/artifact';

/** Formats numbers and dates for a language. */
export interface Format {
  number(value: number): string;
  /** A chance in whole percent; `<1%` and `>99%` where it would round to 0 or 100 %. */
  percent(chance: number): string;
  /** The parts of `percent`, for places that style them separately. */
  percentParts(chance: number): { bound: string; digits: string; sign: string };
  /** Two decimals, or three below 0.1; with a minus sign, not a hyphen. */
  score(value: number): string;
  /** Three significant digits; from 100 on, a whole number. */
  value(value: number): string;
  date(iso: string): string;
  /** Date and time as given, on whichever clock. */
  time(iso: string): string;
  /** Date and time in the reader's time zone. */
  moment(iso: string): string;
}

export function formatFor(language: Language): Format {
  const numbers = (options: Intl.NumberFormatOptions) =>
    whenNeeded(() => new Intl.NumberFormat(language, options));
  const dates = (options: Intl.DateTimeFormatOptions) =>
    whenNeeded(() => new Intl.DateTimeFormat(language, options));
  /** Four digits are not grouped: a year is not 1,976. */
  const useGrouping = 'min2';
  const number = numbers({ maximumFractionDigits: 2, useGrouping });
  const value = numbers({ maximumSignificantDigits: 3 });
  const score = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const fine = numbers({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const whole = numbers({ maximumFractionDigits: 0, useGrouping });
  const moment = dates({ dateStyle: 'medium', timeStyle: 'medium' });
  const date = dates({ dateStyle: 'long', timeZone: 'UTC' });
  const time = dates({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

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
    time: (iso) => time().format(new Date(`${iso}Z`)),
  };
}

/** Created at the first call: creating the first formatter takes 0.1 s on a phone, and the first view needs none. */
function whenNeeded<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Whether the number has no grouping and no decimals, so that every language writes it alike. */
const isPlain = (value: number) => Number.isInteger(value) && value >= 0 && value < 10_000;

/** A chance as a number of cases in 100. */
export const ofHundred = (chance: number) => Math.round(chance * 100);

/** A formatted number with its unit; the unit may be empty. */
export const withUnit = (number: string, unit: string) => `${number}${unit && ` ${unit}`}`;
