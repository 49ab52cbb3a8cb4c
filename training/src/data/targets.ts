import type { Link, Manifest, Texts } from '@hearth/artifact';
import type { NumberTable } from '../learners/additive/index.ts';
import type { Field } from './field.ts';
import { fieldTypes } from './field-types.ts';

/** Binary: the model answers with the chance of 1; numeric: with the value itself. */
export type TargetType = Extract<Manifest['target']['type'], 'binary' | 'numeric'>;

/** What differs by the type of a target while it is learned. */
export interface LearnedTarget {
  /** Whether the field of a data package says such a target. */
  fits(field: Field): boolean;
  describe(name: string, unit: Texts | undefined): Manifest['target'];
  /** What boosted trees and additive models make smaller, over a score whose link gives the answer. */
  loss: NumberTable['loss'];
  link: Link;
  /** Whether it is 0 or 1: folds have equal shares of the two. */
  hasClasses: boolean;
}

/** By type, in the order in which a field is asked: one that is not in it does not compile. */
const targets: { [T in TargetType]: LearnedTarget } = {
  binary: {
    fits: ({ type, constraints }) => type === 'integer' && constraints.enum?.toSorted().join() === '0,1',
    describe: (name) => ({ name, type: 'binary' }),
    loss: 'logistic',
    link: 'logit',
    hasClasses: true,
  },
  numeric: {
    fits: (field) => !fieldTypes[field.type].levels(field) && !field.constraints.enum,
    describe: (name, unit) => ({ name, type: 'numeric', ...(unit && { unit }) }),
    loss: 'squared',
    link: 'identity',
    hasClasses: false,
  },
};

/** What differs by the type of this target. */
export const learnedTarget = (type: TargetType): LearnedTarget => targets[type];

/** The type of the target that a field says; undefined where it says none. */
export const targetTypeOf = (field: Field): TargetType | undefined =>
  (Object.keys(targets) as TargetType[]).find((type) => targets[type].fits(field));
