import type { Manifest } from '@hearth/artifact';
import * as v from 'valibot';
import type { Design } from '../design.ts';
import { inputError } from '../errors.ts';
import { additive } from './additive/learner.ts';
import { baseRate } from './base-rate.ts';
import { boosted } from './boosted.ts';
import { forest } from './forest.ts';
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

/** A way to learn: what its options are, and how it is made for a table. */
interface Entry<L extends Learner, Options extends v.GenericSchema> {
  /** Where they are optional, what is left out is chosen within the rows that it learns from. */
  options: Options;
  create(design: Design, options: v.InferOutput<Options>): L;
  /** Whether its answers move in the direction that a column declares. */
  keepsDirections?: boolean;
}
const entry = <L extends Learner, Options extends v.GenericSchema>(of: Entry<L, Options>) => of;

/** The learners that make a model, by their name in manifests and on the command line. To add one is to add an entry. */
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

/** The learners that a model is compared with, of which none is made. */
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

/** A learner that makes a model, by name, and its options: threads can hand it to each other. */
export type ModelRecipe = RecipeOf<typeof modelLearners>;
/** The same of any learner. */
export type Recipe = ModelRecipe | RecipeOf<typeof references>;

export type LearnerName = keyof typeof modelLearners;
export const learnerNames = Object.keys(modelLearners) as LearnerName[];
export const keepsDirections = (name: LearnerName): boolean => modelLearners[name].keepsDirections ?? false;

/** Those that choose their own options. */
export const selfTuned = learnerNames.filter((name): name is Exclude<LearnerName, 'ml-random-forest'> =>
  v.is(modelLearners[name].options, undefined),
);

/** @throws InputError for a column that the learner cannot use */
export const createModelLearner = ({ learner, options }: ModelRecipe, design: Design): ModelLearner =>
  (modelLearners[learner] as Entry<ModelLearner, v.GenericSchema>).create(design, options);

/** @throws InputError for a column that the learner cannot use */
export const createLearner = ({ learner, options }: Recipe, design: Design): Learner =>
  ({ ...modelLearners, ...references })[learner].create(design, options as never);

/** What a model was learned by, with the options it was learned with, where it says any. @throws InputError for a learner that is not known here */
export function recipeOf({ engine }: Pick<Manifest, 'engine'>): ModelRecipe {
  if (!Object.hasOwn(modelLearners, engine.name))
    throw inputError('UNKNOWN_ENGINE', engine.name, learnerNames.join(', '));
  const learner = engine.name as LearnerName;
  const said = Object.keys(engine.options).length > 0 ? engine.options : undefined;
  const options = v.safeParse(modelLearners[learner].options, said);
  if (!options.success) throw inputError('BAD_OPTIONS', learner, v.summarize(options.issues));
  return { learner, options: options.output } as ModelRecipe;
}
