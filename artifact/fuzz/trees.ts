import type { Forest } from '@hearth/artifact';
import { decodeTensors, encodeTensors, type Tensor } from '../src/forest/safetensors.ts';
import { optionalTensors, tensors } from '../src/forest/trees.ts';
import { outOfFoldFile } from '../src/store/files.ts';
import { editManifest, type Mutant } from './mutant.ts';
import type { Random } from './random.ts';

/** Changes the forest, or returns another one. */
type ForestMutation = (forest: Forest, random: Random) => Forest | undefined;

const node = ({ feature }: Forest, random: Random) => random.below(feature.length);
const innerNode = ({ feature }: Forest, random: Random) =>
  random.pick(Array.from(feature.keys()).filter((i) => feature[i] >= 0));
const leaf = ({ feature }: Forest, random: Random) =>
  random.pick(Array.from(feature.keys()).filter((i) => feature[i] < 0));
const numbers = ['threshold', 'value', 'cover'] as const;
const wild = [-2147483648, -2, 2147483647, 1 << 20];

/** Well-formed trees files whose forest is not sound, or not the original one. */
const forestMutations: Record<string, ForestMutation> = {
  'a NaN or an infinite number': (forest, random) => {
    forest[random.pick(numbers)][node(forest, random)] = random.pick([Number.NaN, Infinity, -Infinity]);
  },
  'a feature out of range': (forest, random) => {
    forest.feature[node(forest, random)] = random.pick(wild);
  },
  'a child out of range': (forest, random) => {
    forest[random.pick(['left', 'right'] as const)][innerNode(forest, random)] = random.pick(wild);
  },
  'a child before its parent': (forest, random) => {
    const parent = innerNode(forest, random);
    forest[random.pick(['left', 'right'] as const)][parent] = random.bool(0.5)
      ? parent
      : parent - random.below(parent + 1);
  },
  'a child with two parents': (forest, random) => {
    const parent = innerNode(forest, random);
    forest.left[parent] = forest.right[parent];
  },
  'a root out of range': (forest, random) => {
    forest.roots[random.below(forest.roots.length)] = random.pick([...wild, forest.feature.length, 0]);
  },
  'no trees': (forest) => ({ ...forest, roots: new Int32Array(0) }),
  'an array too short': (forest, random) => {
    const name = random.pick(['feature', 'left', 'cover', 'missingLeft'] as const);
    return { ...forest, [name]: forest[name].slice(1) };
  },
  'no side for missing values': (forest, random) => {
    forest.missingLeft[node(forest, random)] = 2 + random.below(254);
  },
  'a leaf that is far too large': (forest, random) => {
    forest.value[leaf(forest, random)] = random.pick([1e6, -1e6, 1e300, -1e300, 1.7e308]);
  },
  'a leaf with another value': (forest, random) => {
    forest.value[leaf(forest, random)] += random.pick([0.01, -0.01, 1e-6]);
  },
  'a threshold with another value': (forest, random) => {
    forest.threshold[innerNode(forest, random)] += random.pick([1, -1, 20, -20]);
  },
  'trees that are too deep': (forest) => chain(forest.feature.length + 2500),
};

/** One tree that is a chain of splits on feature 0. */
function chain(nodes: number): Forest {
  const size = nodes % 2 === 1 ? nodes : nodes + 1;
  const inner = (i: number) => i % 2 === 0 && i < size - 1;
  const fill = (value: (i: number) => number) => Int32Array.from({ length: size }, (_, i) => value(i));
  return {
    roots: Int32Array.of(0),
    feature: fill((i) => (inner(i) ? 0 : -1)),
    threshold: new Float64Array(size),
    left: fill((i) => (inner(i) ? i + 1 : -1)),
    right: fill((i) => (inner(i) ? i + 2 : -1)),
    value: new Float64Array(size),
    cover: new Float64Array(size),
    missingLeft: new Uint8Array(size),
  };
}

type Optional = { -readonly [K in keyof typeof optionalTensors]?: Tensor };

/** What goes wrong with the tensors that only some models have. */
const optionalMutations: Record<string, (optional: Optional, name: keyof Optional, random: Random) => void> =
  {
    'an optional tensor with a wild number': (optional, name, random) => {
      const tensor = optional[name];
      if (tensor)
        tensor[random.below(tensor.length)] = random.pick([...wild, Number.NaN, Infinity, 1e300, 0.5]);
    },
    'an optional tensor too short': (optional, name) => {
      optional[name] = optional[name]?.slice(1);
    },
    'an optional tensor too long': (optional, name) => {
      const tensor = optional[name];
      if (tensor) optional[name] = twice(tensor);
    },
    'an optional tensor shuffled': (optional, name, random) => {
      const tensor = optional[name];
      if (tensor) {
        const [a, b] = [random.below(tensor.length), random.below(tensor.length)];
        [tensor[a], tensor[b]] = [tensor[b], tensor[a]];
      }
    },
    'no optional tensor': (optional, name) => {
      delete optional[name];
    },
    'an optional tensor too many': (optional, _, random) => {
      const name = random.pick(Object.keys(optionalTensors) as (keyof Optional)[]);
      optional[name] ??= { F64: Float64Array.of(1, 2), I32: Int32Array.of(0, 1), U8: Uint8Array.of(1) }[
        optionalTensors[name]
      ];
    },
  };

function twice(tensor: Tensor): Tensor {
  const both = [...tensor, ...tensor];
  if (tensor instanceof Float64Array) return Float64Array.from(both);
  return tensor instanceof Int32Array ? Int32Array.from(both) : Uint8Array.from(both);
}

/** Changes the out-of-fold predictions; a mutant without them gets some. @returns what was done */
export function mutateOutOfFold(mutant: Mutant, random: Random): string {
  const rows = random.below(4);
  const numbers = (length: number) =>
    Float64Array.from({ length }, () => random.pick([0, 1, 0.5, 1e300, Number.NaN, Infinity]));
  const file = {
    row: new Uint8Array(random.pick([8, 8, 8, 7, 0]) * rows),
    target: numbers(rows),
    prediction: numbers(random.pick([1, 1, 1, 2, 3]) * rows),
  };
  mutant.trees[outOfFoldFile] = Buffer.from(encodeTensors(file));
  editManifest(mutant, (manifest) => {
    manifest.files[outOfFoldFile] ??= { sha256: '0'.repeat(64), bytes: 0 };
    if (random.bool(0.2)) manifest.format = 1;
  });
  return 'other out-of-fold predictions';
}

/** Applies one mutation to one trees file. @returns its name */
export function mutateForest(mutant: Mutant, random: Random): string {
  const file = random.pick(Object.keys(mutant.trees).filter((name) => name !== outOfFoldFile));
  const decoded = decodeTensors(mutant.trees[file], tensors, optionalTensors);
  const {
    roots,
    feature,
    threshold,
    left,
    right,
    value,
    cover,
    missing_left: missingLeft,
    ...optional
  } = decoded;
  let forest: Forest = { roots, feature, threshold, left, right, value, cover, missingLeft };
  let name: string;
  if (Object.keys(optional).length > 0 && random.bool(0.5)) {
    const [chosen, mutate] = random.pick(Object.entries(optionalMutations));
    mutate(optional, random.pick(Object.keys(optional) as (keyof Optional)[]), random);
    name = chosen;
  } else {
    const [chosen, mutate] = random.pick(
      Object.entries(forestMutations).filter(
        ([, each]) => feature.length > 0 || each === forestMutations['no trees'],
      ),
    );
    forest = mutate(forest, random) ?? forest;
    name = chosen;
  }
  const { missingLeft: side, ...arrays } = forest;
  const present = Object.entries<Tensor | undefined>(optional).filter(
    (entry): entry is [string, Tensor] => entry[1] !== undefined,
  );
  mutant.trees[file] = Buffer.from(
    encodeTensors({ ...arrays, missing_left: side, ...Object.fromEntries(present) }),
  );
  return name;
}

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;

const tensor = (header: Header, random: Random) => header[random.pick(Object.keys(header))];

/** Headers of a safetensors file that do not match its content. */
const headerMutations: Record<string, (header: Header, random: Random) => unknown> = {
  'a header with offsets swapped': (header, random) => {
    const [a, b] = [tensor(header, random), tensor(header, random)];
    [a.data_offsets, b.data_offsets] = [b.data_offsets, a.data_offsets];
    if (a === b) a.data_offsets.reverse();
  },
  'a header with an offset moved': (header, random) => {
    tensor(header, random).data_offsets[random.below(2)] += random.pick([
      -8,
      8,
      1,
      -1,
      2 ** 40,
      Number.MAX_SAFE_INTEGER,
    ]);
  },
  'a header with another shape': (header, random) => {
    tensor(header, random).shape = random.pick([[], [1, 1], [-1], [2 ** 53], [0.5]]);
  },
  'a header with another type': (header, random) => {
    tensor(header, random).dtype = random.pick(['F32', 'I64', '', '__proto__']);
  },
  'a header without a tensor': (header, random) => {
    delete header[random.pick(Object.keys(header))];
  },
  'a header with an extra tensor': (header, random) => {
    header[random.pick(['extra', '__metadata__', 'constructor'])] = tensor(header, random);
  },
  'a header that is something else': (_, random) => random.pick([null, [], 7, 'header', {}]),
};

export function mutateHeader(mutant: Mutant, random: Random): string {
  const file = random.pick(Object.keys(mutant.trees));
  const bytes = mutant.trees[file];
  const length = Number(bytes.readBigUInt64LE(0));
  if (random.bool(0.2)) {
    const changed = Buffer.from(bytes);
    changed.writeBigUInt64LE(
      random.pick([0n, 10n << 30n, 2n ** 64n - 1n, BigInt(bytes.length), 1n << 16n]),
      0,
    );
    mutant.trees[file] = changed;
    return 'a header with another length';
  }
  const [name, mutate] = random.pick(Object.entries(headerMutations));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  const changed = mutate(header, random);
  const json = Buffer.from(JSON.stringify(changed === undefined ? header : changed));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  mutant.trees[file] = Buffer.concat([size, json, bytes.subarray(8 + length)]);
  return name;
}
