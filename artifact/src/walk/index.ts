import type { Forest } from '../forest/forest.ts';
import { packForest } from './packed/pack.ts';
import type { Walk } from './walk.ts';
import { walkForest } from './walk-forest.ts';

export { createCellWalk } from './cell-walk.ts';
export { createLeafAdder, type LeafAdder } from './packed/leaf-adder.ts';
export { type PackedForest, packForest } from './packed/pack.ts';
export { treesTogether, type Walk } from './walk.ts';
export { walkForest } from './walk-forest.ts';

/** Prepares the walk through a sound forest: faster than `sumLeaves` and bit for bit equal. */
export const createWalk = (forest: Forest, features: number): Walk =>
  walkForest(forest, features, packForest(forest, features));
