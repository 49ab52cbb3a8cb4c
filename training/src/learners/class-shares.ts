import type { Design } from '../design.ts';
import { sharesOfClasses } from '../sampling/prior.ts';
import type { LearnedClasses, Learner } from './learner.ts';

/** Always predicts the shares of the classes. */
export const classShares = (design: Design): Learner<LearnedClasses> => ({
  name: 'base-rate',
  label: { en: 'Always the shares of the classes', 'pt-BR': 'Sempre as proporções das classes' },
  learn(rows) {
    const shares = sharesOfClasses(design, rows, design.outputs);
    return {
      predictClasses: ({ length }) =>
        Float64Array.from({ length: length * shares.length }, (_, i) => shares[i % shares.length]),
    };
  },
});
