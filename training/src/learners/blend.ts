import { type Feature, type Forest, type Link, ofOutput } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { joinForests } from '../grow/index.ts';
import {
  type AnyModelLearner,
  answerByTrees,
  answerClasses,
  type ClassModel,
  type LearnedModel,
  type ModelLearner,
  type Publishable,
} from './learner.ts';
import { type LinearTerms, noTerms } from './linear-terms.ts';

/** Settings of a blend as manifests and recipes have them: `LEARNER.weight` for each member, and `LEARNER.SETTING`, chosen within the training rows if left out. */
export type BlendOptions = LearnedModel['engine']['options'];

/** A member of a blend. */
export interface BlendMember {
  learner: string;
  /** The weights of all members add up to 1. */
  weight: number;
  options: BlendOptions;
}

/** The members of a blend, by its settings. */
export function membersIn(options: BlendOptions): BlendMember[] {
  const settings = Object.entries(options).map(([key, value]) => {
    const dot = key.indexOf('.');
    return { learner: key.slice(0, dot), name: key.slice(dot + 1), value };
  });
  return settings
    .filter(({ name }) => name === 'weight')
    .map(({ learner, value }) => ({
      learner,
      weight: Number(value),
      options: Object.fromEntries(
        settings
          .filter((each) => each.learner === learner && each.name !== 'weight')
          .map((each) => [each.name, each.value]),
      ),
    }));
}

/** The settings of a blend of these members. */
export const blendOptions = (members: readonly BlendMember[]): BlendOptions =>
  Object.fromEntries(
    members.flatMap(({ learner, weight, options }) => [
      [`${learner}.weight`, weight],
      ...Object.entries(options).map(([name, value]) => [`${learner}.${name}`, value]),
    ]),
  );

/** A member with the learner that it names. */
interface Member<L> {
  weight: number;
  learner: L;
}

const named = { name: 'blend', label: { en: 'Blend', 'pt-BR': 'Combinação de modelos' } };

/**
 * One model whose score is the weighted mean of the scores of several (stacking: Breiman 1996, Machine Learning 24; van der Laan, Polley &
 * Hubbard 2007). All add up leaves and linear terms under the same link, so that the blend is one sum of them too.
 */
export const blend = (design: Design, members: readonly Member<ModelLearner>[]): ModelLearner => ({
  ...named,
  usesThreads: usesThreads(members),
  learn(rows, seed, threads) {
    const joined = joinModels(design, learnParts(members, rows, seed, threads));
    return { ...joined, ...answerByTrees(design, joined.trees, joined.answer, joined.added) };
  },
});

/** The same of several classes. */
export const classBlend = (
  design: Design,
  members: readonly Member<ModelLearner<ClassModel>>[],
): ModelLearner<ClassModel> => ({
  ...named,
  usesThreads: usesThreads(members),
  learn(rows, seed, threads) {
    const joined = joinModels(design, learnParts(members, rows, seed, threads));
    return { ...joined, ...answerClasses(design, joined.trees, joined.answer, joined.added) };
  },
});

const usesThreads = (members: readonly Member<AnyModelLearner>[]): boolean =>
  members.some(({ learner }) => learner.usesThreads);

const learnParts = (
  members: readonly Member<AnyModelLearner>[],
  ...how: Parameters<AnyModelLearner['learn']>
): Part[] => members.map(({ learner, weight }) => ({ weight, model: learner.learn(...how) }));

/** A trained model, and what its score is multiplied by. */
interface Part {
  weight: number;
  model: Publishable;
}

/** A part, with the places of its own sets among those of all parts. */
interface PlacedPart extends Part {
  /** Features that parts before it added, and bytes of their sets. */
  addedBefore: number;
  bytesBefore: number;
}

/** The link of the members' scores, and of the blend. */
export const linkOf = ({ outputs, link }: Design): Link => (outputs > 1 ? 'softmax' : link);

/** @throws Error if a part has another link, or leaves with a number for each output */
function joinModels(design: Design, parts: readonly Part[]): Publishable {
  const { outputs } = design;
  const link = linkOf(design);
  for (const { model } of parts) {
    if (model.answer.link !== link || model.trees.leafValues)
      throw new Error(`a model of ${model.engine.name} cannot be a member of a blend`);
  }
  const placed = place(parts);
  const sets = placed.flatMap(({ model }) => Array.from(model.trees.sets ?? []));
  const [forest, ...others] = Array.from({ length: outputs }, (_, k) =>
    joinForests(placed.map((part) => scaledForest(design, part, k))),
  );
  const base = Array.from({ length: outputs }, (_, k) => baseOf(placed, k));
  return {
    trees: {
      forest,
      ...(outputs > 1 && { others }),
      ...linearOf(design, placed),
      ...(sets.length > 0 && { sets: Uint8Array.from(sets) }),
    },
    added: placed.flatMap(addedFeatures),
    answer: { base: outputs > 1 ? base : base[0], divisor: 1, link },
    engine: {
      name: 'blend',
      version: engineVersion,
      options: blendOptions(
        parts.map(({ weight, model: { engine } }) => ({
          learner: engine.name,
          weight,
          options: engine.options,
        })),
      ),
    },
  };
}

function place(parts: readonly Part[]): PlacedPart[] {
  let [addedBefore, bytesBefore] = [0, 0];
  return parts.map((part) => {
    const placed = { ...part, addedBefore, bytesBefore };
    addedBefore += part.model.added?.length ?? 0;
    bytesBefore += part.model.trees.sets?.length ?? 0;
    return placed;
  });
}

const addedFeatures = ({ model: { added = [] }, bytesBefore }: PlacedPart): Feature[] =>
  added.map((feature) => ('in' in feature ? { ...feature, in: (feature.in ?? 0) + bytesBefore } : feature));

/** What leaves and terms of an output are multiplied by: weight · scale / divisor. */
const factorOf = ({ weight, model: { answer } }: Part, k: number): number =>
  (weight * ofOutput(answer.scale, k, 1)) / ofOutput(answer.divisor, k, 1);

const baseOf = (parts: readonly Part[], k: number): number =>
  parts.reduce(
    (sum, part) =>
      sum +
      factorOf(part, k) * ofOutput(part.model.answer.base, k, 0) +
      part.weight * ofOutput(part.model.answer.offset, k, 0),
    0,
  );

function scaledForest({ features: { length } }: Design, part: PlacedPart, k: number): Forest {
  const { forest: first, others = [] } = part.model.trees;
  const forest = [first, ...others][k];
  const factor = factorOf(part, k);
  return {
    ...forest,
    feature: forest.feature.map((feature) => (feature < length ? feature : feature + part.addedBefore)),
    value: forest.value.map((value) => factor * value),
  };
}

function linearOf(design: Design, parts: readonly PlacedPart[]): { linear?: LinearTerms } {
  if (!parts.some(({ model }) => model.trees.linear)) return {};
  const { features, outputs } = design;
  const all = [...features, ...parts.flatMap(addedFeatures)];
  const linear = noTerms({ features: all, outputs });
  for (const part of parts) {
    const own = part.model.trees.linear;
    for (const name of ['coefficient', 'missing', 'mean'] as const) {
      for (const [at, value] of own?.[name].entries() ?? []) {
        const shift = at < features.length * outputs ? 0 : part.addedBefore * outputs;
        linear[name][at + shift] += factorOf(part, at % outputs) * value;
      }
    }
  }
  return { linear };
}
