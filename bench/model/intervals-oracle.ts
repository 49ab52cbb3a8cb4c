import {
  fitPenalised,
  leverages,
  logistic,
  type NumberTable,
  type PenalisedFit,
  squared,
  type Truth,
} from '@hearth/training';
import { ends, type IntervalMethod } from './intervals-methods.ts';

/** A very weak penalty: one standard deviation of the prior is a weight of 1.8. */
const penalty = 0.3;

/**
 * The oracle: a regression that knows the terms of the truth and estimates only their weights. With all columns given, its interval is the
 * posterior of the score; with fewer, it is the normal distribution of the full score around its regression on the terms that can be
 * computed.
 */
export function oracleIntervals(
  { terms }: Truth,
  table: NumberTable,
  fresh: readonly Float64Array[],
): IntervalMethod {
  const rows = table.x.length;
  const means = terms.map(({ of }) => table.x.reduce((sum, x) => sum + of(x), 0) / rows);
  const designOf = (x: readonly Float64Array[]) => ({
    rows: x.length,
    functions: terms.length,
    values: Float64Array.from(terms.flatMap(({ of }, t) => x.map((row) => of(row) - means[t]))),
  });
  const [seen, asked] = [designOf(table.x), designOf(fresh)];
  const fit = (chosen: Int32Array, target: Float64Array, family: typeof logistic) =>
    fitPenalised(seen, chosen, new Float64Array(chosen.length).fill(penalty), target, family);
  const scores = (chosen: Int32Array, { intercept, coefficients }: PenalisedFit) =>
    Float64Array.from(fresh, (_, i) =>
      chosen.reduce((sum, t, k) => sum + coefficients[k] * asked.values[t * fresh.length + i], intercept),
    );
  const every = Int32Array.from(terms.keys());
  const target = Float64Array.from(table.target);
  const full = fit(every, target, logistic);
  const doubt = mean(leverages(seen, every, full));
  return (known) => {
    const chosen = every.filter((t) => terms[t].columns.every((column) => known.includes(column)));
    if (chosen.length === terms.length) {
      return ends(scores(every, full), leverages(asked, every, full).map(Math.sqrt), 0);
    }
    const explained = fit(chosen, full.score, squared).score;
    const squares = full.score.map((score, i) => (score - explained[i]) ** 2);
    const unexplained = (mean(squares) * rows) / (rows - chosen.length - 1);
    const s = new Float64Array(fresh.length).fill(Math.sqrt(unexplained + doubt));
    return ends(scores(chosen, fit(chosen, target, logistic)), s, unexplained / (unexplained + doubt));
  };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
