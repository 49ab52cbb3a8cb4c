import { createExplainer, globalImportance } from '@hearth/artifact';
import { type PackedArtifact, packArtifact } from '@hearth/artifact/store';
import { additive, learnInterval } from '../contenders/additive.ts';
import { boosted } from '../contenders/boosted.ts';
import type { Candidate, LearnedModel } from '../contenders/contender.ts';
import { forest } from '../contenders/forest.ts';
import { mlForest } from '../contenders/ml-forest.ts';
import type { Table } from '../data/table.ts';
import { createDesign, type Design } from '../design.ts';
import type { Protocol } from '../evaluation/out-of-fold.ts';
import type { Progress } from '../progress.ts';
import { describeData } from './describe-data.ts';
import { evaluate, type Judged, judge, meanLoss } from './evaluate.ts';
import { goldenRows } from './golden.ts';
import { chooseMlForestOptions } from './ml-forest-options.ts';

/** Engines by name; `auto` compares all but the last. */
export const engines = ['additive', 'boosted', 'forest', 'ml-random-forest'] as const;
export type Engine = (typeof engines)[number];

export interface TrainOptions {
  /** Columns the model may look at; all of them where left out. */
  columns?: readonly string[];
  engine: Engine | 'auto';
  seed: number;
  folds: number;
  repeats: number;
}

/** A trained model, and what its report shows and needs besides the manifest. */
export interface Trained {
  artifact: PackedArtifact;
  candidates: { name: string; loss: number; chosen: boolean }[];
  /** What a learning curve needs. */
  best: Candidate;
  design: Design;
  protocol: Protocol;
}

/**
 * Judges the candidates by nested cross-validation, settings chosen anew inside every fold, takes the one with the least mean squared
 * error (for chances: the Brier score), and learns it on all rows. The same table, options and seed give the same bytes.
 */
export function train(table: Table, options: TrainOptions, progress: Progress): Trained {
  const { engine, seed, folds, repeats } = options;
  const design = createDesign(table, options.columns);
  const protocol: Protocol = { folds, repeats, seed: seed + 1000 };
  const judged = judge(candidatesFor(engine, design, seed, progress), design, protocol, progress);
  const best = judged.reduce((a, b) =>
    meanLoss(design, b.outOfFold) < meanLoss(design, a.outOfFold) ? b : a,
  );
  const others = judged.filter((each) => each !== best);
  return {
    artifact: finish(design, best, others, protocol, options, progress),
    candidates: judged.map((each) => ({
      name: each.candidate.name,
      loss: meanLoss(design, each.outOfFold),
      chosen: each === best,
    })),
    best: best.candidate,
    design,
    protocol,
  };
}

function candidatesFor(
  engine: TrainOptions['engine'],
  design: Design,
  seed: number,
  progress: Progress,
): Candidate[] {
  if (engine === 'ml-random-forest') return [mlForest(design, chooseMlForestOptions(design, seed, progress))];
  const known = { additive, boosted, forest };
  return engine === 'auto' ? Object.values(known).map((create) => create(design)) : [known[engine](design)];
}

function finish(
  design: Design,
  best: Judged,
  others: readonly Judged[],
  protocol: Protocol,
  { engine, seed }: TrainOptions,
  progress: Progress,
): PackedArtifact {
  const everyRow = Int32Array.from(design.x.keys());
  const learned = best.candidate.learn(everyRow, seed);
  const { spread, interval } = engine === 'ml-random-forest' ? {} : learnInterval(design, everyRow, seed);
  const trees = { ...learned.trees, ...(spread && { spread }) };
  const draft = {
    ...describeData(design.table),
    features: design.features,
    answer: learned.answer,
    ...(interval && { interval }),
    engine: { ...learned.engine, seed },
    evaluation: {
      ...evaluate(best, others, design, protocol, engine !== 'ml-random-forest', progress),
      importance: importance(design, learned),
    },
  };
  return packArtifact({ ...draft, golden: goldenRows(design, draft, trees) }, trees);
}

/** Mean size of each column's contribution, largest first. */
function importance({ columns, owners, x }: Design, { trees, answer }: LearnedModel) {
  const values = globalImportance(createExplainer(trees.forest, owners), x, columns.length);
  return columns
    .map(({ name }, i) => ({ column: name, value: values[i] / Math.abs(answer.divisor) }))
    .sort((a, b) => b.value - a.value);
}
