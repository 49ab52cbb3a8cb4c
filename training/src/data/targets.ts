import type { Link, Manifest, Texts } from '@hearth/artifact';
import type { NumberTable } from '../learners/additive/index.ts';
import type { Field } from './field.ts';

/** Binary: the model answers with the probability of 1; numeric: with the value. */
export type TargetType = Extract<Manifest['target']['type'], 'binary' | 'numeric'>;

/** What training must know of a target type. */
export interface LearnedTarget {
  /** Whether a field of a data package describes such a target. */
  fits(field: Field): boolean;
  describe(name: string, unit: Texts | undefined): Manifest['target'];
  /** The loss that boosted trees and additive models minimise, of a score whose link gives the answer. */
  loss: NumberTable['loss'];
  link: Link;
  /** Whether it is 0 or 1; folds are then stratified. */
  hasClasses: boolean;
}

/** By type, in the order in which they are tried; a type without an entry does not compile. */
const targets: { [T in TargetType]: LearnedTarget } = {
  binary: {
    fits: ({ type, categories, constraints }) =>
      type === 'integer' && !categories && constraints.enum?.toSorted().join() === '0,1',
    describe: (name) => ({ name, type: 'binary' }),
    loss: 'logistic',
    link: 'logit',
    hasClasses: true,
  },
  numeric: {
    fits: ({ type, categories, constraints }) =>
      (type === 'integer' || type === 'number') && !categories && !constraints.enum,
    describe: (name, unit) => ({ name, type: 'numeric', ...(unit && { unit }) }),
    loss: 'squared',
    link: 'identity',
    hasClasses: false,
  },
};

/** What training must know of this target type. */
export const learnedTarget = (type: TargetType): LearnedTarget => targets[type];

/** The target type that a field describes, if any. */
export const targetTypeOf = (field: Field): TargetType | undefined =>
  (Object.keys(targets) as TargetType[]).find((type) => targets[type].fits(field));
