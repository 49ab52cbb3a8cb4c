import { type Forest, intervalLevel, type Manifest, type Trees } from '@hearth/artifact';
import { fitAdditive, type NumberFeature, tuneAdditive } from '../additive/index.ts';
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
    const { forest, answer, spread, features } = fitAdditive(design.numbers, rows, penalties, seed);
    const trees: Trees = {
      forest: onFeatures(design, forest, features),
      spread: onFeatures(design, spread.forest, features),
    };
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

/** The same trees, splitting on the features of the design. */
function onFeatures({ columns, features }: Design, forest: Forest, own: readonly NumberFeature[]): Forest {
  const index = own.map(({ column, equals }) => {
    const { name } = columns[column];
    const first = features.findIndex((feature) => feature.column === name);
    return first + (equals ?? 0);
  });
  return { ...forest, feature: forest.feature.map((feature) => (feature < 0 ? feature : index[feature])) };
}

/** How the interval comes about, in the words of the field. */
export const intervalMethod =
  'Normal on the additive scale: variance of the full-information score given the known columns, plus the posterior variance of the penalised fit (Laplace approximation, MacKay 1992)';

const linkOf = ({ loss }: Design): Manifest['answer']['link'] => (loss === 'logistic' ? 'logit' : 'identity');
