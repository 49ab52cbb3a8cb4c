import { createRandom, type Random } from '../../random.ts';
import type { NumberColumn, NumberTable } from './table.ts';

/** The true log-odds as a function of a row: a sum of terms, each with the columns it uses. */
export interface Truth {
  intercept: number;
  terms: { weight: number; columns: number[]; of: (x: Float64Array) => number }[];
}

/** Number of categories of each column, 0 for a numeric one. */
const categories = [0, 2, 0, 3, 0, 0, 4, 0, 2, 0];
/** Thresholds that turn a normal variable into categories, by their number. */
const cuts: Record<number, number[]> = { 2: [0.3], 3: [-0.5, 0.6], 4: [-0.8, 0, 1] };

const simulatedColumns: NumberColumn[] = categories.map((count) =>
  count > 0 ? { kind: 'category', categories: count } : { kind: 'numeric' },
);

const line = (column: number, weight: number) => term(weight, [column], (x) => x[column]);
const is = (column: number, category: number, weight: number) =>
  term(weight, [column], (x) => (x[column] === category ? 1 : 0));
const term = (weight: number, columns: number[], of: (x: Float64Array) => number) => ({
  weight,
  columns,
  of,
});

const effects = (weights: Record<number, number[]>) =>
  Object.entries(weights).flatMap(([column, each]) => each.map((weight, k) => is(Number(column), k, weight)));
const categoryEffects = effects({
  1: [-0.4, 0.4],
  3: [-0.6, 0, 0.8],
  6: [-0.7, -0.3, 0.3, 1],
  8: [-0.5, 0.5],
});
const lines = (weights: Record<number, number>) =>
  Object.entries(weights).map(([column, weight]) => line(Number(column), weight));

/** Truths with log-odds of standard deviation 2.5 to 2.8, like the heart data. */
export const truths = {
  additive: {
    intercept: -0.3,
    terms: [...lines({ 0: 0.5, 2: 0.3, 4: 0.7, 7: 0.8, 9: -0.6 }), ...categoryEffects],
  },
  interaction: {
    intercept: -0.5,
    terms: [
      ...lines({ 0: 0.5, 2: 0.3, 4: 0.7, 7: 0.5, 9: -0.6 }),
      ...categoryEffects,
      term(0.5, [0, 4], (x) => x[0] * x[4]),
      term(0.8, [1, 7], (x) => x[1] * x[7]),
      term(-0.8, [2, 6], (x) => (x[6] === 2 ? x[2] : 0)),
    ],
  },
  nonlinear: {
    intercept: -1,
    terms: [
      term(0.6, [0], (x) => x[0] ** 2),
      ...lines({ 2: 0.5, 5: 0.3 }),
      term(0.9, [4], (x) => Math.sin(2 * x[4])),
      term(1.6, [7], (x) => (x[7] > 0.5 ? 1 : 0)),
      term(-0.9, [9], (x) => Math.tanh(2 * x[9])),
      ...categoryEffects,
    ],
  },
} satisfies Record<string, Truth>;

/** True log-odds of a row. */
export const trueScore = ({ intercept, terms }: Truth, x: Float64Array): number =>
  terms.reduce((score, { weight, of }) => score + weight * of(x), intercept);

/** Rows of correlated numbers and categories: normal variables with a common cause and an effect of the column before. */
export function simulateRows(rows: number, random: Random): Float64Array[] {
  const rest = Math.sqrt(1 - 0.45 ** 2 - 0.35 ** 2);
  return Array.from({ length: rows }, () => {
    const common = normal(random);
    let previous = 0;
    return Float64Array.from(categories, (count) => {
      const z = 0.45 * common + 0.35 * previous + rest * normal(random);
      previous = z;
      return count > 0 ? cuts[count].filter((cut) => z > cut).length : z;
    });
  });
}

/** A table whose target is 1 with the true probability of each row. */
export function simulateTable(truth: Truth, rows: number, seed: number): NumberTable {
  const random = createRandom(seed);
  const x = simulateRows(rows, random);
  const target = Float64Array.from(x, (row) =>
    random.uniform() < 1 / (1 + Math.exp(-trueScore(truth, row))) ? 1 : 0,
  );
  return { x, columns: simulatedColumns, target, loss: 'logistic' };
}

/** A standard normal number (Box & Muller 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
