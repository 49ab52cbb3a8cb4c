import { createRandom } from '@hearth/training';

/**
 * `additive`: 12 columns, two of them categories, and a sum of smooth functions. `interactions`: a number, Friedman's first function (1991).
 * `categories`: a column with a category for each 50 rows, most of them rare. `rare`: 5 % positives, with an interaction. `noise`: the
 * target does not depend on the columns.
 */
export type SyntheticKind = 'additive' | 'interactions' | 'categories' | 'rare' | 'noise';

/** The rows as CSV, with the target in the column `y`. */
export function simulate(kind: SyntheticKind, rows: number): string {
  const random = createRandom(rows + 17);
  const { uniform, below } = random;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const numbers = (count: number, draw: () => number) => Array.from({ length: count }, draw);
  const answer = (score: number) => (uniform() < 1 / (1 + Math.exp(-score)) ? 'yes' : 'no');
  const effects = numbers(Math.ceil(rows / 50), normal);

  const makers: Record<SyntheticKind, () => [cells: (number | string)[], y: number | string]> = {
    additive() {
      const x = numbers(10, normal);
      const [a, b] = [below(5), below(8)];
      const score =
        x[0] +
        Math.sin(2 * x[1]) +
        0.7 * Math.abs(x[2]) -
        0.5 * x[3] ** 2 +
        Math.tanh(3 * x[4]) +
        0.4 * (a - 2) +
        (b % 3) / 2;
      return [[...x, `a${a}`, `b${b}`], answer(score - 0.5)];
    },
    interactions() {
      const x = numbers(10, uniform);
      const mean = 10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4];
      return [x, (mean + normal()).toFixed(4)];
    },
    categories() {
      const x = numbers(4, normal);
      // the first categories are frequent
      const category = Math.floor(effects.length * uniform() ** 2);
      const group = below(8);
      return [
        [`c${category}`, `g${group}`, ...x],
        answer(effects[category] + 0.8 * x[0] + 0.3 * (group - 3.5)),
      ];
    },
    rare() {
      const x = numbers(12, normal);
      return [x, answer(-4.25 + x[0] + 0.8 * x[1] + x[2] * x[3] + 0.6 * Math.max(0, x[4]))];
    },
    noise: () => [numbers(10, normal), uniform() < 0.5 ? 'yes' : 'no'],
  };

  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const [cells, y] = makers[kind]();
    const texts = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(5) : cell));
    lines.push([...texts, y].join());
  }
  const names = lines[0]
    .split(',')
    .slice(1)
    .map((_, i) => `x${i + 1}`);
  return [[...names, 'y'].join(), ...lines, ''].join('\n');
}
