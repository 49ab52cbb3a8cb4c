import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { weightedGram } from './gram.ts';

const random = createRandom(1);
const vector = (length: number) => Float64Array.from({ length }, () => random.uniform() - 0.5);

test.each([
  { size: 1, rows: 3 },
  { size: 4, rows: 128 },
  { size: 7, rows: 129 },
  { size: 10, rows: 300 },
])(
  'the sums of $size columns and $rows rows equal, to the bit, sums in the order of the rows',
  ({ size, rows }) => {
    const columns = Array.from({ length: size }, () => vector(rows));
    const weight = vector(rows);
    const diagonal = vector(size);
    const gram = Array.from({ length: size }, () => new Float64Array(size));
    weightedGram(columns, weight, diagonal, gram);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = a === b ? diagonal[a] : 0;
        for (let i = 0; i < rows; i++) sum += columns[a][i] * weight[i] * columns[b][i];
        expect(gram[a][b]).toBe(sum);
      }
    }
  },
);
