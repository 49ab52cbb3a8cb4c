import { levelsOf } from '@hearth/artifact';
import { describeColumns } from '../data/columns.ts';
import type { Table } from '../data/table.ts';
import { maximumBins } from '../grow/index.ts';
import { canBlend, enoughToBoost } from '../learners/index.ts';
import { budgetOf, choosePlan, type Effort, type Part, type Plan, type TableSize } from '../plan/index.ts';
import { isEncoded } from '../variables.ts';
import { isRegression } from './judge.ts';
import { knowledgeStages } from './stages.ts';
import { comparedLearners, type TrainOptions } from './train.ts';

/** What a user says about the time of a training. */
export interface PlanWish {
  effort?: Effort;
  /** Seconds; instead of an effort. */
  budget?: number;
  folds?: number;
  repeats?: number;
  /** Parts that are not wanted. */
  without?: readonly Part[];
}

/** The plan of a training, and the size of the table that it was chosen for. */
export function planTraining(
  table: Table,
  { columns: names, engine, settings }: Pick<TrainOptions, 'columns' | 'engine' | 'settings'>,
  wish: PlanWish,
): { plan: Plan; size: TableSize } {
  const columns = describeColumns(table).filter(({ name }) => !names || names.includes(name));
  const compared = comparedLearners({ table, columns }).map(({ learner }) => learner as string);
  const size: TableSize = {
    rows: table.target.length,
    columns: Math.max(1, columns.length),
    features: columns.reduce(
      (sum, column) => sum + (isEncoded(column) ? 1 : (levelsOf(column)?.length ?? 1)),
      0,
    ),
    bins: columns.reduce((sum, { name }) => sum + binsOf(table, name), 0),
    outputs: table.classes?.length ?? 1,
    ...(table.quantiles && { hasQuantiles: true }),
  };
  const learners = engine === 'auto' ? byUse(compared, size) : [engine];
  const maySlowDown = !settings && (wish.budget !== undefined || wish.effort === 'thorough');
  const plan = choosePlan(size, {
    budget: wish.budget ?? budgetOf(wish.effort ?? 'normal', size),
    ...(wish.budget === undefined && { mayExceed: true }), // an effort is about a time
    learners,
    ...(engine === 'auto' && {
      blended: compared.filter((name) => canBlend(name, table)),
    }),
    folds: wish.folds,
    // in the order of time there is one way to split
    repeats: table.sampling?.times ? 1 : wish.repeats,
    // a candidate is evaluated anyway
    without: [
      ...(wish.without ?? []),
      ...(learners.some(isRegression) ? (['regression'] as const) : []),
      ...(maySlowDown ? [] : (['slow-boosting'] as const)),
    ],
    stages: knowledgeStages({ columns, table }).map((stage) => stage.columns.length),
  });
  return { plan, size };
}

/** The learners by how likely the best model is theirs. */
function byUse(names: readonly string[], { rows }: TableSize): string[] {
  const order =
    rows < enoughToBoost
      ? ['additive', 'logistic', 'linear', 'softmax', 'boosted', 'gbdt', 'forest']
      : ['gbdt', 'forest', 'logistic', 'linear', 'softmax', 'boosted', 'additive'];
  return names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** So many rows are enough to tell how many values of a column differ. */
const enoughRows = 1000;

function binsOf({ inputs }: Table, name: string): number {
  const values = new Set(inputs.slice(0, enoughRows).map((row) => row[name]));
  return Math.min(maximumBins, values.size);
}
