import type { Feature } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { labelsOf, type Split, splitRows } from '../evaluation/folds.ts';
import type { GradientBoosting, SetFeature } from '../grow/index.ts';

const folds = 5;

/** The loss of boosted trees of this target. */
export const boostedLoss = ({ outputs, loss }: Design): GradientBoosting['loss'] =>
  outputs > 1 ? { classes: outputs } : loss;

/** So many folds that enough rows are held out; in the order of time, the last ones, which have the most rows to learn from. */
export function heldOut(design: Design, rows: Int32Array, seed: number, enough: number): Split[] {
  const { sampling } = design;
  const splits = splitRows({ rows, labels: labelsOf(design), sampling }, folds, seed);
  const wanted = Math.ceil((enough * folds) / rows.length);
  return sampling?.times ? splits.slice(-wanted) : splits.slice(0, wanted);
}

/** The rounds for all rows by those that were best in splits of them: more rows bear more rounds. */
export function roundsForAll(rounds: number, rows: Int32Array, splits: readonly Split[]): number {
  const known = splits.reduce((sum, { train }) => sum + train.length / splits.length, 0);
  return Math.round((rounds * rows.length) / known);
}

/** The sets of categories as bits, one behind the other; what is not listed is in none. */
export function packSets({ numbers, columns }: Design, chosen: readonly SetFeature[]) {
  if (chosen.length === 0) return { sets: {}, added: [] };
  const bytes: number[] = [];
  const added = chosen.map(({ column, set }): Feature => {
    const begin = bytes.length;
    const own = new Uint8Array(Math.ceil((set.length + 1) / 8));
    for (const [category, isIn] of set.entries()) own[category >> 3] |= isIn << (category & 7);
    bytes.push(...own);
    return { column: columns[numbers.columns[column].owner ?? column].name, in: begin };
  });
  return { sets: { sets: Uint8Array.from(bytes) }, added };
}
