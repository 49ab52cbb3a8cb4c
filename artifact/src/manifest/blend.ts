import type { Texts } from '../columns/texts.ts';
import type { Manifest } from './manifest.ts';

/** A learner whose model is part of a blend. */
export interface BlendedLearner {
  label: Texts;
  /** Its share of the score, from 0 to 1. */
  weight: number;
}

/** The members of a blend, the largest first; of another engine none. The evaluation compares with each of them, and has its label. */
export function blendedLearners({
  engine: { name, options },
  evaluation,
}: Pick<Manifest, 'engine' | 'evaluation'>): BlendedLearner[] {
  if (name !== 'blend') return [];
  const weights = Object.entries(options).filter(([key]) => key.endsWith('.weight'));
  return weights
    .map(([key, weight]) => {
      const learner = key.slice(0, key.indexOf('.'));
      const compared = evaluation?.references.find((each) => each.name === learner);
      return { label: compared?.label ?? { en: learner }, weight: Number(weight) };
    })
    .sort((a, b) => b.weight - a.weight);
}
