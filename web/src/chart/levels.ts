import type { Column, Value } from '@hearth/artifact';
import { listedValues } from '../fields/entries.ts';
import { isNumericColumn, kindOf } from '../fields/kinds.ts';
import { withUnit } from '../format.ts';
import type { Locale } from '../locale.ts';
import type { Bins } from './density.ts';

/** One value of a column with few values. */
export interface Level {
  /** As its field has it, and as a row has it. */
  entry: string;
  value: Value;
  label: string;
  /** How many training rows had it, where the model says so. */
  rows?: number | undefined;
}

/** More whole numbers than these are a curve. */
const mostNumbers = 12;
/** Of more categories, the ones that most rows have. */
const mostCategories = 20;

/** The values of a column whose answers stand beside each other, because nothing lies between them; undefined for a curve. */
export function levelsOf(column: Column, bins: Bins | undefined, locale: Locale): Level[] | undefined {
  if (isNumericColumn(column)) {
    const numbers = column.enum ? listedValues(column) : wholeNumbers(column.seen);
    if (numbers === undefined || numbers.length > mostNumbers || column.type === 'number') return undefined;
    const unit = locale.text(column.unit);
    return numbers.map((value) => ({
      entry: String(value),
      value,
      label: withUnit(locale.format.number(value), unit),
      rows: rowsAt(bins, value),
    }));
  }
  const kind = kindOf(column);
  const all = kind.choices(column);
  if (all.length === 0) return undefined;
  const byValue = new Map(bins?.values?.map((value, i) => [value, bins.counts[i]]));
  const frequent = all.filter(({ value }) => byValue.has(value));
  const shown =
    all.length <= mostCategories ? all : (frequent.length > 0 ? frequent : all).slice(0, mostCategories);
  return shown.map(({ value, label }) => ({
    entry: value,
    value: kind.read(value),
    label: locale.text(label),
    rows: byValue.get(value),
  }));
}

const wholeNumbers = ({ minimum, maximum }: { minimum: number; maximum: number }) =>
  maximum - minimum < mostNumbers
    ? Array.from({ length: maximum - minimum + 1 }, (_, i) => minimum + i)
    : undefined;

/** The rows of the bin that holds nothing but this whole number. */
function rowsAt(bins: Bins | undefined, value: number): number | undefined {
  const { edges = [], counts = [] } = bins ?? {};
  const i = edges.findIndex((edge, at) => edge === value && at < counts.length);
  const next = edges[i + 1];
  const isAlone =
    next !== undefined && (next === value || next === value + 1) && (i + 1 < counts.length || next === value);
  return i >= 0 && isAlone ? counts[i] : undefined;
}
