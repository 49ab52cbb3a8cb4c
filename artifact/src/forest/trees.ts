import { ArtifactError } from '../errors.ts';
import type { Forest, Linear, Trees } from './forest.ts';
import { decodeTensors, encodeTensors, type Tensor } from './safetensors.ts';
import { assertLengths } from './soundness.ts';

/** The tensors of every trees file. */
export const tensors = {
  roots: 'I32',
  feature: 'I32',
  threshold: 'F64',
  left: 'I32',
  right: 'I32',
  value: 'F64',
  cover: 'F64',
  missing_left: 'U8',
} as const;

/** Tensors that a trees file of format 2 can have besides. */
export const optionalTensors = {
  output: 'I32',
  leaf_values: 'F64',
  sets: 'U8',
  linear: 'F64',
  linear_missing: 'F64',
  linear_mean: 'F64',
} as const;

/** The bytes of a trees file. */
export function encodeForest({ missingLeft, ...forest }: Forest): Uint8Array {
  return encodeTensors({ ...forest, missing_left: missingLeft });
}

/** Reads a trees file; `assertSound` checks the trees themselves. @throws ArtifactError 'trees' if it is not a trees file */
export function decodeForest(bytes: Uint8Array): Forest {
  const { missing_left: missingLeft, ...forest } = decodeTensors(bytes, tensors);
  return { ...forest, missingLeft };
}

/** The bytes of the trees file of the answer. */
export function encodeAnswer({ forest, others = [], leafValues, linear, sets }: Trees): Uint8Array {
  const { missingLeft, ...joined } = others.length > 0 ? joinForests([forest, ...others]) : forest;
  const optional: Record<string, Tensor | undefined> = {
    output: others.length > 0 ? outputOfTrees([forest, ...others]) : undefined,
    leaf_values: leafValues,
    sets,
    linear: linear?.coefficient,
    linear_missing: linear?.missing,
    linear_mean: linear?.mean,
  };
  const present = Object.entries(optional).filter(
    (entry): entry is [string, Tensor] => entry[1] !== undefined,
  );
  return encodeTensors({ ...joined, missing_left: missingLeft, ...Object.fromEntries(present) });
}

/**
 * Reads the trees file of the answer of a model of so many outputs and features; `assertSound` checks the trees themselves.
 * @throws ArtifactError 'trees' if it is not a trees file, 'bounds' if a tensor does not fit the others
 */
export function decodeAnswer(bytes: Uint8Array, outputs: number, features: number): Trees {
  const {
    missing_left: missingLeft,
    output,
    leaf_values: leafValues,
    sets,
    linear: coefficient,
    linear_missing: missing,
    linear_mean: mean,
    ...arrays
  } = decodeTensors(bytes, tensors, optionalTensors);
  const forest = { ...arrays, missingLeft };
  if (output && leafValues)
    throw new ArtifactError(
      'trees',
      'leaves have a number for each output, but trees also have an output of their own',
    );
  if (outputs > 1 && !output && !leafValues && forest.roots.length > 0)
    throw new ArtifactError('trees', 'the trees do not say to which output they add');
  if (!coefficient && (missing ?? mean)) throw new ArtifactError('trees', 'tensor "linear" is missing');
  return {
    ...(output || (outputs > 1 && !leafValues)
      ? splitForest(forest, output ?? new Int32Array(), outputs)
      : { forest }),
    ...(leafValues && { leafValues }),
    ...(coefficient && { linear: linearOf({ coefficient, missing, mean }, features * outputs) }),
    ...(sets && { sets }),
  };
}

function linearOf({ coefficient, missing, mean }: Partial<Linear>, size: number): Linear {
  const linear = {
    coefficient: coefficient ?? new Float64Array(size),
    missing: missing ?? new Float64Array(size),
    mean: mean ?? new Float64Array(size),
  };
  for (const each of Object.values(linear)) {
    if (each.length !== size)
      throw new ArtifactError('bounds', `a tensor of linear terms has ${each.length} entries, not ${size}`);
  }
  return linear;
}

/** One forest per output, with the trees of each in the order of the file. */
export function splitForest(
  forest: Forest,
  output: Int32Array,
  outputs: number,
): Pick<Trees, 'forest' | 'others'> {
  assertLengths(forest);
  const { roots, feature } = forest;
  if (output.length !== roots.length)
    throw new ArtifactError(
      'bounds',
      `tensor "output" has ${output.length} entries for ${roots.length} trees`,
    );
  const trees = Array.from({ length: outputs }, (): number[] => []);
  for (const [tree, k] of output.entries()) {
    if (!(k >= 0 && k < outputs))
      throw new ArtifactError('bounds', `tree ${tree} adds to output ${k} of ${outputs}`);
    // that roots are in order is checked with all else; here no index may be outside
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    if (!(roots[tree] >= 0 && end >= roots[tree] && end <= feature.length))
      throw new ArtifactError('bounds', `tree ${tree} starts at node ${roots[tree]} of ${feature.length}`);
    trees[k].push(tree);
  }
  const [first, ...others] = trees.map((some) => pickTrees(forest, some));
  return { forest: first, others };
}

function pickTrees(forest: Forest, trees: readonly number[]): Forest {
  const { roots, feature } = forest;
  const nodes: number[] = [];
  const starts: number[] = [];
  const shift = new Int32Array(feature.length);
  for (const tree of trees) {
    starts.push(nodes.length);
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    for (let node = roots[tree]; node < end; node++) {
      shift[node] = nodes.length - node;
      nodes.push(node);
    }
  }
  const pick = <A extends Int32Array | Float64Array | Uint8Array>(from: A, to: A): A => {
    for (const [at, node] of nodes.entries()) to[at] = from[node];
    return to;
  };
  // a child outside its tree keeps a place outside: it is found by `assertSound`
  const child = (side: Int32Array) =>
    Int32Array.from(nodes, (node) => (side[node] < 0 ? side[node] : side[node] + shift[node]));
  const size = nodes.length;
  return {
    roots: Int32Array.from(starts),
    feature: pick(forest.feature, new Int32Array(size)),
    threshold: pick(forest.threshold, new Float64Array(size)),
    left: child(forest.left),
    right: child(forest.right),
    value: pick(forest.value, new Float64Array(size)),
    cover: pick(forest.cover, new Float64Array(size)),
    missingLeft: pick(forest.missingLeft, new Uint8Array(size)),
  };
}

const outputOfTrees = (forests: readonly Forest[]): Int32Array =>
  Int32Array.from(forests.flatMap(({ roots }, k) => Array.from(roots, () => k)));

/** One forest of the trees of all outputs, output after output. */
export function joinForests(forests: readonly Forest[]): Forest {
  const begins = forests.map((_, k) =>
    forests.slice(0, k).reduce((sum, { feature }) => sum + feature.length, 0),
  );
  const shifted = (side: 'roots' | 'left' | 'right') =>
    Int32Array.from(
      forests.flatMap((forest, k) =>
        Array.from(forest[side], (node) => (node < 0 ? node : node + begins[k])),
      ),
    );
  const numbers = (name: 'threshold' | 'value' | 'cover') =>
    Float64Array.from(forests.flatMap((forest) => Array.from(forest[name])));
  return {
    roots: shifted('roots'),
    feature: Int32Array.from(forests.flatMap(({ feature }) => Array.from(feature))),
    threshold: numbers('threshold'),
    left: shifted('left'),
    right: shifted('right'),
    value: numbers('value'),
    cover: numbers('cover'),
    missingLeft: Uint8Array.from(forests.flatMap(({ missingLeft }) => Array.from(missingLeft))),
  };
}
