import { createRandom, permutation } from '../random.ts';
import type { Sampling } from '../sampling/sampling.ts';

/** A fold's number is stored in one byte. */
export const mostFolds = 255;

/** One step of cross-validation, as rows of the table. */
export interface Split {
  train: Int32Array;
  test: Int32Array;
}

export interface Splittable {
  /** The rows to split. */
  rows: Int32Array;
  /** The class of each row of the table, of which each fold gets its share; all the same if there are none. */
  labels: ArrayLike<number>;
  sampling?: Sampling;
}

/** The class of each row of a table, of which each fold gets its share. */
export const labelsOf = ({ hasClasses, classes, target }: Labelled): Uint8Array =>
  Uint8Array.from(target, (y) => (hasClasses || classes ? y : 0));

interface Labelled {
  hasClasses: boolean;
  /** Of a target with several classes. */
  classes?: unknown;
  target: ArrayLike<number>;
}

/**
 * Splits rows for cross-validation. Groups stay together; with times, each split trains on the rows before those it tests. There can
 * be fewer splits than `folds`: with fewer groups, or few different times.
 */
export function splitRows({ rows, labels, sampling = {} }: Splittable, folds: number, seed: number): Split[] {
  const { groups, times } = sampling;
  const classes = Uint8Array.from(rows, (row) => labels[row]);
  const ofRows = groups && Int32Array.from(rows, (row) => groups[row]);
  const blocks =
    times &&
    timeBlocks(
      classes,
      Float64Array.from(rows, (row) => times[row]),
      folds,
    );
  // rows of one time only: none is before another
  const ordered = blocks?.some((block) => block > 0) ? blocks : undefined;
  const fold =
    ordered ?? (ofRows ? groupedFolds(classes, ofRows, folds, seed) : stratifiedFolds(classes, folds, seed));
  const splits = Array.from({ length: folds }, (_, held) => {
    const { train, test } = ordered ? splitBlocks(ordered, held + 1, ofRows) : splitFold(fold, held);
    return { train: train.map((i) => rows[i]), test: test.map((i) => rows[i]) };
  });
  return splits.filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/**
 * Assigns rows to folds so that the numbers of rows of a class in two folds differ by at most one.
 * @returns fold of each row, 0 … folds-1; [rows]
 */
export function stratifiedFolds(target: Uint8Array, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const fold = new Uint8Array(target.length);
  let next = 0;
  const last = target.reduce((most, label) => Math.max(most, label), 1);
  for (let label = 0; label <= last; label++) {
    const rows = Array.from(target.keys()).filter((row) => target[row] === label);
    for (const i of permutation(rows.length, random)) fold[rows[i]] = next++ % folds;
  }
  return fold;
}

/**
 * Assigns groups to folds, the largest first, each to the fold that has the least of its classes so far, so that folds have about the
 * same number of rows of each class (as StratifiedGroupKFold of scikit-learn).
 */
function groupedFolds(labels: Uint8Array, groups: Int32Array, folds: number, seed: number): Uint8Array {
  const members = [...Map.groupBy(groups.keys(), (row) => groups[row]).values()];
  const shuffled = Array.from(permutation(members.length, createRandom(seed)), (i) => members[i]);
  shuffled.sort((a, b) => b.length - a.length);
  const classes = 1 + labels.reduce((most, label) => Math.max(most, label), 0);
  const total = countLabels(labels.keys(), labels, classes);
  const held = Array.from({ length: folds }, () => ({ rows: 0, counts: new Float64Array(classes) }));
  const fold = new Uint8Array(labels.length);
  for (const rows of shuffled) {
    const counts = countLabels(rows, labels, classes);
    const crowding = held.map((each) =>
      counts.reduce((sum, count, k) => (count > 0 ? sum + (count * each.counts[k]) / total[k] ** 2 : sum), 0),
    );
    const least = Math.min(...crowding);
    const best = crowding.reduce(
      (a, value, k) => (value <= least * (1 + 1e-9) && (a < 0 || held[k].rows < held[a].rows) ? k : a),
      -1,
    );
    for (const row of rows) fold[row] = best;
    held[best].rows += rows.length;
    for (let k = 0; k < classes; k++) held[best].counts[k] += counts[k];
  }
  return fold;
}

function countLabels(rows: Iterable<number>, labels: Uint8Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const row of rows) counts[labels[row]]++;
  return counts;
}

/** The first block, which is only trained on, has this share of the rows … */
const firstShare = 0.3;
/** … and this number of rows of each class. */
const firstOfEach = 5;

/**
 * Blocks of rows in the order of time: a first one, then `folds` of about equal size. Rows of one time are in one block.
 * @returns block of each row, 0 … folds, or fewer with few different times; [rows]
 */
function timeBlocks(labels: Uint8Array, times: Float64Array, folds: number): Uint8Array {
  const order = Array.from(times.keys()).sort((a, b) => times[a] - times[b]);
  const moments: number[][] = [];
  for (const row of order) {
    const last = moments[moments.length - 1];
    if (last && times[last[0]] === times[row]) last.push(row);
    else moments.push([row]);
  }
  const block = new Uint8Array(times.length);
  const classes = [...new Set(labels)];
  const seen = new Map<number, number>();
  let done = 0;
  let next = 0;
  for (; next < moments.length; next++) {
    const isEnough =
      done >= firstShare * order.length && classes.every((label) => (seen.get(label) ?? 0) >= firstOfEach);
    if (isEnough) break;
    for (const row of moments[next]) seen.set(labels[row], (seen.get(labels[row]) ?? 0) + 1);
    done += moments[next].length;
  }
  const rest = order.length - done;
  let before = 0;
  let number = 0;
  let last = -1;
  for (const rows of moments.slice(next)) {
    const part = Math.floor(((before + rows.length / 2) * folds) / rest);
    if (part !== last) number++;
    last = part;
    for (const row of rows) block[row] = number;
    before += rows.length;
  }
  return block;
}

/** The rows before one block, without the groups in it (`train`), and those of the block (`test`). */
function splitBlocks(blocks: Uint8Array, held: number, groups?: Int32Array): Split {
  const rows = Int32Array.from(blocks.keys());
  const test = rows.filter((row) => blocks[row] === held);
  const tested = new Set(groups && Array.from(test, (row) => groups[row]));
  const train = rows.filter((row) => blocks[row] < held && !(groups && tested.has(groups[row])));
  return { train, test };
}

/** The rows outside of one fold (`train`) and inside it (`test`). */
export function splitFold(fold: Uint8Array, held: number): Split {
  const rows = Int32Array.from(fold.keys());
  return { train: rows.filter((row) => fold[row] !== held), test: rows.filter((row) => fold[row] === held) };
}
