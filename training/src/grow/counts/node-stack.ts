/** A stack of nodes that are still to be grown. The properties are those of the node popped last. */
export interface NodeStack {
  /** The node's entries: from `start` to before `end`. */
  start: number;
  end: number;
  weight: number;
  positives: number;
  /** The parent, if the node is a right child; else -1. */
  parent: number;
  depth: number;
  /** Index of the tier that its entries point into. */
  tier: number;
  push(
    start: number,
    end: number,
    weight: number,
    positives: number,
    parent: number,
    depth: number,
    tier: number,
  ): void;
  /** Pops a node; false if there is none. */
  pop(): boolean;
}

const fields = 7;

export function createNodeStack(): NodeStack {
  let waiting = new Int32Array(64 * fields);
  let top = 0;
  const stack: NodeStack = {
    start: 0,
    end: 0,
    weight: 0,
    positives: 0,
    parent: -1,
    depth: 0,
    tier: 0,
    push(start, end, weight, positives, parent, depth, tier) {
      if (top === waiting.length) {
        const longer = new Int32Array(2 * top);
        longer.set(waiting);
        waiting = longer;
      }
      waiting[top] = start;
      waiting[top + 1] = end;
      waiting[top + 2] = weight;
      waiting[top + 3] = positives;
      waiting[top + 4] = parent;
      waiting[top + 5] = depth;
      waiting[top + 6] = tier;
      top += fields;
    },
    pop() {
      if (top === 0) return false;
      top -= fields;
      stack.start = waiting[top];
      stack.end = waiting[top + 1];
      stack.weight = waiting[top + 2];
      stack.positives = waiting[top + 3];
      stack.parent = waiting[top + 4];
      stack.depth = waiting[top + 5];
      stack.tier = waiting[top + 6];
      return true;
    },
  };
  return stack;
}
