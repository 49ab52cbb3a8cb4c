import type { ModelDescription } from '@hearth/artifact';

/** The training rows of a column by ranges of its values, or by its categories. */
export type Bins = NonNullable<ModelDescription['data']['bins']>[number];

/** A piece of the axis and how densely training rows lie there, relative to the densest piece. */
export interface Density {
  from: number;
  to: number;
  /** 0 to 1. */
  height: number;
}

/**
 * How the training rows are spread over a column with edges: rows per unit of the axis.
 * @param step how far values are apart at least, which is the width of a bin of one value; 0 if any number can be: such a bin is as dense as
 * can be, and the others are compared with each other
 */
export function densityOf({ edges = [], counts }: Bins, step: number): Density[] {
  const pieces = edges.slice(0, -1).map((from, i) => {
    const to = Math.max(edges[i + 1] ?? from, from + step);
    return { from, to, height: (counts[i] ?? 0) / (to - from) };
  });
  const most = Math.max(0, ...pieces.map(({ height }) => height).filter(Number.isFinite));
  return pieces.map((piece) => ({ ...piece, height: Math.min(1, piece.height / most) || 0 }));
}
