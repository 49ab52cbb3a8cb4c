import type { ModelDescription } from '@hearth/artifact';

type Bins = NonNullable<ModelDescription['data']['bins']>[number];

/** A piece of the axis and how densely training rows lie there, relative to the densest piece. */
export interface Density {
  from: number;
  to: number;
  /** 0 to 1. */
  height: number;
}

/** How the training rows are spread over a column with edges: rows per unit of the axis. */
export function densityOf({ edges = [], counts }: Bins, step: number): Density[] {
  const pieces = edges.slice(0, -1).map((from, i) => {
    const to = Math.max(edges[i + 1] ?? from, from + step); // a bin of one value is as wide as one step
    return { from, to, height: (counts[i] ?? 0) / (to - from) };
  });
  const most = Math.max(...pieces.map(({ height }) => height));
  return pieces.map((piece) => ({ ...piece, height: most > 0 ? piece.height / most : 0 }));
}
