import { binTable, growForest } from '@hearth/training';
import type { Spec } from './spec.ts';
import { readTableFile } from './table.ts';

/** Returns a function that grows the forest of a spec. It makes the bins each time, because the times of the peers include preparing the rows too. */
export async function createGrower(spec: Spec) {
  const { columns, target } = await readTableFile(spec.train, spec.rows, spec.columns);
  return () =>
    growForest(
      {
        table: binTable(columns.map((values) => ({ kind: 'numeric', values }))),
        target,
        rows: Int32Array.from(target.keys()),
      },
      {
        trees: spec.trees,
        columnsPerSplit: spec.columnsPerSplit,
        mostColumns: spec.columnsPerSplit,
        minimumLeaf: spec.leaf,
        sampleShare: 1,
        replace: true,
        seed: spec.seed,
      },
      { threads: spec.threads },
    );
}
