import type { CategoryColumn, CheckedColumn, Link, Manifest, Texts } from '@hearth/artifact';
import type { NumberTable } from '../learners/additive/index.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypes } from './field-types.ts';

/** Binary: the model answers with the probability of 1; numeric: with the value; classes: with the probability of each class. */
export type TargetType = Extract<Manifest['target']['type'], 'binary' | 'numeric' | 'classes'>;

/** The classes of a target with several, in order. */
export type Classes = Extract<Manifest['target'], { type: 'classes' }>['classes'];

/** At most so many classes. */
export const mostClasses = 100;

/** What training must know of a target type. */
export interface LearnedTarget {
  /** Whether a field of a data package describes such a target. */
  fits(field: Field): boolean;
  /** @param classes of a target with several */
  describe(name: string, unit: Texts | undefined, classes?: Classes): Manifest['target'];
  /** The loss that boosted trees and additive models minimise, of a score whose link gives the answer. */
  loss: NumberTable['loss'];
  link: Link;
  /** Whether it is 0 or 1; folds are then stratified. */
  hasClasses: boolean;
}

/** By type, in the order in which they are tried; a type without an entry does not compile. */
const targets: { [T in TargetType]: LearnedTarget } = {
  binary: {
    fits: ({ type, constraints }) => type === 'integer' && constraints.enum?.toSorted().join() === '0,1',
    describe: (name) => ({ name, type: 'binary' }),
    loss: 'logistic',
    link: 'logit',
    hasClasses: true,
  },
  classes: {
    fits: isOfClasses,
    describe: (name, _unit, classes = []) => ({ name, type: 'classes', classes }),
    loss: 'squared',
    link: 'identity',
    hasClasses: false,
  },
  numeric: {
    fits: (field) => !fieldTypes[field.type].levels(field) && !field.constraints.enum,
    describe: (name, unit) => ({ name, type: 'numeric', ...(unit && { unit }) }),
    loss: 'squared',
    link: 'identity',
    hasClasses: false,
  },
};

/** Whether a field is text of any classes or of at least three; or of integers that are the names of classes. */
function isOfClasses({ type, constraints, hearth }: Field): boolean {
  if (type === 'string') return constraints.enum === undefined || constraints.enum.length > 2;
  return type === 'integer' && (hearth?.categories?.length ?? 0) > 1;
}

/** The classes that a field declares, in its order; undefined if the rows say which there are. */
export function declaredClasses({ constraints, hearth }: Field): Classes | undefined {
  return hearth?.categories ?? constraints.enum?.map((value) => ({ value: String(value) }));
}

/** What the cells of a target with several classes are checked by. */
export const classColumn = (field: Field): CheckedColumn<CategoryColumn> => {
  const declared = declaredClasses(field);
  const categories = (declared ?? []).map(({ value, label }) => ({
    value,
    label: label ?? { en: value, 'pt-BR': value },
  }));
  return {
    type: 'category',
    categories,
    ...(!declared && { open: true }),
    required: true,
    missingCodes: field.missingValues,
  };
};

/** The classes of the cells: as declared, else sorted. */
export const classesOf = (field: Field, cells: readonly Cell[]): Classes =>
  declaredClasses(field) ?? [...new Set(cells.map(String))].sort().map((value) => ({ value }));

/** What training must know of this target type. */
export const learnedTarget = (type: TargetType): LearnedTarget => targets[type];

/** The target type that a field describes, if any. */
export const targetTypeOf = (field: Field): TargetType | undefined =>
  (Object.keys(targets) as TargetType[]).find((type) => targets[type].fits(field));
