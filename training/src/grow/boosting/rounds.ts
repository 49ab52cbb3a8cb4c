import { createRandom, permutation } from '../../random.ts';
import type { BinnedTable } from '../bins.ts';
import { maskRows } from '../sums/masked-rows.ts';
import { type TrainingRows, treeSeed } from '../training-rows.ts';
import { type Booster, type BoostOptions, createBooster } from './boosting.ts';
import { losses } from './losses.ts';

export interface RoundsOptions {
  folds: number;
  /** Maximum number of rounds to try. */
  maximum: number;
  /** Stop after this number of rounds without a smaller loss. */
  patience: number;
  /** The rows to train on and to test on, as indices of the table; if left out, folds with similar targets. */
  splits?: readonly HeldOut[];
}

interface HeldOut {
  train: Int32Array;
  test: Int32Array;
}

/**
 * The number of boosting rounds with the least loss, and that loss, by an inner cross-validation on the training rows; all folds grow at
 * the same time. With `mask`, the loss is over the held-out rows and their masked copies.
 * @param tableFor the table for learning from some rows, if it depends on them
 */
export function chooseRounds(
  training: TrainingRows,
  options: BoostOptions,
  { folds, maximum, patience, splits = splitByTarget(training, folds, options.seed) }: RoundsOptions,
  tableFor: (rows: Int32Array) => BinnedTable = () => training.table,
): { rounds: number; loss: number } {
  const held = splits.map((split, i) => createHeldOut(training, options, split, i, tableFor));
  const total = () => held.reduce((sum, each) => sum + each.loss(), 0);
  let best = 0;
  let least = total();
  for (let round = 1; round <= maximum && round - best <= patience; round++) {
    for (const each of held) each.grow();
    const loss = total();
    if (loss < least) {
      least = loss;
      best = round;
    }
  }
  return { rounds: best, loss: least };
}

/** Deals rows to folds in the order of their target, so that the folds have similar targets. */
function splitByTarget({ target, rows }: TrainingRows, folds: number, seed: number): HeldOut[] {
  const order = Array.from(permutation(rows.length, createRandom(treeSeed(seed, -2))));
  order.sort((a, b) => target[rows[a]] - target[rows[b]]);
  const fold = new Int32Array(rows.length);
  for (const [i, row] of order.entries()) fold[row] = i % folds;
  return Array.from({ length: folds }, (_, held) => ({
    train: rows.filter((_, i) => fold[i] !== held),
    test: rows.filter((_, i) => fold[i] === held),
  }));
}

/** A booster trained on some rows, with its loss on others. */
function createHeldOut(
  training: TrainingRows,
  options: BoostOptions,
  { train, test: rows }: HeldOut,
  held: number,
  tableFor: (rows: Int32Array) => BinnedTable,
) {
  const { target, weights } = training;
  const own = tableFor(train);
  const booster: Booster = createBooster({ ...training, table: own, rows: train }, options);
  const { table, copies, redraw } = maskRows(own, rows, options.mask);
  redraw(createRandom(treeSeed(options.seed, -3 - held)));
  const { of } = losses[options.loss];
  const score = new Float64Array(table.rows).fill(booster.base);
  return {
    grow(): void {
      booster.grow();
      for (let row = 0; row < table.rows; row++) score[row] += booster.step(table.columns, row);
    },
    loss(): number {
      let sum = 0;
      for (let i = 0; i < table.rows; i++) {
        const row = rows[Math.floor(i / copies)];
        sum += (weights ? weights[row] : 1) * of(target[row], score[i]);
      }
      return sum / copies;
    },
  };
}
