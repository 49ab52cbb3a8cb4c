import { availableParallelism } from 'node:os';
import {
  type Column,
  createExplainer,
  type Evaluated,
  globalImportance,
  isNumeric,
  type Manifest,
} from '@hearth/artifact';
import { type PackedArtifact, packArtifact } from '@hearth/artifact/store';
import type { Table } from '../data/table.ts';
import { createDesign, type Design } from '../design.ts';
import { inputError } from '../errors.ts';
import type { FoldPool } from '../evaluation/fold.ts';
import { singleThreadPool } from '../evaluation/fold-threads.ts';
import type { Protocol } from '../evaluation/out-of-fold.ts';
import { slowGbdt } from '../learners/gbdt.ts';
import {
  createModelLearner,
  keepsDirections,
  type LearnerName,
  type ModelRecipe,
  recipeWith,
  type Settings,
  selfTuned,
} from '../learners/index.ts';
import type { Publishable } from '../learners/learner.ts';
import { type Plan, usefulThreads } from '../plan/index.ts';
import type { Progress } from '../progress.ts';
import { sampleRows } from '../random.ts';
import { affordableRows } from './affordable-rows.ts';
import { judgeBlend } from './blend.ts';
import { choose } from './choice.ts';
import { learnSets } from './class-sets.ts';
import { describeData } from './describe-data.ts';
import { createEnding, createLeftOut, type LeftOut } from './ending.ts';
import { evaluate } from './evaluate.ts';
import { explainedImportance } from './explained-importance.ts';
import { goldenRows } from './golden.ts';
import { judge, meanLoss } from './judge.ts';
import type { Judged, Judging } from './judging.ts';
import { chooseMlForestOptions } from './ml-forest-options.ts';
import { learnOutcome } from './outcome.ts';
import { planFolds } from './plan-folds.ts';
import { learnProbability } from './probability-interval.ts';
import { assertSuitable } from './suitable.ts';

export interface TrainOptions {
  /** The columns to use; all columns if left out. */
  columns?: readonly string[];
  /** The name of a learner; `auto` compares all that choose their own options. */
  engine: LearnerName | 'auto';
  /** Settings of this engine, which are then not chosen. */
  settings?: Settings;
  seed: number;
  folds: number;
  repeats: number;
  /** What to leave out, and the seconds that this was chosen for; everything is done if left out. */
  plan?: Pick<Plan, 'budget' | 'leftOut'> & Partial<Pick<Plan, 'slowBoosting'>>;
}

/** A trained model, and what its report needs besides the manifest. */
export interface Trained {
  artifact: PackedArtifact<Evaluated>;
  candidates: { name: string; loss: number; chosen: boolean }[];
  /** Learners and parts of the evaluation that are left out, by the plan or since it was asked to end. */
  leftOut: LeftOut;
  /** For the learning curve. */
  best: ModelRecipe;
  design: Design;
  protocol: Protocol;
}

/**
 * Evaluates the candidates by nested cross-validation (options are chosen within every fold), takes the best of them or their blend
 * (`choose`), and trains it on all rows. The same table, options and seed give the same bytes.
 * @param pool a pool for the table and columns; the calling thread if left out
 * @param ending to ask for an early end: what is not evaluated by then is left out
 */
export async function train(
  table: Table,
  options: TrainOptions,
  progress: Progress,
  pool?: FoldPool,
  ending = createEnding(),
): Promise<Trained> {
  const { seed } = options;
  assertSuitable(table, options.columns);
  assertTrainable(table, options.folds);
  const { folds, repeats } = planFolds(table, options);
  const design = createDesign(table, options.columns);
  const protocol: Protocol = { folds, repeats, seed: seed + 1000 };
  const judging: Judging = {
    pool: pool ?? singleThreadPool(design),
    design,
    protocol,
    progress,
    ending,
    leftOut: createLeftOut(options.plan ?? { leftOut: [] }, ending),
  };
  const judged = await judge(await recipesFor(options, judging), judging);
  const blend = judgeBlend(judged, judging);
  const best = choose(design, judged, blend);
  const others = judged.filter((each) => each !== best);
  return {
    artifact: await finish(best, others, options, judging),
    leftOut: judging.leftOut,
    candidates: [...judged, ...(blend ? [blend] : [])].map((each) => ({
      name: each.candidate.name,
      loss: meanLoss(design, each.outOfFold.whole),
      chosen: each === best,
    })),
    best: best.recipe,
    design,
    protocol,
  };
}

/** @throws InputError if there are too few rows for the folds */
function assertTrainable({ data, target: { length } }: Table, folds: number): void {
  if (length < folds)
    throw inputError('TOO_FEW_ROWS', data.csv, `${length} rows`, `at least ${folds} for --folds ${folds}`);
}

async function recipesFor(
  { engine, seed, settings, plan }: TrainOptions,
  { pool, design, progress, leftOut }: Judging,
): Promise<ModelRecipe[]> {
  if (engine === 'ml-random-forest' && design.outputs > 1)
    createModelLearner({ learner: engine } as ModelRecipe, design);
  const directed = directedColumn(design.columns);
  if (directed && engine !== 'auto' && !keepsDirections(engine)) {
    const why = 'this learner does not support "monotone"';
    throw inputError('NOT_FOR_ENGINE', engine, directed.name, why);
  }
  if (engine === 'ml-random-forest' && !settings) {
    const weight = design.table.data.sampling?.weight;
    if (design.sampling?.weights && weight !== undefined)
      throw inputError('NOT_FOR_ENGINE', engine, weight, 'this learner cannot weigh rows');
    return [{ learner: engine, options: await chooseMlForestOptions(pool, design, seed, progress) }];
  }
  const slowly = (recipe: ModelRecipe): ModelRecipe =>
    recipe.learner === 'gbdt' && plan?.slowBoosting ? { ...recipe, options: slowGbdt } : recipe;
  if (engine !== 'auto') return [slowly(recipeWith(engine, settings, targetOf(design.table)))];
  return comparedLearners(design)
    .filter(({ learner }) => !leftOut.has(learner))
    .map(slowly);
}

/** The recipes that are compared where no engine is named. */
export const comparedLearners = ({ table, columns }: Pick<Design, 'table' | 'columns'>): ModelRecipe[] =>
  selfTuned(targetOf(table), table.target.length).filter(
    ({ learner }) => !directedColumn(columns) || keepsDirections(learner),
  );

const targetOf = ({ kind, data }: Table) => ({ type: kind, exposure: data.sampling?.exposure });

const directedColumn = (columns: readonly Column[]): Column | undefined =>
  columns.find((column) => isNumeric(column) && column.monotone);

async function finish(
  best: Judged,
  others: readonly Judged[],
  { engine, seed, plan }: TrainOptions,
  judging: Judging,
): Promise<PackedArtifact<Evaluated>> {
  const { design, pool, progress } = judging;
  const everyRow = Int32Array.from(design.x.keys());
  const all = design.forRows(everyRow);
  const { candidate } = best;
  const hasInterval = engine !== 'ml-random-forest' && design.outputs === 1;
  const onPart = progress.start(
    hasInterval ? 'the model of all rows, and its interval' : 'the model of all rows',
    hasInterval ? 2 : 1,
  );
  const useful = candidate.usesThreads
    ? usefulThreads({ rows: everyRow.length, outputs: design.outputs })
    : 1;
  const threads = Math.min(availableParallelism(), useful);
  const learning = candidate.learnInThreads
    ? candidate.learnInThreads(everyRow, seed, progress)
    : pool.learn({ recipe: best.recipe, rows: everyRow, seed, threads });
  const done = learning.finally(onPart);
  if (threads > 1) await done; // the interval beside it would take one of its cores
  const [learned, around] = await Promise.all([
    done,
    hasInterval ? pool.learnInterval({ rows: everyRow, seed }).finally(onPart) : undefined,
  ]);
  const learnedOutcome =
    around && !design.hasClasses ? learnOutcome(all, around, best.outOfFold, judging.protocol) : undefined;
  const sets = design.classes ? learnSets(all, best.outOfFold, judging.protocol) : undefined;
  const { outcome, coverage = sets?.coverage ?? [] } = learnedOutcome ?? {};
  const probability = around && design.hasClasses ? learnProbability(all, around, seed) : undefined;
  const trees = { ...learned.trees, ...(around && { spread: around.spread }) };
  const evaluated = await evaluate(best, others, judging, engine !== 'ml-random-forest');
  if (judging.ending.isAsked) judging.leftOut.add('learning-curve'); // which comes after the artifact
  const draft = {
    ...describeData(design.table),
    features: all.adding(learned.added ?? [], learned.trees.sets).features,
    answer: learned.answer,
    ...(around && {
      interval: { ...around.interval, ...(outcome && { outcome }), ...(probability && { probability }) },
    }),
    ...(sets && { predictionSet: sets.predictionSet }),
    engine: { ...learned.engine, seed, ...planOf(plan, judging.leftOut.list()) },
    evaluation: {
      ...evaluated,
      ...(coverage.length > 0 && { coverage }),
      importance:
        design.outputs > 1 || learned.trees.linear
          ? explainedImportance(all, learned, seed)
          : importance(all, learned, seed),
    },
  };
  return packArtifact({ ...draft, golden: goldenRows(design, draft, trees) }, trees);
}

/** Of more rows than these, a sample is explained, of at most so many. */
const fewExplained = 1000;
const mostExplained = 2000;

/** A whole training needs no words. */
const planOf = (plan: TrainOptions['plan'], leftOut: string[]): Pick<Manifest['engine'], 'plan'> =>
  plan && leftOut.length > 0 ? { plan: { seconds: plan.budget, leftOut } } : {};

/** Mean absolute contribution of each column, largest first. */
function importance(design: Design, { trees, answer, added = [] }: Publishable, seed: number) {
  const { columns } = design;
  const { owners, read } = design.adding(added, trees.sets);
  const x = read();
  const most = x.length <= fewExplained ? x.length : affordableRows(trees.forest, mostExplained);
  const rows = sampleRows(Int32Array.from(x.keys()), most, seed);
  const explained = Array.from(rows, (row) => x[row]);
  const values = globalImportance(createExplainer(trees.forest, owners), explained, columns.length);
  return columns
    .map(({ name }, i) => ({ column: name, value: values[i] / Math.abs(Number(answer.divisor)) }))
    .sort((a, b) => b.value - a.value);
}
