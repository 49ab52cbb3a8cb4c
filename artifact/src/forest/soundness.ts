import { ArtifactError } from '../errors.ts';
import type { Forest, Trees } from './forest.ts';

/** Limit on the steps of a walk, far more than trees learned from data need. */
const maximumDepth = 1024;

/** Checks trees and linear terms of so many features and outputs. @throws ArtifactError 'bounds', 'cycle', 'finite' or 'size' */
export function assertSoundTrees(trees: Trees, features: number, outputs: number): void {
  const { forest, others = [], leafValues, linear, spread } = trees;
  if (!leafValues && 1 + others.length !== outputs) {
    throw new ArtifactError(
      'bounds',
      `there are trees for ${1 + others.length} outputs, the target has ${outputs}`,
    );
  }
  if (!linear && [forest, ...others].every(({ roots }) => roots.length === 0)) {
    throw new ArtifactError('bounds', 'there is no tree');
  }
  for (const each of [forest, ...others]) if (each.roots.length > 0) assertSound(each, features);
  if (spread) assertSound(spread, features);
  if (leafValues) assertLeafValues(forest, leafValues, outputs);
  for (const numbers of [leafValues, linear?.coefficient, linear?.missing, linear?.mean]) {
    if (!numbers?.every(Number.isFinite) && numbers) {
      throw new ArtifactError('finite', 'a value of a leaf or a linear term is not a finite number');
    }
  }
}

function assertLeafValues({ feature, value }: Forest, leafValues: Float64Array, outputs: number): void {
  const leaves = leafValues.length / outputs;
  const isUsed = new Uint8Array(Math.ceil(leaves));
  let count = 0;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) continue;
    const row = value[node];
    if (!(Number.isInteger(row) && row >= 0 && row < leaves) || isUsed[row]++ > 0) {
      throw new ArtifactError(
        'bounds',
        `leaf ${node} has the row ${row} of ${leaves} rows of values, or another leaf has it too`,
      );
    }
    count++;
  }
  if (count !== leaves)
    throw new ArtifactError('bounds', `there are ${leaves} rows of values for ${count} leaves`);
}

/**
 * Checks that every walk ends in a leaf and that every number is finite: indices are in range, each child comes after its parent and
 * within its tree (so there is no cycle), every node is reached exactly once, and the depth is limited.
 * @throws ArtifactError 'bounds', 'cycle', 'finite' or 'size'
 */
export function assertSound(forest: Forest, features: number): void {
  assertLengths(forest);
  const nodes = forest.feature.length;
  assertRoots(forest.roots, nodes);
  for (let tree = 0; tree < forest.roots.length; tree++) {
    const end = tree + 1 < forest.roots.length ? forest.roots[tree + 1] : nodes;
    assertTree(forest, forest.roots[tree], end, features);
  }
}

/** @throws ArtifactError 'bounds' unless every array has an entry for each node */
export function assertLengths(forest: Forest): void {
  const nodes = forest.feature.length;
  for (const [name, array] of Object.entries(forest)) {
    if (name !== 'roots' && array.length !== nodes) {
      throw new ArtifactError('bounds', `tensor "${name}" has ${array.length} entries for ${nodes} nodes`);
    }
  }
}

function assertRoots(roots: Int32Array, nodes: number): void {
  if (roots.length === 0) throw new ArtifactError('bounds', 'there is no tree');
  for (let tree = 0; tree < roots.length; tree++) {
    const low = tree === 0 ? 0 : roots[tree - 1] + 1;
    if (roots[tree] < low || roots[tree] >= nodes || (tree === 0 && roots[0] !== 0)) {
      throw new ArtifactError('bounds', `tree ${tree} starts at node ${roots[tree]} of ${nodes}`);
    }
  }
}

function assertTree(forest: Forest, start: number, end: number, features: number): void {
  const { feature, threshold, left, right, value, cover, missingLeft } = forest;
  const parents = new Uint8Array(end - start);
  const depth = new Uint16Array(end - start);
  for (let node = start; node < end; node++) {
    if (
      !Number.isFinite(value[node]) ||
      Number.isNaN(threshold[node]) ||
      !(cover[node] >= 0 && cover[node] < Infinity)
    ) {
      throw new ArtifactError(
        'finite',
        `node ${node} has a value or cover that is not a finite number, or the threshold NaN`,
      );
    }
    if (missingLeft[node] > 1) {
      const side = missingLeft[node];
      throw new ArtifactError('bounds', `node ${node} sends missing values to side ${side}, not 0 or 1`);
    }
    if (feature[node] === -1) continue;
    if (feature[node] < 0 || feature[node] >= features) {
      throw new ArtifactError('bounds', `node ${node} splits on feature ${feature[node]} of ${features}`);
    }
    for (const child of [left[node], right[node]]) {
      if (child < start || child >= end) {
        throw new ArtifactError(
          'bounds',
          `node ${node} has child ${child}, outside its tree (${start} to ${end - 1})`,
        );
      }
      if (child <= node || ++parents[child - start] > 1) {
        throw new ArtifactError('cycle', `node ${child} does not come after its only parent`);
      }
      depth[child - start] = depth[node - start] + 1;
      if (depth[child - start] > maximumDepth) {
        throw new ArtifactError('size', `node ${child} is more than ${maximumDepth} levels deep`);
      }
    }
  }
  for (let node = start + 1; node < end; node++) {
    if (parents[node - start] === 0) throw new ArtifactError('bounds', `node ${node} has no parent`);
  }
}
