import type { CheckedColumn, Column, Link, Manifest, Texts, Value } from '@hearth/artifact';
import { cellReader, isFault } from '@hearth/artifact/text-table';
import type { NumberTable } from '../learners/additive/index.ts';
import { twoClasses } from './classes.ts';
import type { Field } from './field.ts';
import { declaredIn } from './field-types/categories.ts';
import { fieldTypeOf } from './field-types/index.ts';

/** Binary: the model answers with the probability of 1; numeric: with the value; count: with the expected count; classes: with the probability of each class. */
export type TargetType = Manifest['target']['type'];

/** The classes of a target with several, in order. */
export type Classes = Extract<Manifest['target'], { type: 'classes' }>['classes'];

/** At most so many classes. */
export const mostClasses = 100;

/** At most so many quantiles. */
export const mostQuantiles = 20;

/** The texts of both classes of a binary target. */
export type ClassLabels = NonNullable<Extract<Manifest['target'], { type: 'binary' }>['labels']>;

/** What training must know of a target type. */
export interface LearnedTarget {
  /** Whether a field of a data package describes such a target. */
  fits(field: Field): boolean;
  describe(
    name: string,
    more: {
      unit?: Texts;
      labels?: ClassLabels;
      classes?: Classes;
      exposure?: string;
      quantiles?: readonly number[];
    },
  ): Manifest['target'];
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
    describe: (name, { labels }) => ({ name, type: 'binary', ...(labels && { labels }) }),
    loss: 'logistic',
    link: 'logit',
    hasClasses: true,
  },
  classes: {
    fits: (field) => field.type === 'string' || declaredIn(field) !== undefined,
    describe: (name, { classes = [] }) => ({ name, type: 'classes', classes }),
    loss: 'squared',
    link: 'identity',
    hasClasses: false,
  },
  count: {
    fits: ({ type, categories, constraints }) =>
      (type === 'integer' || type === 'number') && !categories && !constraints.enum,
    describe: (name, { unit, exposure }) => ({
      name,
      type: 'count',
      ...(unit && { unit }),
      ...(exposure !== undefined && { exposure }),
    }),
    loss: 'poisson',
    link: 'log',
    hasClasses: false,
  },
  numeric: {
    fits: ({ type, categories, constraints }) =>
      (type === 'integer' || type === 'number') && !categories && !constraints.enum,
    describe: (name, { unit, quantiles }) => ({
      name,
      type: 'numeric',
      ...(unit && { unit }),
      ...(quantiles && { quantiles: [...quantiles] }),
    }),
    loss: 'squared',
    link: 'identity',
    hasClasses: false,
  },
};

/** Why a value is not a count; undefined if it is. */
const countFault = (value: number): string | undefined =>
  Number.isInteger(value) && value >= 0 ? undefined : `${value} is no count: a whole number from 0`;

/** What training must know of this target type. */
export const learnedTarget = (type: TargetType): LearnedTarget => targets[type];

/** The values of a target, by what they are. */
export interface TargetValues {
  kind: TargetType;
  /** 0 or 1 for a binary target, the value for a numeric one, the number of the class for one of several; [rows]. */
  values: Float64Array;
  /** Of a target with several. */
  classes?: Classes;
  /** Of a number whose quantiles are predicted, ascending. */
  quantiles?: readonly number[];
  /** The texts of 0 and 1, where the table has others. */
  labels?: ClassLabels;
  /** What was assumed, one sentence each. */
  notes: string[];
}

/**
 * What the given values of a target are.
 * @param declared the value whose probability is predicted, as its text in the table; whether the values are counts; the quantiles to predict
 * @param fault makes the error
 */
export function targetValues(
  field: Field,
  {
    positive: positiveText,
    counts: areCounts = false,
    quantiles,
  }: { positive?: string; counts?: boolean; quantiles?: readonly number[] },
  given: readonly Value[],
  fault: (why: string) => Error,
): TargetValues {
  const { name } = field;
  if (quantiles) {
    if (positiveText !== undefined || areCounts)
      throw fault(`"${name}" cannot have hearth.quantiles beside hearth.positive or hearth.counts`);
    if (!targets.numeric.fits(field))
      throw fault(`hearth.quantiles is for a target of numbers; "${name}" is of type ${field.type}`);
    return { kind: 'numeric', values: Float64Array.from(given, Number), quantiles, notes: [] };
  }
  if (areCounts) return countValues(field, positiveText, given, fault);
  const positive = positiveText === undefined ? undefined : valueText(field, positiveText);
  if (targets.binary.fits(field) && positive === undefined) {
    const labels = { 0: labelIn(field, '0'), 1: labelIn(field, '1') };
    return {
      kind: 'binary',
      values: Float64Array.from(given, Number),
      ...(!isPlain(labels) && { labels }),
      notes: [],
    };
  }
  const counts = new Map<string, number>();
  for (const value of given) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const shown = [...counts.keys()]
    .slice(0, 5)
    .map((value) => JSON.stringify(value))
    .join(', ');
  if (counts.size === 1) throw fault(`every row has the same "${name}": there is nothing to learn`);
  if (positive !== undefined && !counts.has(positive))
    throw fault(`"${name}" is never "${positive}", which hearth.positive names; it is ${shown}`);
  if (counts.size === 2 && (positive !== undefined || isTwoClasses(field, counts))) {
    const classes = twoClasses(counts, positive);
    const labels = { 0: labelIn(field, classes.negative), 1: labelIn(field, classes.positive) };
    return {
      kind: 'binary',
      values: Float64Array.from(given, (value) => (String(value) === classes.positive ? 1 : 0)),
      ...(!isPlain(labels) && { labels }),
      notes:
        positive === undefined
          ? [
              `The target "${name}" has two values: the probability of "${classes.positive}" is predicted (${classes.why}); hearth.positive names another.`,
            ]
          : [],
    };
  }
  if (positive !== undefined)
    throw fault(`"${name}" has ${counts.size} values, ${shown} …; hearth.positive is for a target of two`);
  if (targets.numeric.fits(field))
    return { kind: 'numeric', values: Float64Array.from(given, Number), notes: [] };
  if (targets.classes.fits(field)) return classValues(field, given, counts, fault);
  throw fault(
    `"${name}" has ${counts.size} values, ${shown} …; a target is a number, a text or has two values`,
  );
}

function countValues(
  field: Field,
  positive: string | undefined,
  given: readonly Value[],
  fault: (why: string) => Error,
): TargetValues {
  const { name } = field;
  if (positive !== undefined)
    throw fault(`"${name}" cannot have both hearth.positive and hearth.counts: name one of them`);
  if (!targets.count.fits(field))
    throw fault(`hearth.counts is for a target of numbers; "${name}" is of type ${field.type}`);
  const values = Float64Array.from(given, Number);
  const wrong = values.map((value) => (countFault(value) ? 1 : 0)).indexOf(1);
  if (wrong >= 0)
    throw fault(`"${name}": ${countFault(values[wrong])}; without hearth.counts it is a number`);
  return { kind: 'count', values, notes: [] };
}

/** With fewer rows, a class is in hardly any fold. */
const fewestOfClass = 2;

/** The classes in the order of the field, else sorted. */
function classValues(
  field: Field,
  given: readonly Value[],
  counts: ReadonlyMap<string, number>,
  fault: (why: string) => Error,
): TargetValues {
  const { name } = field;
  if (counts.size > mostClasses)
    throw fault(`"${name}" has ${counts.size} values; at most ${mostClasses} classes can be learned`);
  const classes = declaredIn(field) ?? [...counts.keys()].sort().map((value) => ({ value }));
  const rare = classes.find(({ value }) => (counts.get(value) ?? 0) < fewestOfClass);
  if (rare) {
    const rows = counts.get(rare.value) ?? 0;
    throw fault(
      `"${name}" is "${rare.value}" in ${rows === 1 ? '1 row' : `${rows} rows`}, and a class needs at least ${fewestOfClass}; leave it out, or join it with another class`,
    );
  }
  const index = new Map(classes.map(({ value }, k) => [value, k]));
  return {
    kind: 'classes',
    values: Float64Array.from(given, (value) => index.get(String(value)) ?? Number.NaN),
    classes,
    notes: [],
  };
}

/** A value as its text here: TRUE and true are one value of a boolean. */
function valueText(field: Field, text: string): string {
  const cell = cellReader(checkedTarget(field), '.', field.timeZone)(text);
  return cell === null || isFault(cell) ? text : String(cell);
}

/** The label of a class in the data package, else its value. */
const labelIn = (field: Field, value: string): Texts =>
  declaredIn(field)?.find((category) => category.value === value)?.label ?? { en: value };

const isPlain = (labels: ClassLabels): boolean => labels[0]?.en === '0' && labels[1]?.en === '1';

/** Whether two values are classes: numbers other than 0 and 1 are quantities, unless the field lists them. */
const isTwoClasses = (
  { type, categories, constraints }: Field,
  counts: ReadonlyMap<string, number>,
): boolean =>
  (type !== 'integer' && type !== 'number') ||
  categories?.length === 2 ||
  (constraints.enum ? constraints.enum.length === 2 : counts.has('0') && counts.has('1'));

/** The part of a column that the cells of a target are checked by: a row without a target is left out. */
export const checkedTarget = (field: Field): CheckedColumn<Column> => ({
  ...fieldTypeOf(field).checked(field),
  required: false,
});
