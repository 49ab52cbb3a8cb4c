import { type DecimalSign, readNumber } from '@hearth/artifact/text-table';
import { dateFormOf } from './dates.ts';
import { isMissingCode, isMissingWord, missingAmongTexts } from './missing-words.ts';
import { type Profile, rowsOf, without } from './profile.ts';

/** What a column is taken for. */
export interface ColumnType {
  /** A type of Table Schema, and its format where it is not the default. */
  type: 'integer' | 'number' | 'boolean' | 'string' | 'date' | 'datetime';
  format?: string;
  /** What separates thousands. */
  groupChar?: string;
  /** The cells that are missing values, besides empty ones. */
  missing: string[];
  /** The values in words. */
  why: string;
  doubts: string[];
}

/** From this share of numbers on, a column of texts is more likely one of numbers with a few faults. */
const mostly = 0.9;

/** The numbers that a text column is taken for lose leading zeros. */
const leadingZero = /^[+-]?0\d/;

/** @param asMissing texts that the user named as missing values */
export function typeOf(profile: Profile, decimal: DecimalSign, asMissing: readonly string[]): ColumnType {
  const named = asMissing.filter((text) => profile.counts.has(text));
  const texts = [...without(profile, named).counts.keys()];
  const found =
    booleans(texts) ??
    numbers(texts, decimal) ??
    dates(texts) ??
    categories(without(profile, named), decimal);
  return { ...found, missing: [...named, ...found.missing] };
}

type Reader = (texts: readonly string[]) => ColumnType | undefined;

/** Splits texts into values and those that mean a missing value among values that are not words. */
function apart(texts: readonly string[]): { values: string[]; missing: string[] } {
  const isMissing = (text: string) => isMissingCode(text) || isMissingWord(text);
  return {
    values: texts.filter((text) => !isMissing(text)),
    missing: texts.filter(isMissing),
  };
}

const booleans: Reader = (texts) => {
  const { values, missing } = apart(texts);
  const lower = new Set(values.map((text) => text.toLowerCase()));
  if (lower.size !== 2 || !lower.has('true') || !lower.has('false')) return undefined;
  return { type: 'boolean', missing, why: 'true or false', doubts: [] };
};

function numbers(texts: readonly string[], decimal: DecimalSign): ColumnType | undefined {
  const { values, missing } = apart(texts);
  if (values.length === 0 || values.some((text) => leadingZero.test(text))) return undefined;
  const groupChar = groupSignOf(values, decimal);
  const plain = groupChar ? values.map((text) => text.replaceAll(groupChar, '')) : values;
  const read = plain.map((text) => readNumber(text, decimal));
  if (!read.every((value): value is number => typeof value === 'number')) return undefined;
  const isWhole = plain.every((text) => /^[+-]?\d+$/.test(text));
  if (isWhole && !read.every(Number.isSafeInteger)) return undefined;
  const low = read.reduce((a, b) => Math.min(a, b));
  const high = read.reduce((a, b) => Math.max(a, b));
  const kind = isWhole ? 'whole numbers' : 'numbers';
  const written = groupChar ? `, such as ${values[0]}` : '';
  const shown = (value: number) => (isWhole ? value : Number(value.toPrecision(6)));
  const why = low === high ? `always ${low}` : `${kind}, ${shown(low)} to ${shown(high)}${written}`;
  return { type: isWhole ? 'integer' : 'number', ...(groupChar && { groupChar }), missing, why, doubts: [] };
}

/** The sign that separates thousands in these numbers; undefined where none has any, or one has them in the wrong place. */
function groupSignOf(texts: readonly string[], decimal: DecimalSign): string | undefined {
  const sign = /^[+-]?\d{1,3}([.,' \u00a0\u202f])\d{3}(?!\d)/;
  const [, group] = texts.map((text) => sign.exec(text)).find(Boolean) ?? [];
  if (group === undefined || group === decimal) return undefined;
  const [g, d] = [group, decimal].map((each) => `\\u{${each.codePointAt(0)?.toString(16)}}`);
  const form = new RegExp(`^[+-]?(\\d{1,3}(${g}\\d{3})+|\\d+)(${d}\\d*)?$`, 'u');
  return texts.every((text) => form.test(text)) ? group : undefined;
}

const dates: Reader = (texts) => {
  const { values, missing } = apart(texts);
  const form = dateFormOf(values);
  if (!form) return undefined;
  const { type, format, isAmbiguous } = form;
  const why = `${type === 'date' ? 'dates' : 'dates with times'}, such as ${values[0]}`;
  const doubts = isAmbiguous
    ? [
        `day and month could be the other way round: ${values[0]} is read as ${format}; change "format" if it is not`,
      ]
    : [];
  return { type, ...(format && { format }), missing, why, doubts };
};

function categories(profile: Profile, decimal: DecimalSign): ColumnType {
  const missing = missingAmongTexts([...profile.counts.keys()]);
  const values = without(profile, missing);
  const texts = [...values.counts.keys()];
  const shown = texts.slice(0, 3).join(', ') + (texts.length > 3 ? ', …' : '');
  const why =
    texts.length === 1 ? `always ${texts[0]}` : `${texts.length} categories: ${shown}`.replace(/:\s*$/, '');
  return { type: 'string', missing, why, doubts: textDoubts(values, decimal) };
}

function textDoubts(profile: Profile, decimal: DecimalSign): string[] {
  const texts = [...profile.counts.keys()];
  const words = texts.filter(isMissingWord);
  const odd = texts.filter((text) => typeof readNumber(text, decimal) !== 'number');
  const rows = rowsOf(profile, texts);
  const doubts: string[] = [];
  if (words.length > 0)
    doubts.push(`${listed(words)}: a category here; if it means a missing value, name it with --missing`);
  if (odd.length > 0 && rowsOf(profile, odd) <= (1 - mostly) * rows)
    doubts.push(
      `numbers, except ${listed(odd)} in ${rowsOf(profile, odd)} of ${rows} rows: correct these cells, or name them with --missing`,
    );
  if (texts.some((text) => leadingZero.test(text)))
    doubts.push('numbers with leading zeros are taken for codes, not for numbers');
  return doubts;
}

/** At most three texts in quotes. */
export const listed = (texts: readonly string[]): string =>
  texts
    .slice(0, 3)
    .map((text) => JSON.stringify(text.slice(0, 30)))
    .join(', ') + (texts.length > 3 ? ` and ${texts.length - 3} more` : '');
