import type { Design } from '../design.ts';
import type { Learner } from './learner.ts';

/** Always predicts the mean of the target. */
export const baseRate = ({ target, hasClasses }: Design): Learner => ({
  name: hasClasses ? 'base-rate' : 'mean',
  label: hasClasses
    ? { en: 'Always the base rate', 'pt-BR': 'Sempre a taxa base' }
    : { en: 'Always the mean', 'pt-BR': 'Sempre a média' },
  learn(rows) {
    const mean = rows.reduce((sum, row) => sum + target[row], 0) / rows.length;
    return { predict: () => mean };
  },
});
