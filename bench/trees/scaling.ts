import { runChild } from './child.ts';
import type { Engine } from './engines.ts';
import { median } from './measure.ts';
import type { Grown } from './spec.ts';
import type { Tables } from './tables.ts';

export interface ScalingPoint {
  rows: number;
  trees: number;
  columns: number;
  seconds: number;
  /** Peak memory in MB, with the runtime; null if it is not known. */
  peak: number | null;
}

/** The values of each axis; the other two are as in `middle`. */
export const axes = {
  rows: [1000, 10_000, 100_000, 1_000_000],
  trees: [10, 100, 1000],
  columns: [13, 26, 52, 104],
} as const;
export const middle = { rows: 10_000, trees: 100, columns: 13 };
const scalingLeaf = 50;

/** Grows with Hearth along each axis. */
export async function* measureScaling({ tasks }: Engine, tables: Tables): AsyncGenerator<ScalingPoint> {
  const points = Object.entries(axes).flatMap(([axis, values]) =>
    values.map((value) => ({ ...middle, [axis]: value })),
  );
  const distinct = new Map(points.map((point) => [Object.values(point).join(), point]));
  for (const point of distinct.values()) {
    const task = { task: 'grow', leaf: scalingLeaf, runs: 5, budget: 10 } as const;
    const grown = await runChild<Grown>(
      tasks.grow as string[],
      await tables.spec({ ...task, ...point }),
      1200,
    );
    if (!grown) throw new Error(`${JSON.stringify(point)} took more than 1200 s`);
    yield { ...point, seconds: median(grown.seconds), peak: grown.peak && grown.peak / 1000 };
  }
}
