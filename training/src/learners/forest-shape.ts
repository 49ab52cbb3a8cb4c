/** What both kinds of forest have besides trees and leaves; left out, as before these settings. */
export interface ForestShape {
  /** How many of its masked copies a row weighs as much as; 1 if left out. */
  rowWeight?: number;
  /** Share of the columns that are drawn for a split; if left out, the square root of their number. */
  columnShare?: number;
  /** 1: numbers are split at random values, and a tree draws most rows once; 0 or left out: at the best ones, with the bootstrap. */
  randomSplits?: number;
}

/** A row weighs as much as its copies: answers to whole rows gain by that, and those to rows with missing cells do not lose. */
const rowWeight = 2;
/** From so many rows on, random splits are not tried: boosted trees are better there, and the forest is to take little time beside them. */
const manyRows = 5000;
/** Of so many columns, a third of them is more than the square root of their number. */
const manyColumns = 10;

/**
 * The shapes with these leaf sizes to choose from: the best splits, random ones of all columns, and random ones of few, which are better where
 * most of the target is noise.
 */
export function shapesFor(
  rows: number,
  columns: number,
  sizes: Record<'best' | 'random' | 'randomOfFew', number[]>,
) {
  const few = columns < manyColumns ? {} : { columnShare: 0.33 };
  const of = (shape: ForestShape, leaves: readonly number[]) =>
    leaves.map((minimumLeaf) => ({ ...shape, rowWeight, minimumLeaf }));
  const best = of(few, sizes.best);
  if (rows >= manyRows) return best;
  const random = of({ columnShare: 1, randomSplits: 1 }, sizes.random);
  return [...best, ...random, ...of({ ...few, randomSplits: 1 }, sizes.randomOfFew)];
}

/** Copies of each row with hidden columns. */
const copies = 2;
/** With random splits a tree needs all rows; so many are drawn that some are left to choose settings on. */
const drawnAtRandom = 0.8;

/** Options of growing trees of this shape. @param columns their number */
export const shapeOf = ({ rowWeight, columnShare, randomSplits }: ForestShape, columns: number) => ({
  columnsPerSplit: Math.ceil(columnShare ? columnShare * columns : Math.sqrt(columns)),
  sampleShare: randomSplits === 1 ? drawnAtRandom : 1,
  replace: randomSplits !== 1,
  randomSplits: randomSplits === 1,
  mask: { copies, ...(rowWeight && { rowWeight }) },
});
