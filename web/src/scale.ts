import type { ModelDescription } from '@hearth/artifact';
import type { BatchAnswer } from './api.ts';
import { withUnit } from './format.ts';
import type { Locale } from './locale.ts';

/** The scale of a model's answers: chances from 0 to 1, or values in the target's unit. */
export interface Scale {
  kind: 'chance' | 'value';
  /** The unit of values; empty for chances. */
  unit: string;
  of(answer: BatchAnswer): number;
  /** Without the unit, for axes and ranges. */
  bare(value: number): string;
  /** With the unit, for sentences. */
  text(value: number): string;
}

type Target = ModelDescription['target'];

/** The number of an answer. Every type of target must be in this table, or it does not compile. */
const numbers: {
  [T in Target['type']]: (answer: BatchAnswer, of: string | undefined) => number | undefined;
} = {
  binary: ({ probability }) => probability,
  numeric: ({ value }) => value,
  count: ({ value }) => value,
  classes: ({ class: most, probabilities }, of = most) =>
    of === undefined ? undefined : probabilities?.[of],
};

/** The number of an answer. @param of the class whose chance it is; the most probable one if left out */
export const answerOf = ({ type }: Target, answer: BatchAnswer, of?: string): number =>
  numbers[type](answer, of) ?? Number.NaN;

/** The label of a class, without one its name. */
export function classLabel(target: Target, value: string, { text }: Pick<Locale, 'text'>): string {
  const classes = target.type === 'classes' ? target.classes : [];
  return text(classes.find((each) => each.value === value)?.label) || value;
}

/** What a chance is the chance of: the outcome, or a class of it. */
export const eventOf = (
  { target, outcome }: ModelDescription,
  of: string | undefined,
  locale: Pick<Locale, 'text'>,
): string =>
  target.type === 'classes' && of !== undefined ? classLabel(target, of, locale) : locale.text(outcome);

/** @param shown the class whose chances are shown; of each answer the most probable one if left out */
export function scaleOf(
  target: Target,
  { format, text }: Pick<Locale, 'format' | 'text'>,
  shown?: string,
): Scale {
  const of = (answer: BatchAnswer) => answerOf(target, answer, shown);
  if (target.type === 'binary' || target.type === 'classes') {
    return { kind: 'chance', unit: '', of, bare: format.percent, text: format.percent };
  }
  const unit = 'unit' in target ? text(target.unit) : '';
  return {
    kind: 'value',
    unit,
    of,
    bare: format.value,
    text: (value) => withUnit(format.value(value), unit),
  };
}
