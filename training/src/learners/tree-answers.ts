import { linked, type Manifest, sumLeaves, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { Known, Learned } from './learner.ts';

/** Answers the rows of a design by trees, as a reader of the artifact would. */
export function answerByTrees(
  design: Design,
  { forest }: Pick<Trees, 'forest'>,
  answer: Manifest['answer'],
): Learned {
  const masked = new Float64Array(design.features.length);
  return {
    predict: (row, known) =>
      linked(answer, sumLeaves(forest, known ? hide(design, row, known, masked) : design.x[row])),
  };
}

/** The features of a row without the columns that are not known. */
function hide({ x, owners }: Design, row: number, known: Known, into: Float64Array): Float64Array {
  for (let i = 0; i < into.length; i++) into[i] = known[owners[i]] ? x[row][i] : Number.NaN;
  return into;
}
