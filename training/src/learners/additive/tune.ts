import { labelsOf, splitRows } from '../../evaluation/folds.ts';
import type { Random } from '../../random.ts';
import { families } from './family.ts';
import { knownVariables, sampleMasks } from './masks.ts';
import { fitSubset, type Penalties, type Prepared, prepare, scoreRow } from './subset-model.ts';
import { alwaysIn, isWide, type NumberTable, ownersOf } from './table.ts';

const folds = 5;
/** The table as it is without what the rows held out say about it; `train` are those learned from. */
export type TableWithout = (held: Int32Array, train: Int32Array) => NumberTable;
/** Number of random subsets of columns, besides all columns; fewer for many rows, because their losses are less noisy, and for many columns. */
const subsetsFor = (rows: number, columns: number): number => (rows > 1000 || isWide(columns) ? 3 : 8);
/** Start of the search, and centre of the prior, whose standard deviation is a factor of 4. */
const start: Penalties = { ridge: 3.5, smooth: 8 };
const range = { low: 1 / 1024, high: 4096 };

/**
 * The penalties with the least cross-validated log loss (or squared error), averaged over all columns and random subsets of them, by
 * pattern search on their logarithms (Hooke & Jeeves 1961).
 */
export function tunePenalties(
  table: NumberTable,
  rows: Int32Array,
  random: Random,
  onStep = () => {},
  without: TableWithout = () => table,
): Penalties {
  const loss = crossValidatedLoss(table, rows, random, onStep, without);
  let best = { penalties: start, loss: loss(start) };
  for (let factor = 4; factor > 1.5; ) {
    const around = [
      { ...best.penalties, ridge: best.penalties.ridge * factor },
      { ...best.penalties, ridge: best.penalties.ridge / factor },
      { ...best.penalties, smooth: best.penalties.smooth * factor },
      { ...best.penalties, smooth: best.penalties.smooth / factor },
    ].filter((penalties) =>
      Object.values(penalties).every((value) => value > range.low && value < range.high),
    );
    const next = around
      .map((penalties) => ({ penalties, loss: loss(penalties) }))
      .reduce((a, b) => (b.loss < a.loss ? b : a));
    if (next.loss < best.loss) best = next;
    else factor = Math.sqrt(factor);
  }
  return best.penalties;
}

function crossValidatedLoss(
  table: NumberTable,
  rows: Int32Array,
  random: Random,
  onStep: () => void,
  without: TableWithout,
) {
  const owners = ownersOf(table);
  const columns = new Set(owners).size;
  const subsets = subsetsFor(rows.length, columns);
  const masks = sampleMasks(columns, 3 * columns + 1 + subsets, random, alwaysIn(table));
  const known = [...masks.slice(-subsets), new Uint8Array(columns).fill(1)].map((mask) =>
    knownVariables(mask, owners),
  );
  const { hasClasses } = families[table.loss];
  const { target, sampling } = table;
  const splits = splitRows(
    { rows, labels: labelsOf({ hasClasses, target }), sampling },
    folds,
    random.below(2 ** 31),
  );
  const parts = splits.map(({ train, test }) => ({ prepared: prepare(without(test, train), train), test }));
  const tested = parts.flatMap(({ test }) => Array.from(test, (row) => sampling?.weights?.[row] ?? 1));
  const seen = new Map<string, number>();
  return (penalties: Penalties): number => {
    const key = `${penalties.ridge} ${penalties.smooth}`;
    const before = seen.get(key);
    if (before !== undefined) return before;
    const losses = known.map((subset) => parts.map((part) => heldOutLoss(part, subset, penalties)));
    const loss = average(losses.map((each) => inNats(each.flat(), tested, table))) + surprise(penalties);
    seen.set(key, loss);
    onStep();
    return loss;
  };
}

function inNats(losses: readonly number[], weights: readonly number[], { loss }: NumberTable): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = losses.reduce((sum, each, i) => sum + weights[i] * each, 0) / total;
  return families[loss].inNats(mean, total);
}

/** Negative logarithm of a log-normal prior around `start`. */
const surprise = ({ ridge, smooth }: Penalties): number =>
  (Math.log(ridge / start.ridge) ** 2 + Math.log(smooth / start.smooth) ** 2) / (2 * Math.log(4) ** 2);

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Loss of each held-out row. */
function heldOutLoss(
  { prepared, test }: { prepared: Prepared; test: Int32Array },
  known: readonly number[],
  penalties: Penalties,
): number[] {
  const { table, basis, centre, scale } = prepared;
  const model = fitSubset(prepared, known, penalties);
  return Array.from(test, (row) => {
    const score = scoreRow(model, basis, table.x[row]);
    return families[table.loss].heldOut(score, (table.target[row] - centre) / scale);
  });
}
