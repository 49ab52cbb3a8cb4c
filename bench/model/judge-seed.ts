import { parentPort, workerData } from 'node:worker_threads';
import {
  additive,
  boosted,
  createDesign,
  type Design,
  knowledgeStages,
  type Learner,
  linear,
  predictOutOfFold,
  readPackage,
  readTable,
} from '@hearth/training';
import { folds, randomSubsets, seeds, subsetSeeds } from './protocol.ts';

/** The predictions of one seed's folds; every vector is [rows]. */
export interface SeedPredictions {
  seed: number;
  model: Float64Array;
  boosted: Float64Array;
  logistic: Float64Array;
  /** For each subset: the model with only those columns given, and models that were trained on only them. */
  subsets: { model: Float64Array; dedicated: Float64Array; dedicatedLogistic: Float64Array }[];
}

/** The stages except the last one, which has all columns, and for some seeds the random subsets; indices of columns. */
export function subsetsOf(design: Design, seed: number): number[][] {
  const stages = knowledgeStages(design).map(({ columns }) =>
    design.columns.flatMap(({ name }, i) => (columns.includes(name) ? [i] : [])),
  );
  const random = seeds.indexOf(seed) < subsetSeeds ? randomSubsets(design.columns.length, 20) : [];
  return [...stages.slice(0, -1), ...random];
}

if (parentPort) {
  const { data, seed } = workerData as { data: string; seed: number };
  const table = await readTable(await readPackage(data));
  const design = createDesign(table);
  const subsets = subsetsOf(design, seed);
  const known = subsets.map((subset) =>
    Uint8Array.from(design.columns, (_, i) => Number(subset.includes(i))),
  );
  const run = (learner: Learner, on = design, stages = [] as Uint8Array[]) => {
    const result = predictOutOfFold(learner, on, { folds, repeats: 1, seed }, { stages });
    parentPort?.postMessage('step');
    return result;
  };
  const ours = run(additive(design), design, known);
  const result: SeedPredictions = {
    seed,
    model: ours.whole[0],
    boosted: run(boosted(design)).whole[0],
    logistic: run(linear(design)).whole[0],
    subsets: subsets.map((subset, i) => {
      const dedicated = createDesign(
        table,
        subset.map((column) => design.columns[column].name),
      );
      return {
        model: ours.staged[i][0],
        dedicated: run(additive(dedicated), dedicated).whole[0],
        dedicatedLogistic: run(linear(design, { use: subset })).whole[0],
      };
    }),
  };
  parentPort.postMessage(result);
}
