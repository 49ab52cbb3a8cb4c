import { binTable, growForest } from '@hearth/training';
import type { Spec } from './spec.ts';
import { readTableFile } from './table.ts';

/** Makes the function that grows what a spec asks for. Its bins are made anew each time: the peers prepare rows in theirs as well. */
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
