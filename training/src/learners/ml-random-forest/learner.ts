import type { Design } from '../../design.ts';
import { inputError } from '../../errors.ts';
import { answerByTrees, type Learner, type ModelLearner } from '../learner.ts';
import { flatten, growMlForest, type MlForestOptions, mlForestVersion } from './grow.ts';

const label = { en: 'ml-random-forest', 'pt-BR': 'ml-random-forest' };

/** A regression forest of ml-random-forest, for numeric columns without missing values. @throws InputError for any other column */
export function mlForest(design: Design, options: MlForestOptions): ModelLearner {
  assertUsable(design);
  const rowsOf = (rows: Int32Array) => Array.from(rows, (row) => Array.from(design.x[row]));
  return {
    name: 'ml-random-forest',
    label,
    learn(rows, seed) {
      const x = rowsOf(rows);
      const target = Array.from(rows, (row) => design.target[row]);
      const trees = { forest: flatten(growMlForest(x, target, options, seed), x, target) };
      const answer = { base: 0, divisor: options.trees, link: 'identity' } as const;
      return {
        ...answerByTrees(design, trees, answer),
        trees,
        answer,
        engine: { name: 'ml-random-forest', version: mlForestVersion, options: { ...options } },
      };
    },
  };
}

/** ml-random-forest as a reference for any table: missing values become the mean of the training rows. */
export const mlForestReference = (design: Design, options: MlForestOptions): Learner => ({
  name: 'ml-random-forest',
  label,
  learn(rows, seed) {
    const means = design.features.map((_, i) => meanOf(Array.from(rows, (row) => design.x[row][i])));
    const filled = (row: number) =>
      Array.from(design.x[row], (value, i) => (Number.isNaN(value) ? means[i] : value));
    const target = Array.from(rows, (row) => design.target[row]);
    const grown = growMlForest(Array.from(rows, filled), target, options, seed);
    return { predict: (row) => grown.predict([filled(row)])[0] };
  },
});

function meanOf(values: readonly number[]): number {
  const given = values.filter((value) => !Number.isNaN(value));
  return given.reduce((sum, value) => sum + value, 0) / Math.max(1, given.length);
}

/** @throws InputError for a column that ml-random-forest cannot use */
export function assertUsable({ columns, table }: Design): void {
  for (const column of columns) {
    const { name } = column;
    if (column.type === 'category')
      throw inputError('NOT_FOR_ENGINE', 'ml-random-forest', name, 'its values are categories');
    const missing = table.inputs.filter((row) => row[name] === null).length;
    if (missing > 0)
      throw inputError('NOT_FOR_ENGINE', 'ml-random-forest', name, `it is missing in ${missing} rows`);
  }
}
