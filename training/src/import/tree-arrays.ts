import type { Forest } from '@hearth/artifact';
import { ImportFault } from './imported.ts';

/** A node of another tool's tree. `Id` is what names a node there. */
export type SourceNode<Id> =
  | { leaf: number; cover?: number }
  | { feature: number; threshold: number; missingLeft: boolean; left: Id; right: Id; cover?: number };

/** As in docs/FORMAT.md, "Soundness". */
const mostSteps = 1024;

/**
 * Makes the arrays of a forest, tree by tree, in the order that artifacts need: children behind their parent, nothing that no walk
 * reaches.
 */
export class TreeArrays {
  #roots: number[] = [];
  #feature: Int32Array;
  #threshold: Float64Array;
  #left: Int32Array;
  #right: Int32Array;
  #value: Float64Array;
  #cover: Float64Array;
  #missingLeft: Uint8Array;
  #nodes = 0;

  /** @param most nodes of all trees together; more are a fault, so that a file that names nodes again and again ends */
  constructor(most: number) {
    this.#feature = new Int32Array(most);
    this.#threshold = new Float64Array(most);
    this.#left = new Int32Array(most);
    this.#right = new Int32Array(most);
    this.#value = new Float64Array(most);
    this.#cover = new Float64Array(most);
    this.#missingLeft = new Uint8Array(most);
  }

  get trees(): number {
    return this.#roots.length;
  }

  /**
   * Adds what is reached from `root`.
   * @throws ImportFault where a walk has more than 1,024 steps or a number is not finite
   */
  add<Id>(root: Id, nodeOf: (id: Id) => SourceNode<Id>): void {
    const tree = this.#roots.length;
    this.#roots.push(this.#nodes);
    // a stack of our own: a chain of nodes must not overflow that of the engine
    const waiting: { id: Id; parent: number; isLeft: boolean; depth: number }[] = [
      { id: root, parent: -1, isLeft: false, depth: 0 },
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { id, parent, isLeft, depth } = next;
      const at = this.#nodes++;
      if (at >= this.#feature.length || depth > mostSteps) {
        throw new ImportFault(
          `tree ${tree} names a node more than once, or is more than ${mostSteps} levels deep`,
        );
      }
      if (parent >= 0) (isLeft ? this.#left : this.#right)[parent] = at;
      const node = nodeOf(id);
      this.#write(at, node, tree);
      if ('leaf' in node) continue;
      waiting.push({ id: node.right, parent: at, isLeft: false, depth: depth + 1 });
      waiting.push({ id: node.left, parent: at, isLeft: true, depth: depth + 1 });
    }
  }

  #write(at: number, node: SourceNode<unknown>, tree: number): void {
    const { cover = 0 } = node;
    if (!(cover >= 0 && cover < Infinity))
      throw new ImportFault(`tree ${tree} has a node with the cover ${cover}`);
    this.#cover[at] = cover;
    if ('leaf' in node) {
      if (!Number.isFinite(node.leaf))
        throw new ImportFault(`tree ${tree} has a leaf with the value ${node.leaf}`);
      this.#feature[at] = -1;
      this.#left[at] = -1;
      this.#right[at] = -1;
      this.#value[at] = node.leaf;
      return;
    }
    if (Number.isNaN(node.threshold))
      throw new ImportFault(`tree ${tree} has a threshold that is not a number`);
    this.#feature[at] = node.feature;
    this.#threshold[at] = node.threshold;
    this.#missingLeft[at] = node.missingLeft ? 1 : 0;
  }

  /** The forest of all trees so far. */
  forest(): Forest {
    const nodes = this.#nodes;
    return {
      roots: Int32Array.from(this.#roots),
      feature: this.#feature.slice(0, nodes),
      threshold: this.#threshold.slice(0, nodes),
      left: this.#left.slice(0, nodes),
      right: this.#right.slice(0, nodes),
      value: this.#value.slice(0, nodes),
      cover: this.#cover.slice(0, nodes),
      missingLeft: this.#missingLeft.slice(0, nodes),
    };
  }
}
