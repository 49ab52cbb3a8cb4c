import type { Column, NumericColumn, TimeColumn, Value } from '@hearth/artifact';
import { rangeOf } from '../fields/entries.ts';
import { isNumericColumn, isTimeColumn, kindOf, withSeconds } from '../fields/kinds.ts';
import { withUnit } from '../format.ts';
import type { Locale } from '../locale.ts';
import { gridOf } from './points.ts';
import { dateTicksOf, ticksOf } from './ticks.ts';

/** The horizontal axis of a curve: places are numbers, or seconds since 1970 of dates and times. */
export interface CurveAxis {
  name: string;
  label: string;
  /** Empty if there is none. */
  unit: string;
  minimum: number;
  maximum: number;
  /** The range of the training rows; undefined if nobody knows it. */
  seen: { minimum: number; maximum: number } | undefined;
  /** The places at which answers are asked for. */
  grid: readonly number[];
  /** How far values are apart at least; 0 if any number can be. */
  step: number;
  /** The places of labels, at most about so many. */
  ticks(most: number): number[];
  /** A place where there is little room, without its unit, and with it. */
  short(place: number): string;
  bare(place: number): string;
  text(place: number): string;
  /** The nearest value that the column can have, as its field has it, and as a row has it. */
  entry(place: number): string;
  value(place: number): Value;
  /** The place of a value of a row. */
  placeOf(value: Value | null | undefined): number | undefined;
}

/** Undefined for columns whose values have no distance. */
export function curveAxis(column: Column, locale: Locale): CurveAxis | undefined {
  if (isNumericColumn(column)) return numberAxis(column, locale);
  return isTimeColumn(column) ? timeAxis(column, locale) : undefined;
}

function numberAxis(column: NumericColumn, { format, text, labelOf }: Locale): CurveAxis {
  const { name, seen } = column;
  const { minimum, maximum } = rangeOf(column);
  const unit = text(column.unit);
  const isWhole = column.type === 'integer';
  const nearest = (place: number) => (isWhole ? Math.round(place) : Number(place.toPrecision(3)));
  return {
    name,
    label: labelOf(column),
    unit,
    minimum,
    maximum,
    seen: seen.of === undefined ? seen : undefined,
    grid: gridOf(column),
    step: isWhole ? 1 : 0,
    ticks: (most) => ticksOf(minimum, maximum, most, isWhole ? 1 : 0),
    short: format.number,
    bare: format.number,
    text: (place) => withUnit(format.number(place), unit),
    entry: (place) => String(nearest(place)),
    value: (place) => place,
    placeOf: (value) => (typeof value === 'number' ? value : undefined),
  };
}

/** Seconds. */
const day = 86_400;

const secondsOf = (text: string): number =>
  Date.parse(text.length === 'yyyy-mm-dd'.length ? text : `${withSeconds(text)}Z`) / 1000;

function timeAxis(column: TimeColumn, locale: Locale): CurveAxis {
  const [minimum, maximum] = [secondsOf(column.seen.minimum), secondsOf(column.seen.maximum)];
  const isDate = column.type === 'date';
  const write = (place: number) => new Date(place * 1000).toISOString().slice(0, isDate ? 10 : 19);
  const text = (place: number) => kindOf(column).show(column, write(place), locale) ?? write(place);
  const steps = Array.from({ length: 101 }, (_, i) => minimum + ((maximum - minimum) * i) / 100);
  const isLong = maximum - minimum > 3 * 366 * day;
  return {
    name: column.name,
    label: locale.labelOf(column),
    unit: '',
    minimum,
    maximum,
    seen: { minimum, maximum },
    step: isDate ? day : 0,
    grid: [...new Set(steps.map((place) => secondsOf(write(place))))],
    ticks: (most) => dateTicksOf(minimum, maximum, isLong ? most : Math.max(2, Math.floor(most / 2))),
    short: (place) => (isLong ? write(place).slice(0, 4) : write(place).slice(0, 10)),
    bare: text,
    text,
    entry: write,
    value: write,
    placeOf: (value) => (typeof value === 'string' ? secondsOf(value) : undefined),
  };
}
