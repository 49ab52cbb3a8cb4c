import { decodeForest, encodeForest, type Forest } from '@hearth/artifact';
import type { Dice } from './dice.ts';
import type { Mutant } from './mutant.ts';

type ForestMutation = (forest: Forest, dice: Dice) => Forest | undefined;

const node = ({ feature }: Forest, dice: Dice) => dice.below(feature.length);
const innerNode = ({ feature }: Forest, dice: Dice) =>
  dice.pick(Array.from(feature.keys()).filter((i) => feature[i] >= 0));
const leaf = ({ feature }: Forest, dice: Dice) =>
  dice.pick(Array.from(feature.keys()).filter((i) => feature[i] < 0));
const numbers = ['threshold', 'value', 'cover'] as const;
const wild = [-2147483648, -2, 2147483647, 1 << 20];

/** Trees that are a well-formed file and no sound forest. */
const forestMutations: Record<string, ForestMutation> = {
  'a NaN or an infinite number': (forest, dice) => {
    forest[dice.pick(numbers)][node(forest, dice)] = dice.pick([Number.NaN, Infinity, -Infinity]);
    return forest;
  },
  'a feature out of range': (forest, dice) => {
    forest.feature[node(forest, dice)] = dice.pick(wild);
    return forest;
  },
  'a child out of range': (forest, dice) => {
    forest[dice.pick(['left', 'right'] as const)][innerNode(forest, dice)] = dice.pick(wild);
    return forest;
  },
  'a child before its parent': (forest, dice) => {
    const parent = innerNode(forest, dice);
    forest[dice.pick(['left', 'right'] as const)][parent] = dice.chance(0.5)
      ? parent
      : parent - dice.below(parent + 1);
    return forest;
  },
  'a child with two parents': (forest, dice) => {
    const parent = innerNode(forest, dice);
    forest.left[parent] = forest.right[parent];
    return forest;
  },
  'a root out of range': (forest, dice) => {
    forest.roots[dice.below(forest.roots.length)] = dice.pick([...wild, forest.feature.length, 0]);
    return forest;
  },
  'no trees': (forest) => ({ ...forest, roots: new Int32Array(0) }),
  'an array too short': (forest, dice) => {
    const name = dice.pick(['feature', 'left', 'cover', 'missingLeft'] as const);
    return { ...forest, [name]: forest[name].slice(1) };
  },
  'no side for missing values': (forest, dice) => {
    forest.missingLeft[node(forest, dice)] = 2 + dice.below(254);
    return forest;
  },
  'a leaf that is far too large': (forest, dice) => {
    forest.value[leaf(forest, dice)] = dice.pick([1e6, -1e6, 1e300, -1e300, 1.7e308]);
    return forest;
  },
  'a leaf that says something else': (forest, dice) => {
    forest.value[leaf(forest, dice)] += dice.pick([0.01, -0.01, 1e-6]);
    return forest;
  },
  'a threshold that is somewhere else': (forest, dice) => {
    forest.threshold[innerNode(forest, dice)] += dice.pick([1, -1, 20, -20]);
    return forest;
  },
  'trees that are too deep': (forest) => chain(forest.feature.length + 2500),
};

/** One tree that splits on feature 0 again and again. */
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

/** Applies one of them to one of the trees files. */
export function mutateForest(mutant: Mutant, dice: Dice): string {
  const file = dice.pick(Object.keys(mutant.trees));
  const [name, mutate] = dice.pick(Object.entries(forestMutations));
  const changed = mutate(decodeForest(mutant.trees[file]), dice);
  if (changed) mutant.trees[file] = Buffer.from(encodeForest(changed));
  return name;
}

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;

const tensor = (header: Header, dice: Dice) => header[dice.pick(Object.keys(header))];

/** Headers of a safetensors file that promise something else than the file holds. */
const headerMutations: Record<string, (header: Header, dice: Dice) => unknown> = {
  'a header with offsets swapped': (header, dice) => {
    const [a, b] = [tensor(header, dice), tensor(header, dice)];
    [a.data_offsets, b.data_offsets] = [b.data_offsets, a.data_offsets];
    if (a === b) a.data_offsets.reverse();
  },
  'a header with an offset moved': (header, dice) => {
    tensor(header, dice).data_offsets[dice.below(2)] += dice.pick([
      -8,
      8,
      1,
      -1,
      2 ** 40,
      Number.MAX_SAFE_INTEGER,
    ]);
  },
  'a header with another shape': (header, dice) => {
    tensor(header, dice).shape = dice.pick([[], [1, 1], [-1], [2 ** 53], [0.5]]);
  },
  'a header with another type': (header, dice) => {
    tensor(header, dice).dtype = dice.pick(['F32', 'I64', '', '__proto__']);
  },
  'a header without a tensor': (header, dice) => {
    delete header[dice.pick(Object.keys(header))];
  },
  'a header with a tensor more': (header, dice) => {
    header[dice.pick(['extra', '__metadata__', 'constructor'])] = tensor(header, dice);
  },
  'a header that is something else': (_, dice) => dice.pick([null, [], 7, 'header', {}]),
};

export function mutateHeader(mutant: Mutant, dice: Dice): string {
  const file = dice.pick(Object.keys(mutant.trees));
  const bytes = mutant.trees[file];
  const length = Number(bytes.readBigUInt64LE(0));
  if (dice.chance(0.2)) {
    const changed = Buffer.from(bytes);
    changed.writeBigUInt64LE(dice.pick([0n, 10n << 30n, 2n ** 64n - 1n, BigInt(bytes.length), 1n << 16n]), 0);
    mutant.trees[file] = changed;
    return 'a header that claims another length';
  }
  const [name, mutate] = dice.pick(Object.entries(headerMutations));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  const changed = mutate(header, dice);
  const json = Buffer.from(JSON.stringify(changed === undefined ? header : changed));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  mutant.trees[file] = Buffer.concat([size, json, bytes.subarray(8 + length)]);
  return name;
}
