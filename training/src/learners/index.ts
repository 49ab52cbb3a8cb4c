import { didYouMean, type Manifest } from '@hearth/artifact';
import * as v from 'valibot';
import type { Table } from '../data/table.ts';
import type { Design } from '../design.ts';
import { inputError } from '../errors.ts';
import { adapt } from './adapt.ts';
import { additive } from './additive/learner.ts';
import { baseRate } from './base-rate.ts';
import { type BlendOptions, blend, classBlend, membersIn } from './blend.ts';
import { boosted } from './boosted.ts';
import { classForest } from './class-forest.ts';
import { classShares } from './class-shares.ts';
import { forest } from './forest.ts';
import { classGbdt, gbdt } from './gbdt.ts';
import type { AnyLearner, AnyModelLearner, ClassModel, ModelLearner } from './learner.ts';
import { linear } from './linear.ts';
import { mlForest, mlForestReference } from './ml-random-forest/learner.ts';
import { regression } from './regression.ts';
import { softmax, softmaxReference } from './softmax.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const drawnShare = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));
const MlForestOptions = v.object({
  trees: count,
  minNumSamples: count,
  maxDepth: v.union([positive, v.literal(Infinity)]),
  maxFeatures: v.optional(positive),
});

const RegressionOptions = v.optional(v.object({ ridge: positive }));
const GbdtOptions = v.object({
  rounds: v.optional(count),
  leaves: v.optional(v.pipe(count, v.minValue(2))),
  rate: v.optional(positive),
  copies: v.optional(v.pipe(v.number(), v.minValue(0))),
  copyShare: v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))),
  copiesFrom: v.optional(positive),
  rowShare: v.optional(drawnShare),
  columnShare: v.optional(drawnShare),
  splitShare: v.optional(drawnShare),
  thresholds: v.optional(positive),
  models: v.optional(count),
});

const forestShape = {
  rowWeight: v.optional(count),
  columnShare: v.optional(drawnShare),
  randomSplits: v.optional(v.picklist([0, 1])),
};
const BlendSettings = v.pipe(
  v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
  v.check((options) => membersIn(options).length > 1, 'Expected at least two members'),
  v.check((options) => membersIn(options).every(({ weight }) => weight > 0), 'Expected weights above 0'),
);

/** A learner: the schema of its options, and how it is created for a table. */
interface Entry<L extends AnyLearner, Options extends v.GenericSchema> {
  /** If optional, the learner chooses its own options within the training rows. */
  options: Options;
  create(design: Design, options: v.InferOutput<Options>): L;
  /** Whether it supports columns that are declared monotone. */
  keepsDirections?: boolean;
  /** The types of targets that it learns; all of one output if left out. */
  of?: readonly Manifest['target']['type'][];
  /** Whether its answers are averages of targets: they cannot be multiplied by an exposure, and have no log-odds to blend. */
  averages?: boolean;
  /** Rows from which on it is compared with the others, unless it is named. */
  fewestRows?: number;
}
const entry = <L extends AnyLearner, Options extends v.GenericSchema>(of: Entry<L, Options>) => of;

/** With fewer rows, larger trees win too rarely to compare them. */
const fewestToBoost = 100;
/** From so many rows on, the best model is most likely one of larger trees. */
export const enoughToBoost = 1500;

/** The learners that make a model, by their name in manifests and on the command line. To add a learner, add an entry. */
const modelLearners = {
  additive: entry({ options: v.optional(v.object({ ridge: positive, smooth: positive })), create: additive }),
  boosted: entry({
    options: v.optional(v.object({ rounds: count, maxDepth: count, rate: positive })),
    create: boosted,
    keepsDirections: true,
  }),
  forest: entry({
    options: v.optional(v.object({ trees: count, minimumLeaf: positive, ...forestShape })),
    create: forest,
    keepsDirections: true,
    averages: true,
  }),
  gbdt: entry({
    options: v.optional(GbdtOptions),
    create: gbdt,
    keepsDirections: true,
    fewestRows: fewestToBoost,
  }),
  'ml-random-forest': entry({ options: MlForestOptions, create: mlForest, averages: true }),
  logistic: entry({ options: RegressionOptions, create: regression, of: ['binary'] }),
  linear: entry({ options: RegressionOptions, create: regression, of: ['numeric'] }),
  blend: entry({
    options: BlendSettings,
    create: (design, options): ModelLearner =>
      blend(design, membersOf(options, design) as Parameters<typeof blend>[1]),
  }),
};

/** The same for a target with several classes. */
const classLearners = {
  forest: entry({
    options: v.optional(v.object({ trees: count, minimumLeaf: positive, shrinkage: share, ...forestShape })),
    create: classForest,
    averages: true,
  }),
  gbdt: entry({
    options: v.optional(v.omit(GbdtOptions, ['copiesFrom'])), // copies are drawn by one gradient
    create: classGbdt,
    fewestRows: fewestToBoost,
  }),
  softmax: entry({
    options: v.optional(v.object({ ridge: positive, temperature: positive })),
    create: softmax,
  }),
  blend: entry({
    options: BlendSettings,
    create: (design, options): ModelLearner<ClassModel> =>
      classBlend(design, membersOf(options, design) as Parameters<typeof classBlend>[1]),
  }),
};

/** The learners that models are compared with; they make none themselves. */
const references = {
  regression: entry({ options: v.optional(v.object({ use: v.array(v.number()) })), create: linear }),
  'base-rate': entry({ options: v.optional(v.undefined()), create: baseRate }),
  'ml-reference': entry({ options: MlForestOptions, create: mlForestReference }),
};

const classReferences = {
  regression: entry({
    options: v.optional(v.object({ use: v.array(v.number()) })),
    create: softmaxReference,
  }),
  'base-rate': entry({ options: v.optional(v.undefined()), create: classShares }),
};

type RecipeOf<Table extends Record<string, Entry<AnyLearner, v.GenericSchema>>> = {
  [Name in keyof Table]: undefined extends v.InferOutput<Table[Name]['options']>
    ? { learner: Name; options?: v.InferOutput<Table[Name]['options']> }
    : { learner: Name; options: v.InferOutput<Table[Name]['options']> };
}[keyof Table];

/** The name and options of a learner that makes a model. Recipes can be sent to other threads. */
export type ModelRecipe = RecipeOf<typeof modelLearners> | RecipeOf<typeof classLearners>;
/** The name and options of any learner. */
export type Recipe = ModelRecipe | RecipeOf<typeof references>;

export type LearnerName = keyof typeof modelLearners | keyof typeof classLearners;
/** The learners that the command line knows by name; a blend is made of those that are compared. */
export const learnerNames = [
  ...new Set([...Object.keys(modelLearners), ...Object.keys(classLearners)]),
].filter((name) => name !== 'blend') as LearnerName[];
export const keepsDirections = (name: string): boolean =>
  Object.hasOwn(modelLearners, name) && ((modelLearners as AnyEntries)[name].keepsDirections ?? false);

type AnyEntries = Record<string, Entry<AnyLearner, v.GenericSchema>>;
type OfTarget = Pick<Manifest['target'], 'type'> & { exposure?: string };

const modelLearnersOf = ({ type, exposure }: OfTarget): AnyEntries =>
  type === 'classes'
    ? classLearners
    : Object.fromEntries(
        Object.entries<Entry<AnyLearner, v.GenericSchema>>(modelLearners).filter(
          ([, { of, averages }]) => (of?.includes(type) ?? true) && !(averages && exposure !== undefined),
        ),
      );

/** The learners of this type of target that choose their own options, and are made for so many rows. */
export const selfTuned = (target: OfTarget, rows: number): ModelRecipe[] =>
  Object.entries(modelLearnersOf(target))
    .filter(([, { options, fewestRows = 0 }]) => v.is(options, undefined) && rows >= fewestRows)
    .map(([learner]) => ({ learner }) as ModelRecipe);

/** Whether models of a learner can be members of a blend: their scores are sums under the link of the target. */
export function canBlend(learner: string, { kind, quantiles }: Pick<Table, 'kind' | 'quantiles'>): boolean {
  const { averages = false } = modelLearnersOf({ type: kind })[learner];
  return !quantiles && (!averages || kind === 'numeric');
}

/** The learners of the members of a blend, before they are adapted to a table. @throws InputError for unusable options */
function membersOf(blended: BlendOptions, design: Design): { weight: number; learner: AnyModelLearner }[] {
  const target = targetOf(design);
  return membersIn(blended).map(({ learner, weight, options }) => {
    const recipe = recipeOf({ engine: { name: learner, version: '', options, seed: 0 }, target });
    const { create } = modelLearnersOf(target)[learner];
    return { weight, learner: create(design, recipe.options) as AnyModelLearner };
  });
}

/** @throws InputError for a column or a target that the learner cannot use */
export const createModelLearner = (recipe: ModelRecipe, design: Design): AnyModelLearner =>
  create(modelLearnersOf(targetOf(design)), recipe, design) as AnyModelLearner;

/** @throws InputError for a column or a target that the learner cannot use */
export function createLearner(recipe: Recipe, design: Design): AnyLearner {
  const target = targetOf(design);
  const others = target.type === 'classes' ? classReferences : references;
  return create({ ...modelLearnersOf(target), ...others }, recipe, design);
}

function create(entries: AnyEntries, { learner, options }: Recipe, design: Design): AnyLearner {
  const own = modelLearnersOf(targetOf(design));
  if (Object.hasOwn(entries, learner)) {
    const { create } = entries[learner];
    return adapt({ name: learner, makesModels: Object.hasOwn(own, learner), create }, design, options);
  }
  const { name } = design.table.data.target;
  const able = Object.keys(own)
    .filter((name) => name !== 'blend')
    .join(', ');
  throw inputError('NOT_FOR_TARGET', learner, name, able);
}

const targetOf = ({ table, exposure }: Design): OfTarget => ({
  type: table.kind,
  ...(exposure && { exposure: exposure.feature.column }),
});

/** Settings by name, as a user gives them. */
export type Settings = Readonly<Record<string, number>>;

/** The recipe of a learner with all its settings, or without any. @throws InputError for an unknown, a missing or an unusable one */
export function recipeWith(learner: string, settings: Settings | undefined, target: OfTarget): ModelRecipe {
  const entries = modelLearnersOf(target);
  if (!settings || !Object.hasOwn(entries, learner)) return { learner } as ModelRecipe;
  const { options } = entries[learner];
  const schemas = settingsOf(options);
  const known = Object.keys(schemas);
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw inputError('UNKNOWN_SETTING', learner, unknown, known.join(', ') + didYouMean(unknown, known));
  const missing = known.filter((name) => !Object.hasOwn(settings, name) && !v.is(schemas[name], undefined));
  if (missing.length > 0) throw inputError('MISSING_SETTINGS', learner, known.join(', '), missing.join(', '));
  const parsed = v.safeParse(options, settings);
  if (!parsed.success) throw inputError('BAD_OPTIONS', learner, v.summarize(parsed.issues));
  return { learner, options: parsed.output } as ModelRecipe;
}

/** The schema of each setting of a learner. */
function settingsOf(options: v.GenericSchema): Record<string, v.GenericSchema> {
  const { wrapped, entries } = options as {
    wrapped?: v.GenericSchema;
    entries?: Record<string, v.GenericSchema>;
  };
  return entries ?? (wrapped ? settingsOf(wrapped) : {});
}

/** The recipe of a published model. @throws InputError for an unknown learner or unusable options */
export function recipeOf({ engine, target }: Pick<Manifest, 'engine'> & { target: OfTarget }): ModelRecipe {
  const entries = modelLearnersOf(target);
  if (!Object.hasOwn(entries, engine.name))
    throw inputError('UNKNOWN_ENGINE', engine.name, Object.keys(entries).join(', '));
  const given = Object.keys(engine.options).length > 0 ? engine.options : undefined;
  const options = v.safeParse(entries[engine.name].options, given);
  if (!options.success) throw inputError('BAD_OPTIONS', engine.name, v.summarize(options.issues));
  return { learner: engine.name, options: options.output } as ModelRecipe;
}
