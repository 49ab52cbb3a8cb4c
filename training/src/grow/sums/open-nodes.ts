import type { TreeNodes } from './nodes.ts';

/** The nodes that are still to be split. */
export interface OpenNodes {
  any(): boolean;
  add(node: number): void;
  take(): number;
}

/** @param bestFirst take the node with the largest gain (of equal ones, the oldest); otherwise the newest node */
export function createOpenNodes(nodes: TreeNodes, bestFirst: boolean): OpenNodes {
  let open = new Int32Array(64);
  let count = 0;
  return {
    any: () => count > 0,
    add(node) {
      if (count === open.length) {
        const longer = new Int32Array(2 * count);
        longer.set(open);
        open = longer;
      }
      open[count++] = node;
    },
    take() {
      let at = count - 1;
      if (bestFirst) {
        for (let i = at - 1; i >= 0; i--) if (nodes.gain[open[i]] >= nodes.gain[open[at]]) at = i;
      }
      const node = open[at];
      open.copyWithin(at, at + 1, count--);
      return node;
    },
  };
}
