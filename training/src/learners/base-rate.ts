import type { Design } from '../design.ts';
import { totalWeight } from '../sampling/sampling.ts';
import type { Learner } from './learner.ts';

/** Always predicts the mean of the target. */
export const baseRate = ({ target, hasClasses, sampling }: Design): Learner => ({
  name: hasClasses ? 'base-rate' : 'mean',
  label: hasClasses
    ? { en: 'Always the base rate', 'pt-BR': 'Sempre a taxa base' }
    : { en: 'Always the mean', 'pt-BR': 'Sempre a média' },
  learn(rows) {
    const weights = sampling?.weights;
    const sum = rows.reduce((sum, row) => sum + (weights?.[row] ?? 1) * target[row], 0);
    const mean = sum / totalWeight(rows, weights);
    return { predict: () => mean };
  },
});
