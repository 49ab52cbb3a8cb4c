import type { Features } from '../features.ts';
import { atMost } from '../folded.ts';
import type { ImportedColumn } from '../imported.ts';
import type { SourceNode, TreeArrays } from '../tree-arrays.ts';
import type { Section } from './text.ts';

/** kZeroThreshold: values that are no further from 0 are 0 to LightGBM. */
const zero = 1.0000000180025095e-35;

/** `x <= t` of numbers that are rounded to 0 near it. */
function atMostOf(t: number): number {
  if (t < -zero || t > zero) return atMost(t);
  return t < 0 ? -zero : atMost(zero);
}

/** Adds a tree. @param columns those without a category where a node has a set become one */
export function addTree(
  tree: Section,
  columns: readonly ImportedColumn[],
  features: Features,
  into: TreeArrays,
): void {
  const leaves = tree.whole('num_leaves', 1, 2 ** 24);
  if (tree.find('is_linear') === '1')
    tree.fault('has a linear model in its leaves, which hearth cannot answer; train it without linear_tree');
  const inner = leaves - 1;
  const values = tree.numbers('leaf_value', leaves);
  const covers = tree.find('leaf_count') && inner > 0 ? tree.numbers('leaf_count', leaves) : undefined;
  const innerCovers = covers && tree.numbers('internal_count', inner);
  const left = tree.numbers('left_child', inner);
  const right = tree.numbers('right_child', inner);
  const split = tree.numbers('split_feature', inner);
  const thresholds = tree.numbers('threshold', inner);
  const decisions = tree.numbers('decision_type', inner);
  const sets = Number(tree.find('num_cat') ?? 0) > 0 ? bitsetsOf(tree) : [];
  const nodeOf = (id: number): SourceNode<number> => {
    if (!(Number.isInteger(id) && id >= -leaves && id < inner))
      return tree.fault(`names node ${id} of ${inner}`);
    if (id < 0) return { leaf: values[-id - 1], cover: covers?.[-id - 1] };
    const column = split[id];
    if (!columns[column]) return tree.fault(`splits on column ${column} of ${columns.length}`);
    const cover = innerCovers?.[id];
    const isCategory = columns[column].type === 'category';
    if ((decisions[id] & 1) === 1) {
      if (!isCategory)
        return tree.fault(`has categories of the column "${columns[column].name}", which is one of numbers`);
      const codes = sets[thresholds[id]] ?? tree.fault(`has no set of categories ${thresholds[id]}`);
      // in the set: left; missing, unknown and all others: right. A set goes right here, so that the sides change
      return {
        feature: features.set(column, codes, 0),
        threshold: 0.5,
        missingLeft: true,
        left: right[id],
        right: left[id],
        cover,
      };
    }
    if (isCategory) return tree.fault(`compares the category column "${columns[column].name}" as a number`);
    const threshold = atMostOf(thresholds[id]);
    const isDefaultLeft = (decisions[id] & 2) === 2;
    const missing = (decisions[id] >> 2) & 3;
    return {
      feature: missing === 1 ? features.nonzero(column, zero) : features.cell(column),
      threshold,
      // without missing values in training, NaN is 0
      missingLeft: missing === 0 ? 0 < threshold : isDefaultLeft,
      left: left[id],
      right: right[id],
      cover,
    };
  };
  into.add(inner === 0 ? -1 : 0, nodeOf);
}

/** The codes of each set: words of 32 bits. */
function bitsetsOf(tree: Section): number[][] {
  const count = tree.whole('num_cat', 0, 2 ** 24);
  const begins = tree.numbers('cat_boundaries', count + 1);
  const words = tree.numbers('cat_threshold', Math.max(0, begins[count]));
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [begins[i], begins[i + 1]];
    if (!(from >= 0 && to >= from && to <= words.length))
      return tree.fault('has a set of categories outside "cat_threshold"');
    const codes: number[] = [];
    for (let word = from; word < to; word++)
      for (let bit = 0; bit < 32; bit++) if ((words[word] >>> bit) & 1) codes.push((word - from) * 32 + bit);
    return codes;
  });
}
