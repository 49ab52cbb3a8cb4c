import { ticksOf } from '../chart/ticks.ts';

/** How far one column moves the score, or all columns that are not given together. */
export interface Bar {
  /** Undefined for the bar of all columns that are not given. */
  column?: string;
  from: number;
  to: number;
}

export interface Bars {
  start: number;
  bars: Bar[];
  end: number;
  /** The number of columns that are not given. */
  notGiven: number;
}

export interface Contributions {
  base: number;
  values: Readonly<Record<string, number>>;
}

/** Puts the contributions end to end: the given columns, largest first, then one bar for all that are not given. */
export function barsOf(
  { base, values }: Contributions,
  columns: readonly string[],
  given: ReadonlySet<string>,
): Bars {
  const moveOf = (column: string) => values[column] ?? 0;
  const known = columns.filter((column) => given.has(column));
  const unknown = columns.filter((column) => !given.has(column));
  known.sort((a, b) => Math.abs(moveOf(b)) - Math.abs(moveOf(a)));
  const moves: { column?: string; by: number }[] = known.map((column) => ({ column, by: moveOf(column) }));
  if (unknown.length > 0) moves.push({ by: unknown.reduce((sum, column) => sum + moveOf(column), 0) });
  let at = base;
  const bars = moves.map(({ by, ...bar }) => {
    const from = at;
    at += by;
    return { ...bar, from, to: at };
  });
  return { start: base, bars, end: at, notGiven: unknown.length };
}

/** The range of an axis with some room around the bars, at least `least` long. */
export function domainOf({ start, bars }: Bars, least: number): [number, number] {
  const all = [start, ...bars.map(({ to }) => to)];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = Math.max((least - (high - low)) / 2, (high - low) * 0.06);
  return [low - room, high + room];
}

export const logit = (chance: number): number => Math.log(chance / (1 - chance));
export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** In order of preference. */
const wanted = [0.5, 0.25, 0.75, 0.1, 0.9, 0.01, 0.99, 0.05, 0.95, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.02, 0.98];

/** Round chances for a log-odds axis, at least the share `apart` of its length from each other. */
export const chanceTicks = (domain: readonly [number, number], apart = 0.13): number[] =>
  ticksApart(wanted, logit, domain, apart);

/** Round values for an axis of their logarithms: powers of ten first, then 2 and 5 times those, then evenly spaced ones. */
export function valueTicks([low, high]: readonly [number, number], apart = 0.13): number[] {
  const first = Math.floor(Math.log10(Math.exp(low)));
  const last = Math.ceil(Math.log10(Math.exp(high)));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const round = [1, 2, 5].flatMap((digit) => powers.map((power) => Number(`${digit}e${power}`)));
  return ticksApart([...round, ...ticksOf(Math.exp(low), Math.exp(high), 5)], Math.log, [low, high], apart);
}

/** Those of the values that are on the axis and at least the share `apart` of its length from those before them, ascending. */
function ticksApart(
  values: readonly number[],
  placeOf: (value: number) => number,
  [low, high]: readonly [number, number],
  apart: number,
): number[] {
  const chosen: number[] = [];
  for (const value of values) {
    const at = placeOf(value);
    const isFree = chosen.every((other) => Math.abs(placeOf(other) - at) >= apart * (high - low));
    if (at >= low && at <= high && isFree) chosen.push(value);
  }
  return chosen.sort((a, b) => a - b);
}
