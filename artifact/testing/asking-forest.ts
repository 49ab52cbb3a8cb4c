import fc from 'fast-check';
import { features, threshold } from './cells.ts';
import { anyTree, flatten, type Tree } from './random-forest.ts';

/** A split that no value which a column allows decides: it asks whether the column is given. */
const never = fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, 1e6);

/** Asks for the values of one column, or of two. */
const curve = fc.nat(2).chain((last) => anyTree({ features: last + 1, threshold, maxDepth: 3 }));

/** Trees that ask what is given, and then for values, as those of additive models do. */
const askingTree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5, withCrossShrink: true }, curve, {
    weight: 3,
    arbitrary: fc.record({
      feature: fc.nat(features.length - 1),
      threshold: never,
      missingLeft: fc.boolean(),
      left: tie('tree'),
      right: tie('tree'),
    }),
  }),
})).tree;

export const askingForest = fc.array(askingTree, { minLength: 1, maxLength: 8 }).map(flatten);
