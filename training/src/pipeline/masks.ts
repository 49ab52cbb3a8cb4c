import type { Forest, Manifest } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { RandomMask } from '../evaluation/random-mask.ts';
import { answerByTrees } from '../learners/learner.ts';

/** Shares of the cells that are kept; with all of them there is one prediction per row already. */
export const maskedShares = [0.75, 0.5, 0.25, 0];
/** How many of them count in the choice of a candidate. */
export const maskedInChoice = 2;
/** Shares of the used columns that rows give: what an interval or a set is made with is learned for each. */
export const shares = [0, 0.25, 0.5, 0.75, 1];

/** Columns that every row must have, and the exposure of a count, without which the answer is another: 1 or 0, [columns]. */
export const alwaysGiven = ({ columns, exposure }: Design): Uint8Array =>
  Uint8Array.from(columns, ({ required }, i) => Number(required || i === exposure?.column));

/** Counts the columns that the model uses and a row gives. */
export interface GivenCounter {
  /** How many columns the model uses. */
  used: number;
  /** @param kept the columns that a mask keeps: 1 or 0, [columns]; all if left out */
  count(row: number, kept?: Uint8Array): number;
}

export function givenCounter({ columns, owners, table, exposure }: Design): GivenCounter {
  const used = [...new Set(owners), ...(exposure ? [exposure.column] : [])];
  return {
    used: used.length,
    count: (row, kept) =>
      used.filter((j) => (kept?.[j] ?? 1) === 1 && table.inputs[row][columns[j].name] !== null).length,
  };
}

/** The masks with which rows are predicted out of fold: those of the choice; where the outcome has an interval, or classes have sets, all. */
export function masksOf(design: Design): RandomMask[] {
  const always = alwaysGiven(design);
  const asked = design.hasClasses ? maskedShares.slice(0, maskedInChoice) : maskedShares;
  return asked.map((share) => ({ share, always }));
}

/** The spread s of a row of the table, if only the columns `given` are given; all columns if left out. */
export type SpreadReader = (row: number, given?: Uint8Array) => number;

export const spreadReader = (
  design: Design,
  forest: Forest,
  { base, divisor }: NonNullable<Manifest['interval']>,
): SpreadReader => answerByTrees(design, { forest }, { link: 'log', base, divisor }).predict;
