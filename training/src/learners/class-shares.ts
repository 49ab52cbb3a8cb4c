import type { Design } from '../design.ts';
import { totalWeight } from '../sampling/sampling.ts';
import type { LearnedClasses, Learner } from './learner.ts';

/** The weighted share of each class among some rows; [classes]. */
export function shareOfClasses({ target, outputs, sampling }: Design, rows: Int32Array): Float64Array {
  const weights = sampling?.weights;
  const total = totalWeight(rows, weights);
  const shares = new Float64Array(outputs);
  for (const row of rows) shares[target[row]] += (weights ? weights[row] : 1) / total;
  return shares;
}

/** Always predicts the shares of the classes. */
export const classShares = (design: Design): Learner<LearnedClasses> => ({
  name: 'base-rate',
  label: { en: 'Always the shares of the classes', 'pt-BR': 'Sempre as proporções das classes' },
  learn(rows) {
    const shares = shareOfClasses(design, rows);
    return {
      predictClasses: ({ length }) =>
        Float64Array.from({ length: length * shares.length }, (_, i) => shares[i % shares.length]),
    };
  },
});
