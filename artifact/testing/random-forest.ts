import type { Forest } from '@hearth/artifact';
import fc from 'fast-check';

interface Split {
  feature: number;
  threshold: number;
  missingLeft: boolean;
  left: Tree;
  right: Tree;
}
/** A split or a leaf. The cover of a leaf is 1 by default. */
export type Tree = Split | { value: number; cover?: number };

/** Numbers at which a comparison could be wrong. Thresholds and rows share them, so that values equal thresholds. */
const special = fc.constantFrom(0, -0, 0.5, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE);
const finite = fc.oneof(
  { weight: 4, arbitrary: special },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Includes NaN (missing) and infinities. */
export const anyNumber = fc.oneof(
  { weight: 6, arbitrary: finite },
  { weight: 3, arbitrary: fc.constant(Number.NaN) },
  fc.constantFrom(Infinity, -Infinity),
);

const anyLeaf = fc.record({
  value: fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constantFrom(0, -0)),
});

interface Shape {
  features: number;
  threshold: fc.Arbitrary<number>;
  leaf?: fc.Arbitrary<Tree>;
  maxDepth?: number;
}

/** Trees of all shapes, including a single leaf. */
export const anyTree = ({ features, threshold, leaf = anyLeaf, maxDepth = 9 }: Shape): fc.Arbitrary<Tree> =>
  fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof({ maxDepth, withCrossShrink: true }, leaf, {
      weight: 6,
      arbitrary: fc.record({
        feature: fc.nat(features - 1),
        threshold,
        missingLeft: fc.boolean(),
        left: tie('tree'),
        right: tie('tree'),
      }),
    }),
  })).tree;

/** Forests of one to twelve trees of all shapes. */
export const anyForest = (features: number, threshold = finite): fc.Arbitrary<Forest> =>
  fc.array(anyTree({ features, threshold }), { minLength: 1, maxLength: 12 }).map(flatten);

/** The number of rows that reached a node. */
export const coverOf = (tree: Tree): number =>
  'value' in tree ? (tree.cover ?? 1) : coverOf(tree.left) + coverOf(tree.right);

export function flatten(trees: readonly Tree[]): Forest {
  const leaf = { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value: 0 };
  const nodes: (typeof leaf & { cover: number })[] = [];
  const visit = (tree: Tree): number => {
    const at = nodes.length;
    nodes.push({ ...leaf, ...tree, left: -1, right: -1, cover: coverOf(tree) });
    if ('left' in tree) {
      nodes[at].left = visit(tree.left);
      nodes[at].right = visit(tree.right);
    }
    return at;
  };
  return {
    roots: Int32Array.from(trees, visit),
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    value: Float64Array.from(nodes, (node) => node.value),
    cover: Float64Array.from(nodes, (node) => node.cover),
    missingLeft: Uint8Array.from(nodes, (node) => Number(node.missingLeft)),
  };
}
