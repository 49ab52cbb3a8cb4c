import type { Forest } from '../forest.ts';

/** Levels of a tree that lie together: seven pairs of nodes, which about fill a line of the cache. */
const levels = 3;

/**
 * Gives every node of a tree its slot, siblings side by side, and nodes that a walk is likely to pass one after the other near.
 * @param slots written; [nodes]
 * @returns number of slots, of which the first is never used
 */
export function placeTree({ feature, left, right }: Forest, root: number, slots: Int32Array): number {
  slots[root] = 1;
  let next = 2;
  const tops = [root];
  for (let top = tops.pop(); top !== undefined; top = tops.pop()) {
    let level = [top];
    for (let depth = 0; depth < levels; depth++) {
      const below: number[] = [];
      for (const node of level) {
        if (feature[node] < 0) continue;
        slots[left[node]] = next++;
        slots[right[node]] = next++;
        below.push(left[node], right[node]);
      }
      level = below;
    }
    tops.push(...level.reverse());
  }
  return next;
}
