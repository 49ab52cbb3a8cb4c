import { type Forest, intervalLevel, type Manifest } from '@hearth/artifact';
import type { Design } from '../../design.ts';
import { engineVersion } from '../../engine-version.ts';
import { answerByTrees, type ModelLearner } from '../learner.ts';
import {
  fitAdditiveScore,
  fitAdditiveSpread,
  type NumberFeature,
  type Penalties,
  tuneAdditive,
} from './index.ts';

/**
 * The penalised additive model for any subset of columns, written as trees.
 * @param options chosen by cross-validation if left out
 */
export const additive = (design: Design, options?: Penalties): ModelLearner => ({
  name: 'additive',
  label: { en: 'Additive model', 'pt-BR': 'Modelo aditivo' },
  learn(rows, seed) {
    const penalties = options ?? tune(design, rows, seed);
    const { forest, answer, features } = fitAdditiveScore(design.numbers, rows, penalties, seed);
    const trees = { forest: onFeatures(design, forest, features) };
    const linkedAnswer = { ...answer, link: design.link };
    return {
      ...answerByTrees(design, trees, linkedAnswer),
      trees,
      answer: linkedAnswer,
      engine: { name: 'additive', version: engineVersion, options: { ...penalties } },
    };
  },
});

export interface LearnedInterval {
  spread: Forest;
  interval: NonNullable<Manifest['interval']>;
}

/** The interval, which always comes from an additive model of the same rows, whichever learner made the answer. */
export function learnInterval(whole: Design, rows: Int32Array, seed: number): LearnedInterval {
  const ofRows = whole.forRows(rows);
  const design = ofRows.exposure?.rates ?? ofRows;
  const penalties = tune(design, rows, seed);
  const { forest, answer, features } = fitAdditiveSpread(design.numbers, rows, penalties, seed);
  const method =
    'Normal on the additive scale: variance of the full-information score given the known columns, plus the posterior variance of the penalised fit (Laplace approximation, MacKay 1992)';
  return {
    spread: onFeatures(design, forest, features),
    interval: { level: intervalLevel, method, ...answer },
  };
}

function tune(design: Design, rows: Int32Array, seed: number): Penalties {
  const { groups, times } = design.sampling ?? {};
  const without = (held: Int32Array, train: Int32Array) => {
    // rows that are neither held nor learned from may be of a group held out, or later
    if (groups || times) return design.forRows(train).numbers;
    const isHeld = new Set(held);
    return design.forRows(rows.filter((row) => !isHeld.has(row))).numbers;
  };
  return tuneAdditive(design.numbers, rows, seed, undefined, without);
}

/** The same trees with the feature indices of the design. */
function onFeatures({ binned }: Design, forest: Forest, own: readonly NumberFeature[]): Forest {
  const index = own.map(({ column, equals }) => binned.columns[column].feature + (equals ?? 0));
  return { ...forest, feature: forest.feature.map((feature) => (feature < 0 ? feature : index[feature])) };
}
