import type { Forest } from '../../forest/forest.ts';
import { treesTogether } from '../walk.ts';
import { type Code, canRun, f64, f64x2, get, i32, moduleOf, repeatWhile, set, start } from './wasm.ts';

/** More outputs would be too much code, and more values too much memory. */
const maxOutputs = 128;
const maxBytes = 1 << 26;

/** Adds the leaf values of tree after tree to the scores of rows; each score in the order of the trees. */
export interface LeafAdder {
  /** At most so many rows at once. */
  rows: number;
  /** The scores to add to; [rows × outputs]. */
  scores: Float64Array;
  /** Adds the leaves of the next trees. @param leaves the leaf of each row in each tree, [trees][rows], `treesTogether` trees at least */
  addTrees(first: number, leaves: readonly Int32Array[], rows: number): void;
}

/**
 * Leaf values of eight trees are added to two scores at once in WebAssembly (fixed-width SIMD): the same additions in the same order as one
 * by one, and so the same bits.
 * @param values [leaves × outputs] @param rows the most that are added at once
 * @returns undefined where the leaves of the trees do not follow each other or would not fit, or the processor cannot
 */
export function createLeafAdder(
  forest: Forest,
  values: Float64Array,
  outputs: number,
  rows: number,
): LeafAdder | undefined {
  const starts = startsOfTrees(forest);
  if (!starts || outputs > maxOutputs) return undefined;
  const trees = starts.length - 1;
  let most = 0;
  for (let tree = 0; tree + treesTogether <= trees; tree++)
    most = Math.max(most, starts[tree + treesTogether] - starts[tree]);
  const rowBytes = 8 * outputs;
  const placesAt = rowBytes * rows;
  const valuesAt = placesAt + 4 * treesTogether * rows;
  const bytes = valuesAt + rowBytes * most;
  if (bytes > maxBytes) return undefined;
  const pages = Math.ceil(bytes / 65_536);
  const code = moduleOf(3, treesTogether, pages, addRows(outputs, rows));
  if (!canRun(code)) return undefined;
  const { memory, run } = start(code);
  const scores = new Float64Array(memory.buffer, 0, rows * outputs);
  const places = Array.from(
    { length: treesTogether },
    (_, lane) => new Int32Array(memory.buffer, placesAt + 4 * rows * lane, rows),
  );
  const loaded = new Float64Array(memory.buffer, valuesAt, most * outputs);
  return {
    rows,
    scores,
    addTrees(first, leaves, count) {
      loaded.set(values.subarray(starts[first] * outputs, starts[first + treesTogether] * outputs));
      const from = valuesAt - starts[first] * rowBytes;
      for (const [lane, place] of places.entries()) {
        const own = leaves[lane];
        for (let row = 0; row < count; row++) place[row] = from + own[row] * rowBytes;
      }
      run(placesAt, 0, count);
    },
  };
}

/** The first leaf of each tree, and their number behind; undefined where trees do not number their leaves one after another. */
function startsOfTrees({ roots, feature, value }: Forest): Int32Array | undefined {
  const starts = new Int32Array(roots.length + 1);
  for (const [tree, root] of roots.entries()) {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    let [count, least, greatest] = [0, Infinity, -1];
    for (let node = root; node < end; node++) {
      if (feature[node] >= 0) continue;
      count++;
      least = Math.min(least, value[node]);
      greatest = Math.max(greatest, value[node]);
    }
    if (least !== starts[tree] || greatest - least + 1 !== count) return undefined;
    starts[tree + 1] = greatest + 1;
  }
  return starts;
}

/** Parameters, followed by where the leaf values of a row begin in each tree. */
const parameter = { places: 0, scores: 1, rows: 2 };
const place = (lane: number): number => 3 + lane;
const lanes = Array.from({ length: treesTogether }, (_, lane) => lane);

function addRows(outputs: number, rows: number): Code {
  const sum = (type: typeof f64 | typeof f64x2, at: number): Code =>
    lanes.reduce(
      (before, lane) => type.add(before, type.load(get(place(lane)), at)),
      type.load(get(parameter.scores), at),
    );
  const pairs = Array.from({ length: outputs >> 1 }, (_, pair) => 16 * pair);
  const odd = outputs % 2 === 1 ? [8 * (outputs - 1)] : [];
  return repeatWhile(i32.isGreater(get(parameter.rows), i32.constant(0)), [
    lanes.map((lane) => set(place(lane), i32.load(get(parameter.places), 4 * rows * lane))),
    pairs.map((at) => f64x2.store(get(parameter.scores), sum(f64x2, at), at)),
    odd.map((at) => f64.store(get(parameter.scores), sum(f64, at), at)),
    set(parameter.places, i32.add(get(parameter.places), i32.constant(4))),
    set(parameter.scores, i32.add(get(parameter.scores), i32.constant(8 * outputs))),
    set(parameter.rows, i32.subtract(get(parameter.rows), i32.constant(1))),
  ]);
}
