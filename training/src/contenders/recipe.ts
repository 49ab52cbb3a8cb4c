import type { Design } from '../design.ts';
import type { MlForestOptions } from '../engines/ml-random-forest.ts';
import { additive } from './additive.ts';
import { baseRate } from './base-rate.ts';
import { boosted } from './boosted.ts';
import type { Candidate, Contender } from './contender.ts';
import { forest } from './forest.ts';
import { linear } from './linear.ts';
import { mlForest, mlForestReference } from './ml-forest.ts';

/** What a candidate is made from: threads can hand it to each other. */
export type CandidateRecipe =
  | { learner: 'additive' | 'boosted' | 'forest' }
  | { learner: 'ml-random-forest'; options: MlForestOptions };

/** The same of any contender. */
export type Recipe =
  | CandidateRecipe
  | { learner: 'linear'; use?: number[] }
  | { learner: 'base-rate' }
  | { learner: 'ml-reference'; options: MlForestOptions };

/** @throws InputError for a column that the learner cannot use */
export function createCandidate(recipe: CandidateRecipe, design: Design): Candidate {
  if (recipe.learner === 'ml-random-forest') return mlForest(design, recipe.options);
  return { additive, boosted, forest }[recipe.learner](design);
}

export function createContender(recipe: Recipe, design: Design): Contender {
  if (recipe.learner === 'linear') return linear(design, recipe.use);
  if (recipe.learner === 'base-rate') return baseRate(design);
  if (recipe.learner === 'ml-reference') return mlForestReference(design, recipe.options);
  return createCandidate(recipe, design);
}
