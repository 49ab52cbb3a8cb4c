/** The move of the answer by one column, or by all that were not given together, on the additive scale. */
export interface Bar {
  /** Undefined: everything that was not given. */
  column?: string;
  from: number;
  to: number;
}

export interface Bars {
  start: number;
  bars: Bar[];
  end: number;
  /** How many columns the bar of what was not given stands for. */
  notGiven: number;
}

export interface Contributions {
  base: number;
  values: Readonly<Record<string, number>>;
}

/** Lays the contributions end to end: the given columns, largest move first, then in one bar what was not given. */
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

/** The ends of an axis with room around everything on it. */
export function domainOf({ start, bars }: Bars, least: number): [number, number] {
  const all = [start, ...bars.map(({ to }) => to)];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = Math.max((least - (high - low)) / 2, (high - low) * 0.06);
  return [low - room, high + room];
}

export const logit = (chance: number): number => Math.log(chance / (1 - chance));
export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Most wanted first. */
const wanted = [0.5, 0.25, 0.75, 0.1, 0.9, 0.01, 0.99, 0.05, 0.95, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.02, 0.98];

/** Round chances for a log-odds axis, none closer to another than a share of its length. */
export function chanceTicks([low, high]: readonly [number, number], apart = 0.13): number[] {
  const chosen: number[] = [];
  for (const chance of wanted) {
    const at = logit(chance);
    const isFree = chosen.every((other) => Math.abs(logit(other) - at) >= apart * (high - low));
    if (at >= low && at <= high && isFree) chosen.push(chance);
  }
  return chosen.sort((a, b) => a - b);
}
