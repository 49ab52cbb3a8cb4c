import type { Language } from '@hearth/artifact';

/** Numbers and dates as a language writes them. */
export interface Format {
  number(value: number): string;
  /** A chance in whole percent; `<1%` and `>99%` where rounding would claim certainty. */
  percent(chance: number): string;
  /** Without the sign, for places that set the sign apart. */
  percentParts(chance: number): { bound: string; digits: string; sign: string };
  /** Two decimals, three for what is smaller than 0.1. */
  score(value: number): string;
  /** Three significant digits, whole numbers whole. */
  value(value: number): string;
  date(iso: string): string;
  /** Date and time of day, where the reader is. */
  moment(iso: string): string;
}

export function formatFor(language: Language): Format {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const value = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const score = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const fine = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });

  const percentParts = (chance: number) => {
    const bound = chance > 0 && chance < 0.005 ? '<' : chance < 1 && chance >= 0.995 ? '>' : '';
    const shown = bound === '<' ? 0.01 : bound === '>' ? 0.99 : chance;
    const parts = percent.formatToParts(shown);
    const text = (isSign: boolean) =>
      parts
        .filter(({ type }) => (type === 'percentSign') === isSign)
        .map(({ value }) => value)
        .join('');
    return { bound, digits: text(false), sign: text(true) };
  };

  return {
    number: (value) => number.format(value),
    percentParts,
    percent(chance) {
      const { bound, digits, sign } = percentParts(chance);
      return bound + digits + sign;
    },
    score: (given) => (Math.abs(given) < 0.1 ? fine : score).format(given),
    value: (given) => (Math.abs(given) < 100 ? value : whole).format(given),
    moment: (iso) => moment.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
  };
}

/** How many of 100 people a chance stands for. */
export const ofHundred = (chance: number) => Math.round(chance * 100);
