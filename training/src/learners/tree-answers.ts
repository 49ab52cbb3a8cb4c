import { linked, type Manifest, sumLeaves, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { Given, Learned } from './learner.ts';

/** Predicts rows of a design from trees, as a reader of the artifact does. */
export function answerByTrees(
  design: Design,
  { forest }: Pick<Trees, 'forest'>,
  answer: Manifest['answer'],
): Learned {
  const masked = new Float64Array(design.features.length);
  return {
    predict: (row, given) =>
      linked(answer, sumLeaves(forest, given ? hide(design, row, given, masked) : design.x[row])),
  };
}

/** The features of a row, NaN for columns that are not given. */
function hide({ x, owners }: Design, row: number, given: Given, into: Float64Array): Float64Array {
  for (let i = 0; i < into.length; i++) into[i] = given[owners[i]] ? x[row][i] : Number.NaN;
  return into;
}
