import { writeLeafCodes } from './codes.ts';
import type { NodeLayout } from './layout.ts';
import { type Code, f64, get, i32, moduleOf, repeatWhile, set, start } from './wasm.ts';

/** Rows that walk in parallel. */
export const lanes = 8;

/** Sizes of the arrays in the kernel's memory. */
export interface KernelSize {
  /** Slots of the largest tree. */
  slots: number;
  /** Number of distinct leaf values if they are numbered, else as many as slots. */
  values: number;
  /** A multiple of `lanes`. */
  rows: number;
  /** Codes of a row. */
  width: number;
}

/** Adds, for each row of a block, its leaf of one tree. */
export interface Kernel {
  nodes: Int32Array;
  values: Float64Array;
  /** [rows × width] */
  codes: Uint16Array;
  /** [rows] */
  sums: Float64Array;
  /** Walks the first `rows` rows (at least one), rounded up to a multiple of `lanes`. */
  addTree(rows: number): void;
}

/** Walks rows in parallel in WebAssembly: half the time of JavaScript, which checks every index and keeps fewer rows in registers. */
export function createKernel(layout: NodeLayout, { slots, values, rows, width }: KernelSize): Kernel {
  const valuesAt = Math.ceil(slots / 2) * 8;
  const sumsAt = valuesAt + 8 * values;
  const codesAt = sumsAt + 8 * rows;
  const pages = Math.ceil((codesAt + 2 * rows * width) / 65_536);
  const places = { valuesAt, width };
  const { memory, run } = start(moduleOf(3, 3 * lanes, pages, walkRows(layout, places)));
  const codes = new Uint16Array(memory.buffer, codesAt, rows * width);
  writeLeafCodes(codes, width); // also for the unused rows of the last lanes: their walks must end too
  return {
    codes,
    nodes: new Int32Array(memory.buffer, 0, slots),
    values: new Float64Array(memory.buffer, valuesAt, values),
    sums: new Float64Array(memory.buffer, sumsAt, rows),
    addTree: (count) => run(codesAt, sumsAt, count),
  };
}

/** Parameters, followed by the locals of each lane. */
const parameter = { codes: 0, sums: 1, rows: 2 };
const node = (lane: number): number => 3 + 3 * lane;
const slot = (lane: number): number => 4 + 3 * lane;
const row = (lane: number): number => 5 + 3 * lane;
const all = Array.from({ length: lanes }, (_, lane) => lane);

function walkRows(layout: NodeLayout, { valuesAt, width }: { valuesAt: number; width: number }): Code {
  const root = i32.load(i32.constant(4));
  const isLeaf = all.map((lane) => get(node(lane))).reduce(i32.and);
  const place = (lane: number): Code =>
    layout.isNumbered ? numberIn(layout, get(node(lane))) : get(slot(lane));
  const leaf = (lane: number): Code => f64.load(i32.shiftLeft(place(lane), 3), valuesAt);
  return repeatWhile(i32.isGreater(get(parameter.rows), i32.constant(0)), [
    all.map((lane) => set(row(lane), i32.add(get(parameter.codes), i32.constant(2 * width * lane)))),
    all.map((lane) => set(node(lane), root)),
    repeatWhile(
      i32.isZero(i32.and(isLeaf, i32.constant(1))),
      all.map((lane) => step(layout, lane)),
    ),
    all.map((lane) =>
      f64.store(get(parameter.sums), f64.add(f64.load(get(parameter.sums), 8 * lane), leaf(lane)), 8 * lane),
    ),
    set(parameter.codes, i32.add(get(parameter.codes), i32.constant(2 * width * lanes))),
    set(parameter.sums, i32.add(get(parameter.sums), i32.constant(8 * lanes))),
    set(parameter.rows, i32.subtract(get(parameter.rows), i32.constant(lanes))),
  ]);
}

/** The threshold number of a node, or the value number of a leaf. */
const numberIn = ({ thresholdShift, thresholdMask }: NodeLayout, from: Code): Code =>
  i32.and(i32.shiftRight(from, thresholdShift), i32.constant(thresholdMask));

/** As in `walkRow` of packed-walk.ts: the sign of threshold number − code is the side. A leaf leads to itself. */
function step(layout: NodeLayout, lane: number): Code {
  const { columnShift, pairMask } = layout;
  const from = get(node(lane));
  const code = i32.load16(i32.add(get(row(lane)), i32.shiftLeft(i32.shiftRight(from, columnShift), 1)));
  const side = i32.shiftRight(i32.subtract(numberIn(layout, from), code), 31);
  return [
    set(slot(lane), i32.add(i32.and(from, i32.constant(pairMask)), side)),
    set(node(lane), i32.load(i32.shiftLeft(get(slot(lane)), 2))),
  ];
}
