import type { Manifest } from '@hearth/artifact';
import * as v from 'valibot';
import type { Design } from '../design.ts';
import { inputError } from '../errors.ts';
import { additive } from './additive/learner.ts';
import { baseRate } from './base-rate.ts';
import { boosted } from './boosted.ts';
import { forest } from './forest.ts';
import { correctAnswers, correctModels } from './known-prior.ts';
import type { Learner, ModelLearner } from './learner.ts';
import { linear } from './linear.ts';
import { mlForest, mlForestReference } from './ml-random-forest/learner.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const MlForestOptions = v.object({
  trees: count,
  minNumSamples: count,
  maxDepth: v.union([positive, v.literal(Infinity)]),
  maxFeatures: v.optional(positive),
});

/** A learner: the schema of its options, and how it is created for a table. */
interface Entry<L extends Learner, Options extends v.GenericSchema> {
  /** If optional, the learner chooses its own options within the training rows. */
  options: Options;
  create(design: Design, options: v.InferOutput<Options>): L;
  /** Whether it supports columns that are declared monotone. */
  keepsDirections?: boolean;
}
const entry = <L extends Learner, Options extends v.GenericSchema>(of: Entry<L, Options>) => of;

/** The learners that make a model, by their name in manifests and on the command line. To add a learner, add an entry. */
const modelLearners = {
  additive: entry({ options: v.optional(v.object({ ridge: positive, smooth: positive })), create: additive }),
  boosted: entry({
    options: v.optional(v.object({ rounds: count, maxDepth: count, rate: positive })),
    create: boosted,
    keepsDirections: true,
  }),
  forest: entry({
    options: v.optional(v.object({ trees: count, minimumLeaf: positive })),
    create: forest,
    keepsDirections: true,
  }),
  'ml-random-forest': entry({ options: MlForestOptions, create: mlForest }),
};

/** The learners that models are compared with; they make none themselves. */
const references = {
  linear: entry({ options: v.optional(v.object({ use: v.array(v.number()) })), create: linear }),
  'base-rate': entry({ options: v.optional(v.undefined()), create: baseRate }),
  'ml-reference': entry({ options: MlForestOptions, create: mlForestReference }),
};

type RecipeOf<Table extends Record<string, Entry<Learner, v.GenericSchema>>> = {
  [Name in keyof Table]: undefined extends v.InferOutput<Table[Name]['options']>
    ? { learner: Name; options?: v.InferOutput<Table[Name]['options']> }
    : { learner: Name; options: v.InferOutput<Table[Name]['options']> };
}[keyof Table];

/** The name and options of a learner that makes a model. Recipes can be sent to other threads. */
export type ModelRecipe = RecipeOf<typeof modelLearners>;
/** The name and options of any learner. */
export type Recipe = ModelRecipe | RecipeOf<typeof references>;

export type LearnerName = keyof typeof modelLearners;
export const learnerNames = Object.keys(modelLearners) as LearnerName[];
export const keepsDirections = (name: LearnerName): boolean => modelLearners[name].keepsDirections ?? false;

/** The learners that choose their own options. */
export const selfTuned = learnerNames.filter((name): name is Exclude<LearnerName, 'ml-random-forest'> =>
  v.is(modelLearners[name].options, undefined),
);

/** @throws InputError for a column that the learner cannot use */
export function createModelLearner({ learner, options }: ModelRecipe, design: Design): ModelLearner {
  const { create } = modelLearners[learner] as Entry<ModelLearner, v.GenericSchema>;
  return learningFromRows((of: Design) => correctModels(create(of, options), of), design);
}

/** @throws InputError for a column that the learner cannot use */
export function createLearner(recipe: Recipe, design: Design): Learner {
  if (isModelRecipe(recipe)) return createModelLearner(recipe, design);
  const { create } = references[recipe.learner] as Entry<Learner, v.GenericSchema>;
  return learningFromRows((of: Design) => correctAnswers(create(of, recipe.options), of), design);
}

const isModelRecipe = (recipe: Recipe): recipe is ModelRecipe => Object.hasOwn(modelLearners, recipe.learner);

/** A learner that sees of large categories only what its training rows say about them. */
function learningFromRows<L extends Learner>(create: (design: Design) => L, design: Design): L {
  const of = (rows: Int32Array) => create(design.forRows(rows));
  const learner: L & Pick<ModelLearner, 'learnInThreads'> = create(design);
  return {
    ...learner,
    learn: (rows, seed) => of(rows).learn(rows, seed),
    ...(learner.learnInThreads && {
      learnInThreads: (...[rows, ...others]: Parameters<NonNullable<ModelLearner['learnInThreads']>>) =>
        (of(rows) as typeof learner).learnInThreads?.(rows, ...others),
    }),
  };
}

/** The recipe of a published model. @throws InputError for an unknown learner or unusable options */
export function recipeOf({ engine }: Pick<Manifest, 'engine'>): ModelRecipe {
  if (!Object.hasOwn(modelLearners, engine.name))
    throw inputError('UNKNOWN_ENGINE', engine.name, learnerNames.join(', '));
  const learner = engine.name as LearnerName;
  const given = Object.keys(engine.options).length > 0 ? engine.options : undefined;
  const options = v.safeParse(modelLearners[learner].options, given);
  if (!options.success) throw inputError('BAD_OPTIONS', learner, v.summarize(options.issues));
  return { learner, options: options.output } as ModelRecipe;
}
