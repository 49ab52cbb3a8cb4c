import { intervalLevel, type Manifest, type Trees } from '@hearth/artifact';
import { fitAdditive, tuneAdditive } from '../additive/index.ts';
import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import type { Candidate } from './contender.ts';
import { answerByTrees } from './tree-answers.ts';

/** The penalised additive model for any subset of columns, written out as trees. */
export const additive = (design: Design): Candidate => ({
  name: 'additive',
  label: { en: 'Additive model', 'pt-BR': 'Modelo aditivo' },
  learn(rows, seed) {
    const penalties = tuneAdditive(design.numbers, rows, seed);
    const { forest, answer, spread } = fitAdditive(design.numbers, rows, penalties, seed);
    const trees: Trees = { forest, spread: spread.forest };
    const linkedAnswer = { ...answer, link: linkOf(design) };
    return {
      ...answerByTrees(design, trees, linkedAnswer),
      trees,
      answer: linkedAnswer,
      interval: { level: intervalLevel, method: intervalMethod, ...spread.answer },
      engine: { name: 'additive', version: engineVersion, options: { ...penalties } },
    };
  },
});

/** How the interval comes about, in the words of the field. */
export const intervalMethod =
  'Normal on the additive scale: variance of the full-information score given the known columns, plus the posterior variance of the penalised fit (Laplace approximation, MacKay 1992)';

const linkOf = ({ loss }: Design): Manifest['answer']['link'] => (loss === 'logistic' ? 'logit' : 'identity');
