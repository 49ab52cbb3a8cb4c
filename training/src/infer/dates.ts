import { readDate, readTime } from '@hearth/artifact';

/** How the texts of a column write dates. */
export interface DateForm {
  type: 'date' | 'datetime';
  /** The format of Table Schema; absent for ISO 8601. */
  format?: string;
  /** Whether day and month could be the other way round. */
  isAmbiguous?: true;
}

/** Two numbers and a year, or a year and two numbers, by what separates them. */
const dayFirst = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const yearFirst = /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})$/;

/** The form that all these texts have; undefined if they have none, or there are none. */
export function dateFormOf(texts: readonly string[]): DateForm | undefined {
  const [first] = texts;
  if (first === undefined) return undefined;
  const all = (fits: (text: string) => boolean) => fits(first) && texts.every(fits);
  if (all(isDate)) return { type: 'date' };
  if (all((text) => typeof readTime(text.replace(' ', 'T'), 'UTC') === 'number')) return { type: 'datetime' };
  const [, , sign] = yearFirst.exec(first) ?? dayFirst.exec(first) ?? [];
  if (sign === undefined) return undefined;
  const order = (format: string, day: number, month: number, year: number, form: RegExp) => ({
    format,
    fits: all((text) => {
      const parts = form.exec(text);
      if (!parts || parts[2] !== sign) return false;
      return isDate([parts[year], parts[month].padStart(2, '0'), parts[day].padStart(2, '0')].join('-'));
    }),
  });
  const fitting = [
    order(['%Y', '%m', '%d'].join(sign), 4, 3, 1, yearFirst),
    order(['%d', '%m', '%Y'].join(sign), 1, 3, 4, dayFirst),
    order(['%m', '%d', '%Y'].join(sign), 3, 1, 4, dayFirst),
  ].filter(({ fits }) => fits);
  if (fitting.length === 0) return undefined;
  return {
    type: 'date',
    format: fitting[0].format,
    ...(fitting.length > 1 && { isAmbiguous: true as const }),
  };
}

const isDate = (text: string): boolean => typeof readDate(text) === 'number';
